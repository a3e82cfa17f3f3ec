import { Runtime, type CreateFunctionRequest, type UpdateFunctionConfigurationRequest } from '@aws-sdk/client-lambda'
import type { RuntimeSupport } from './engine/types'
import { invalid } from './errors'
import type { Settings } from './records'
import { toldSettings } from './told-settings'

/** New accounts get no more than this (Lambda quotas, "Function memory allocation"). */
const MOST_MEMORY_MB = 3008
const MOST_ENVIRONMENT_BYTES = 4096
const DEFAULTS = { description: '', memorySize: 128, timeout: 3, environment: {}, architecture: 'x86_64', ephemeralStorage: 512 } as const

/** Runtimes that AWS no longer lets anyone create functions with (Lambda developer guide, "Lambda runtimes"). */
const ENDED = /^(nodejs(4\.3(-edge)?|6\.10|8\.10|1[02468]\.x)?|python(2\.7|3\.[6789])|java8|dotnet(core.*|6)|ruby(2\.5|2\.7|3\.2)|go1\.x|provided)$/

/** Names that Lambda sets itself (Lambda developer guide, "Defined runtime environment variables"). */
const RESERVED = new Set([
  '_HANDLER', '_X_AMZN_TRACE_ID', 'AWS_DEFAULT_REGION', 'AWS_REGION', 'AWS_EXECUTION_ENV', 'AWS_LAMBDA_FUNCTION_NAME', 'AWS_LAMBDA_FUNCTION_MEMORY_SIZE',
  'AWS_LAMBDA_FUNCTION_VERSION', 'AWS_LAMBDA_INITIALIZATION_TYPE', 'AWS_LAMBDA_LOG_GROUP_NAME', 'AWS_LAMBDA_LOG_STREAM_NAME', 'AWS_ACCESS_KEY',
  'AWS_ACCESS_KEY_ID', 'AWS_SECRET_ACCESS_KEY', 'AWS_SESSION_TOKEN', 'AWS_LAMBDA_RUNTIME_API', 'LAMBDA_TASK_ROOT', 'LAMBDA_RUNTIME_DIR',
])

type Runtimes = Record<string, RuntimeSupport>

/** The settings of a new function. @throws InvalidParameterValueException */
export function newSettings(input: CreateFunctionRequest, functionName: string, runtimes: Runtimes): Settings {
  if (input.Runtime === undefined || input.Handler === undefined) {
    throw invalid('Runtime and Handler are mandatory parameters for functions created with deployment packages.')
  }
  const before: Settings = {
    ...DEFAULTS,
    runtime: input.Runtime,
    handler: input.Handler,
    role: input.Role!,
    logging: { LogFormat: 'Text', LogGroup: `/aws/lambda/${functionName}` },
  }
  return changedSettings(before, { ...input, FunctionName: functionName }, runtimes, input.Architectures)
}

/** Settings after a change; what is not given stays, and layers, which function-layers.ts sees to. @throws InvalidParameterValueException */
export function changedSettings(
  before: Settings,
  input: UpdateFunctionConfigurationRequest,
  runtimes: Runtimes,
  architectures?: CreateFunctionRequest['Architectures'],
): Settings {
  refuseUnserved(input as unknown as Record<string, unknown>)
  if (input.Runtime !== undefined) checkRuntime(input.Runtime, runtimes)
  if (input.MemorySize !== undefined && input.MemorySize > MOST_MEMORY_MB) {
    throw invalid(`'MemorySize' value failed to satisfy constraint: Member must have value less than or equal to ${MOST_MEMORY_MB}`)
  }
  const environment = input.Environment ? (input.Environment.Variables ?? {}) : before.environment
  checkEnvironment(environment)
  const runtime = input.Runtime ?? before.runtime
  const ephemeralStorage = input.EphemeralStorage?.Size ?? before.ephemeralStorage
  return {
    description: input.Description ?? before.description,
    runtime,
    handler: input.Handler ?? before.handler,
    role: input.Role ?? before.role,
    memorySize: input.MemorySize ?? before.memorySize,
    timeout: input.Timeout ?? before.timeout,
    environment,
    architecture: architectures?.[0] ?? before.architecture,
    ephemeralStorage,
    logging: input.LoggingConfig ? logging(input.LoggingConfig, before.logging) : before.logging,
    ...deadLetters(before, input.DeadLetterConfig?.TargetArn),
    ...(before.layers ? { layers: before.layers } : {}),
    ...toldSettings(before, input, { runtime, ephemeralStorage }),
  }
}

/** An empty target takes the one before away. */
function deadLetters({ deadLetterTarget }: Settings, given: string | undefined): Pick<Settings, 'deadLetterTarget'> {
  const target = given ?? deadLetterTarget
  return target ? { deadLetterTarget: target } : {}
}

function logging(given: NonNullable<CreateFunctionRequest['LoggingConfig']>, before: Settings['logging']): Settings['logging'] {
  const LogFormat = given.LogFormat ?? before.LogFormat
  const LogGroup = given.LogGroup ?? before.LogGroup
  if (LogFormat === 'Text') {
    if (given.ApplicationLogLevel ?? given.SystemLogLevel) throw invalid('To use ApplicationLogLevel or SystemLogLevel, you must set LogFormat to JSON.')
    return { LogFormat, LogGroup }
  }
  return { LogFormat, LogGroup, ApplicationLogLevel: given.ApplicationLogLevel ?? before.ApplicationLogLevel ?? 'INFO', SystemLogLevel: given.SystemLogLevel ?? before.SystemLogLevel ?? 'INFO' }
}

function checkRuntime(runtime: string, runtimes: Runtimes): void {
  const support = runtimes[runtime]
  if (support?.available) return
  if (support) throw invalid(`The runtime ${runtime} cannot run here: ${support.note ?? 'its language is not installed on this machine.'}`)
  if (ENDED.test(runtime)) {
    throw invalid(`The runtime parameter of ${runtime} is no longer supported for creating or updating AWS Lambda functions. We recommend you use a supported runtime while creating or updating functions.`)
  }
  const served = Object.keys(runtimes).join(', ')
  if (Object.values<string>(Runtime).includes(runtime)) throw invalid(`The runtime ${runtime} is not served by this sandbox. It runs [${served}].`)
  throw invalid(`Value ${runtime} at 'runtime' failed to satisfy constraint: Member must satisfy enum value set: [${served}] or be a valid ARN`)
}

function checkEnvironment(variables: Record<string, string>): void {
  const start = 'Lambda was unable to configure your environment variables because the environment variables you have provided'
  const reserved = Object.keys(variables).filter((name) => RESERVED.has(name))
  if (reserved.length > 0) {
    throw invalid(`${start} contains reserved keys that are currently not supported for modification. Reserved keys used in this request: ${reserved.join(', ')}`)
  }
  const measured = JSON.stringify(variables)
  if (Buffer.byteLength(measured) > MOST_ENVIRONMENT_BYTES) throw invalid(`${start} exceeded the 4KB limit. String measured: ${measured}`)
}

/** Refuses by name what the sandbox cannot do. */
function refuseUnserved(input: Record<string, unknown>): void {
  const asked = ['ImageConfig', 'TenancyConfig', 'CapacityProviderConfig', 'DurableConfig', 'PublishTo'].find((name) => input[name] !== undefined)
  if (asked !== undefined) throw invalid(`${asked} is not served by this sandbox: leave it out.`)
}
