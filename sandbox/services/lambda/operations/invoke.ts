import { Invoke$, InvalidRequestContentException, RequestTooLargeException, TooManyRequestsException, type InvocationRequest, type InvocationResponse } from '@aws-sdk/client-lambda'
import { AwsError } from '../../../errors'
import { operation } from '../../../operation'
import { RuntimeUnavailable, TooManyRequests, type InvokeResult } from '../engine/types'
import { invalid } from '../errors'
import { requireFunction, resolveQualifier } from '../functions'
import { functionArn } from '../names'
import { named, onQualified } from '../on-function'
import { routeInvocation, runFunction } from '../run-function'

/** Bytes of an event (Lambda quotas, "Invocation payload"). */
const LARGEST = { RequestResponse: 6_291_456, Event: 1_048_576 }
/** Bytes of a client context in base64 (Lambda API reference, Invoke). */
const LARGEST_CONTEXT = 3583

/** Runs a function: waits for its answer, or takes the event and runs it later, or only sees whether the caller may. */
export const invoke = operation<InvocationRequest, InvocationResponse>(Invoke$, {
  ...onQualified,
  action: 'lambda:InvokeFunction',
  context: async (call) => ({ ...(await onQualified.context!(call)), 'lambda:InvokedViaFunctionUrl': 'false' }),
  async run(call) {
    const { input, sandbox } = call
    const type = input.InvocationType ?? 'RequestResponse'
    const name = named(call)
    const record = await requireFunction(sandbox, name)
    const { version, alias } = resolveQualifier(record, name)
    if (input.TenantId !== undefined || input.DurableExecutionName !== undefined) {
      throw invalid('Tenants and durable executions are not served by this sandbox: leave TenantId and DurableExecutionName out.')
    }
    if (type === 'DryRun') return { StatusCode: 204 }
    const payload = readPayload(input.Payload, type)
    const clientContext = readClientContext(input.ClientContext)
    const { traceHeader } = call
    const request = { requestId: call.requestId, invokedArn: functionArn(name), ...(clientContext === undefined ? {} : { clientContext }) }
    if (type === 'Event') {
      const { account, region, name: functionName, qualifier } = name
      await sandbox.asyncEvents.accept({ ...request, account, region, functionName, ...(qualifier === undefined ? {} : { qualifier }), payload: payload.toString('base64'), ...(traceHeader === undefined ? {} : { traceHeader }) })
      return { StatusCode: 202, Payload: new Uint8Array() }
    }
    // The log's end, with REPORT, is not there before the extensions are through.
    const isTail = input.LogType === 'Tail'
    const result = await runFunction(sandbox, record, routeInvocation(record, version, alias?.weights), { ...request, payload, ...(traceHeader === undefined ? {} : { traceId: traceHeader }) }, isTail).catch(rethrow)
    return answer(result, isTail)
  },
})

function answer({ payload, functionError, logTail, executedVersion }: InvokeResult, isTail: boolean): InvocationResponse {
  return {
    StatusCode: 200,
    // A plain view: a Buffer would turn itself into a list of numbers wherever it is written as JSON.
    Payload: new Uint8Array(payload.buffer, payload.byteOffset, payload.byteLength) as InvocationResponse['Payload'],
    ExecutedVersion: executedVersion,
    FunctionError: functionError,
    LogResult: isTail ? logTail.toString('base64') : undefined,
  }
}

/** The event of an invocation as bytes, `{}` where none was given. @throws RequestTooLargeException, InvalidRequestContentException */
export function readPayload(given: Uint8Array | undefined, type: 'RequestResponse' | 'Event'): Buffer {
  if (!given || given.length === 0) return Buffer.from('{}')
  if (given.length > LARGEST[type]) {
    const message = `${given.length} byte payload is too large for the ${type} invocation type (limit ${LARGEST[type]} bytes)`
    throw new RequestTooLargeException({ message, Type: 'User', $metadata: {} })
  }
  const payload = Buffer.from(given.buffer, given.byteOffset, given.byteLength)
  try {
    JSON.parse(payload.toString('utf8'))
  } catch (error) {
    throw badContent(`Could not parse request body into json: ${(error as Error).message}`)
  }
  return payload
}

/** The client context as JSON text. @throws InvalidRequestContentException */
export function readClientContext(given: string | undefined): string | undefined {
  if (given === undefined) return undefined
  if (given.length > LARGEST_CONTEXT) throw badContent(`Client context must be at most ${LARGEST_CONTEXT} bytes of Base64`)
  const text = Buffer.from(given, 'base64').toString('utf8')
  try {
    JSON.parse(text)
  } catch (error) {
    throw badContent(`Client context must be a valid Base64-encoded JSON object: ${(error as Error).message}`)
  }
  return text
}

function badContent(message: string): InvalidRequestContentException {
  return new InvalidRequestContentException({ message, Type: 'User', $metadata: {} })
}

/** What the engine throws, as Lambda's errors. */
export function rethrow(error: unknown): never {
  if (error instanceof TooManyRequests) throw new TooManyRequestsException({ message: error.message, Reason: error.reason, Type: 'User', $metadata: {} })
  if (error instanceof RuntimeUnavailable) throw new AwsError('InvalidRuntimeException', error.message, 502)
  throw error
}
