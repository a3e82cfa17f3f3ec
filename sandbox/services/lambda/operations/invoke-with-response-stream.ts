import { Transform } from 'node:stream'
import { InvokeWithResponseStream$, type InvokeWithResponseStreamRequest, type InvokeWithResponseStreamResponse } from '@aws-sdk/client-lambda'
import { operation } from '../../../operation'
import type { InvokeResult } from '../engine/types'
import { invalid } from '../errors'
import { encodeEvent } from '../event-stream'
import { requireFunction, resolveQualifier } from '../functions'
import { functionArn } from '../names'
import { named } from '../on-function'
import { routeInvocation, runFunction } from '../run-function'
import { invoke, readClientContext, readPayload, rethrow } from './invoke'

const EVENT_STREAM = 'application/vnd.amazon.eventstream'
const LARGEST_PIECE = 65_536

/** Runs a function and gives its answer as it comes; the last event tells how the function ended. */
export const invokeWithResponseStream = operation<InvokeWithResponseStreamRequest, Omit<InvokeWithResponseStreamResponse, 'EventStream'> & { EventStream: Transform }>(InvokeWithResponseStream$, {
  resource: invoke.resource,
  ...(invoke.context ? { context: invoke.context } : {}),
  ...(invoke.resourcePolicy ? { resourcePolicy: invoke.resourcePolicy } : {}),
  action: 'lambda:InvokeFunction',
  async run(call) {
    const { input, sandbox } = call
    const name = named(call)
    const record = await requireFunction(sandbox, name)
    const { version, alias } = resolveQualifier(record, name)
    if (input.TenantId !== undefined) throw invalid('Tenants are not served by this sandbox: leave TenantId out.')
    if (input.InvocationType === 'DryRun') return { StatusCode: 204 }
    const payload = readPayload(input.Payload, 'RequestResponse')
    const clientContext = readClientContext(input.ClientContext)
    const runs = routeInvocation(record, version, alias?.weights)

    const events = new EventStream()
    // Where the function cannot run at all nobody reads it, and the error is told otherwise.
    events.on('error', () => {})
    call.signal.addEventListener('abort', () => events.destroy())
    let begin!: () => void
    const begun = new Promise<void>((resolve) => (begin = resolve))
    const stream = () => (begin(), events)
    const request = { requestId: call.requestId, invokedArn: functionArn(name), payload, stream, ...(call.traceHeader === undefined ? {} : { traceId: call.traceHeader }), ...(clientContext === undefined ? {} : { clientContext }) }
    const ended = runFunction(sandbox, record, runs, request, input.LogType === 'Tail').catch(rethrow)
    ended.then((result) => events.complete(result, input.LogType === 'Tail'), (error: Error) => events.destroy(error))
    // What keeps the function from running at all is an answer of its own.
    await Promise.race([begun, ended])
    return { StatusCode: 200, ExecutedVersion: runs.version, ResponseStreamContentType: EVENT_STREAM, EventStream: events }
  },
})

/** Takes the pieces of an answer, gives the bytes of an event stream. */
class EventStream extends Transform {
  #last: object = {}

  override _transform(piece: Buffer, _encoding: BufferEncoding, done: (error: null, event: Buffer) => void): void {
    done(null, encodeEvent('PayloadChunk', 'application/octet-stream', piece))
  }

  override _flush(done: (error: null, event: Buffer) => void): void {
    done(null, encodeEvent('InvokeComplete', 'application/json', Buffer.from(JSON.stringify(this.#last))))
  }

  /** Ends the stream; an answer that did not come in pieces is cut into some. */
  complete({ payload, streamed, functionError, logTail }: InvokeResult, isTail: boolean): void {
    if (!streamed && functionError === undefined) for (let at = 0; at < payload.length; at += LARGEST_PIECE) this.write(payload.subarray(at, at + LARGEST_PIECE))
    this.#last = {
      ...(functionError === undefined ? {} : { ErrorCode: functionError, ErrorDetails: payload.toString('utf8') }),
      ...(isTail ? { LogResult: logTail.toString('base64') } : {}),
    }
    this.end()
  }
}
