import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http'
import type { Writable } from 'node:stream'
import { answer, collect } from './http-answers'
import type { InvokeRequest } from './types'

/** The largest answer of a synchronous invocation: 6 MB and what Lambda grants on top. */
export const maxResponseBytes = 6_291_556
/** The largest streamed answer (Lambda quotas). */
const maxStreamBytes = 209_715_200

/** What a runtime may tell the engine. */
export interface RuntimeApiListener {
  /** The runtime asks for its next event; it is answered by `RuntimeApi.dispatch`. */
  next(): void
  /** The handler answered; `body` is undefined when it was larger than an answer may be. */
  response(requestId: string, body: Buffer | undefined): boolean
  error(requestId: string, body: Buffer, errorType: string): boolean
  /** A streamed answer begins; gives where it goes, or undefined where it is to be collected. */
  stream(requestId: string, contentType: string): Writable | undefined
  initError(body: Buffer, errorType: string): void
  /** Answers a request that is not for the Runtime API; gives false where it does not either. */
  other(request: IncomingMessage, response: ServerResponse): boolean
}

const errorTypeHeader = 'lambda-runtime-function-error-type'
const prefix = '/2018-06-01/runtime/'

/**
 * The Lambda Runtime API of one execution environment.
 * @see https://docs.aws.amazon.com/lambda/latest/dg/runtimes-api.html
 */
export class RuntimeApi {
  readonly #listener: RuntimeApiListener
  #poll: ServerResponse | undefined
  #reading = 0
  /** Not listening yet: the caller chooses the address. */
  readonly server: Server

  constructor(listener: RuntimeApiListener) {
    this.#listener = listener
    this.server = createServer({ requestTimeout: 0, headersTimeout: 0, keepAliveTimeout: 0, noDelay: true }, (request, response) => this.#serve(request, response))
    this.server.on('clientError', (_error, socket) => socket.destroy())
    this.server.maxConnections = 32
  }

  /** Answers the runtime's open request for an event. `deadline` in epoch ms. */
  dispatch(request: InvokeRequest, deadline: number): void {
    const headers: Record<string, string | number> = {
      'Content-Type': 'application/json',
      'Content-Length': request.payload.length,
      'Lambda-Runtime-Aws-Request-Id': request.requestId,
      'Lambda-Runtime-Deadline-Ms': deadline,
      'Lambda-Runtime-Invoked-Function-Arn': request.invokedArn,
    }
    if (request.traceId) headers['Lambda-Runtime-Trace-Id'] = request.traceId
    if (request.clientContext) headers['Lambda-Runtime-Client-Context'] = asHeader(request.clientContext)
    this.#poll?.writeHead(200, headers).end(request.payload)
    this.#poll = undefined
  }

  close(): void {
    this.server.close()
    this.server.closeAllConnections()
  }

  #serve(request: IncomingMessage, response: ServerResponse): void {
    const path = request.url ?? ''
    const [, kind, id, what] = /^\/2018-06-01\/runtime\/(invocation|init)\/([^/]+)(?:\/(response|error))?$/.exec(path) ?? []
    if (request.method === 'GET' && kind === 'invocation' && id === 'next' && !what) {
      this.#poll = response
      if (!this.#reading) this.#listener.next()
    } else if (request.method === 'POST' && kind === 'invocation' && what) {
      const streams = what === 'response' && request.headers['lambda-runtime-function-response-mode'] === 'streaming'
      const sink = streams ? this.#listener.stream(id!, request.headers['content-type'] ?? 'application/octet-stream') : undefined
      this.#read(request, sink, (body) => {
        const late = request.trailers[errorTypeHeader]
        const known = late
          ? this.#listener.error(id!, Buffer.from(request.trailers['lambda-runtime-function-error-body'] ?? '', 'base64'), late)
          : what === 'response'
            ? this.#listener.response(id!, body)
            : this.#listener.error(id!, body ?? Buffer.from('{}'), typeOf(request))
        if (!known) answer(response, 400, { errorMessage: 'Invalid request ID', errorType: 'InvalidRequestID' })
        else if (!body) answer(response, 413, { errorMessage: `Exceeded maximum allowed payload size (${maxResponseBytes} bytes).`, errorType: 'RequestEntityTooLarge' })
        else answer(response, 202, { status: 'OK' })
      })
    } else if (request.method === 'POST' && path === `${prefix}init/error`)
      this.#read(request, undefined, (body) => {
        this.#listener.initError(body ?? Buffer.from('{}'), typeOf(request))
        answer(response, 202, { status: 'OK' })
      })
    else if (!this.#listener.other(request, response)) answer(response, 404, { errorMessage: 'Not found', errorType: 'NotFound' })
  }

  /** Reads a report. A request for the next event that was sent right behind it counts only when it has been read. */
  #read(request: IncomingMessage, sink: Writable | undefined, done: (body: Buffer | undefined) => void): void {
    this.#reading++
    const read = sink ? (end: (body: Buffer | undefined) => void) => passOn(request, sink, end) : (end: (body: Buffer | undefined) => void) => collect(request, maxResponseBytes, end)
    read((body) => {
      this.#reading--
      done(body)
      if (this.#poll && !this.#reading) this.#listener.next()
    })
  }
}

/** Passes a body on as fast as it is taken, up to its limit; gives an empty one at its end, or undefined where it was too large. */
function passOn(request: IncomingMessage, sink: Writable, done: (body: Buffer | undefined) => void): void {
  let bytes = 0
  // Whoever read it may go away; the function runs to its end all the same.
  sink.on('error', () => {}).on('drain', () => request.resume()).on('close', () => request.resume())
  request.on('data', (chunk: Buffer) => {
    bytes += chunk.length
    if (bytes <= maxStreamBytes && !sink.destroyed && !sink.writableEnded && !sink.write(chunk)) request.pause()
  })
  request.on('end', () => done(bytes <= maxStreamBytes ? Buffer.alloc(0) : undefined))
}

function typeOf(request: IncomingMessage): string {
  const value = request.headers[errorTypeHeader]
  return typeof value === 'string' && value ? value : 'Runtime.Unknown'
}

/** JSON text as a header value: characters beyond ASCII become escapes, which JSON reads back. */
function asHeader(json: string): string {
  return json.replace(/[^\x20-\x7e]/g, (c) => (/\s/.test(c) ? ' ' : `\\u${c.charCodeAt(0).toString(16).padStart(4, '0')}`))
}
