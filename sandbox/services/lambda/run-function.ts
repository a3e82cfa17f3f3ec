import type { Sandbox } from '../../sandbox'
import { codeDir } from './code'
import type { FunctionSpec, InvokeRequest, InvokeResult } from './engine/types'
import { layersDir } from './function-layers'
import { countInvocation, countMishap } from './function-metrics'
import { unqualifiedArn } from './names'
import type { FunctionRecord, FunctionVersion } from './records'
import { checkRecursion, nextTrace } from './recursion'

const specs = new WeakMap<FunctionVersion, FunctionSpec>()

/**
 * Runs a version of a function once.
 * @param request.traceId the trace header that came with the event
 * @param waits whether to wait for the function's extensions too; the answer is there before they are through
 * @throws RecursiveInvocationException, and what the engine throws: TooManyRequests, RuntimeUnavailable, a role that cannot be assumed
 */
export async function runFunction(sandbox: Sandbox, record: FunctionRecord, version: FunctionVersion, request: InvokeRequest, waits = false): Promise<InvokeResult> {
  try {
    checkRecursion(record, request.traceId)
  } catch (error) {
    countMishap(sandbox, record, 'RecursiveInvocationsDropped')
    throw error
  }
  const traceId = nextTrace(record, request.traceId, version.settings, sandbox.now())
  let answer!: (result: InvokeResult) => void
  const early = new Promise<InvokeResult>((resolve) => (answer = resolve))
  const run = sandbox.engine.invoke(specOf(sandbox, record, version), { ...request, traceId, ...(waits ? {} : { answer }) })
  const count = (outcome: InvokeResult | Error) => countInvocation(sandbox, record, request.invokedArn, outcome)
  run.then(count, count)
  return Promise.race([early, run])
}

/** Records are never altered in place, so a version's spec holds as long as the version does. */
export function specOf(sandbox: Sandbox, record: FunctionRecord, version: FunctionVersion): FunctionSpec {
  let spec = specs.get(version)
  if (!spec) {
    const { settings } = version
    spec = {
      account: record.account,
      region: record.region,
      functionName: record.name,
      functionArn: unqualifiedArn(record),
      version: version.version,
      revision: version.revisionId,
      codeDir: codeDir(sandbox, record.account, version.code),
      layersDir: layersDir(sandbox, record.account, settings.layers),
      runtime: settings.runtime,
      handler: settings.handler,
      memorySize: settings.memorySize,
      timeout: settings.timeout,
      environment: settings.environment,
      roleArn: settings.role,
      ephemeralStorage: settings.ephemeralStorage,
      logGroup: settings.logging.LogGroup,
      logging: { format: settings.logging.LogFormat, applicationLevel: settings.logging.ApplicationLogLevel, systemLevel: settings.logging.SystemLogLevel },
      ...(record.reservedConcurrency === undefined ? {} : { reservedConcurrency: record.reservedConcurrency }),
    }
    specs.set(version, spec)
  }
  return spec
}

/** The version that an invocation runs: where an alias shares its traffic, one by chance according to the shares. */
export function routeInvocation(record: FunctionRecord, version: FunctionVersion, weights: Record<string, number> | undefined): FunctionVersion {
  let chance = Math.random()
  for (const [name, weight] of Object.entries(weights ?? {})) {
    chance -= weight
    if (chance < 0) return record.versions[name] ?? version
  }
  return version
}
