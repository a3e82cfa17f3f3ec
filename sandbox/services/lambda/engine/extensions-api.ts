import { randomUUID } from 'node:crypto'
import type { IncomingMessage, ServerResponse } from 'node:http'
import { answer, collect } from './http-answers'
import { readSubscription, type Subscription } from './telemetry'
import type { FunctionSpec, InvokeRequest } from './types'

const maxBodyBytes = 64 * 1024
/** Lambda quotas: extensions of a function, external and internal together. */
const maxExtensions = 10
/** Batches of telemetry that may wait for the supervisor; what comes while it takes none is left out. */
const maxCommands = 100

/** Why an environment ends, in Lambda's words. */
export type ShutdownReason = 'spindown' | 'timeout' | 'failure'

/** What extensions, and the supervisor that starts them, tell the engine. */
export interface ExtensionsListener {
  /** An extension registered, or asks for its next event. */
  changed(): void
  /** An extension reported an error, or its process ended. */
  failed(extension: string, errorType: string, message: string): void
  subscribed(subscription: Subscription): void
  runtimeExited(code: number | null, signal: string | null): void
}

/** What the supervisor is told to do. */
export type Command = { start: true } | { terminate: true } | { post: { port: number; path: string; body: string } }

interface Extension {
  id: string
  name: string
  /** Started by Lambda itself, in a process of its own. */
  external: boolean
  events: string[]
  /** Its open request for the next event; it is busy while there is none. */
  poll: ServerResponse | undefined
  /** An event that came while it was busy. */
  pending?: object
  subscribed?: boolean
}

/**
 * The Lambda Extensions API of one execution environment.
 * @see https://docs.aws.amazon.com/lambda/latest/dg/runtimes-extensions-api.html
 */
export class ExtensionsApi {
  readonly #expected: string[]
  readonly #spec: FunctionSpec
  readonly #listener: ExtensionsListener
  readonly #extensions = new Map<string, Extension>()
  readonly #commands: Command[] = []
  #supervisor: ServerResponse | undefined
  #closed = false

  /** @param expected names of the external extensions, which are the file names of their programs */
  constructor(expected: string[], spec: FunctionSpec, listener: ExtensionsListener) {
    this.#expected = expected
    this.#spec = spec
    this.#listener = listener
  }

  /** Whether every external extension has registered. */
  get registered(): boolean {
    const names = new Set([...this.#extensions.values()].map(({ name }) => name))
    return this.#expected.every((name) => names.has(name))
  }

  /** Whether no extension has anything left to do. */
  get waiting(): boolean {
    return this.registered && [...this.#extensions.values()].every(({ poll }) => poll)
  }

  /** Names, states and events of the extensions, as the log tells them. */
  list(): { name: string; state: string; events: string[] }[] {
    return [...this.#extensions.values()].map(({ name, poll, events }) => ({ name, state: poll ? 'Ready' : 'Registered', events }))
  }

  /** Tells of an invocation; `deadline` in epoch ms. */
  invoke(request: InvokeRequest, deadline: number): void {
    this.#send('INVOKE', {
      eventType: 'INVOKE',
      deadlineMs: deadline,
      requestId: request.requestId,
      invokedFunctionArn: request.invokedArn,
      tracing: { type: 'X-Amzn-Trace-Id', value: request.traceId ?? '' },
    })
  }

  /** Tells that the environment ends at `deadline`. Gives whether any extension wants to know. */
  shutdown(shutdownReason: ShutdownReason, deadline: number): boolean {
    // From here on nobody can join: there is nothing left to take part in.
    this.#closed = true
    return this.#send('SHUTDOWN', { eventType: 'SHUTDOWN', shutdownReason, deadlineMs: deadline })
  }

  /** Gives the supervisor something to do. */
  command(command: Command): void {
    if ('post' in command && this.#commands.length >= maxCommands) return
    this.#commands.push(command)
    this.#sendCommands()
  }

  /** Answers a request that is for extensions. Gives false for any other. */
  serve(request: IncomingMessage, response: ServerResponse): boolean {
    const route = `${request.method} ${request.url}`
    if (route === 'POST /2020-01-01/extension/register') this.#register(request, response)
    else if (route === 'GET /2020-01-01/extension/event/next') this.#next(request, response)
    else if (/^POST \/2020-01-01\/extension\/(init|exit)\/error$/.test(route)) this.#error(request, response)
    else if (/^PUT \/(2022-07-01\/telemetry|2020-08-15\/logs)$/.test(route)) this.#subscribe(request, response)
    else if (route === 'GET /supervisor/commands') {
      this.#supervisor = response
      this.#sendCommands()
    } else if (route === 'POST /supervisor/exit') this.#exit(request, response)
    else return false
    return true
  }

  #send(event: string, body: object): boolean {
    const wanting = [...this.#extensions.values()].filter(({ events }) => events.includes(event))
    for (const extension of wanting) {
      extension.pending = body
      this.#deliver(extension)
    }
    return wanting.length > 0
  }

  #deliver(extension: Extension): void {
    if (!extension.poll || !extension.pending) return
    answer(extension.poll, 200, extension.pending, { 'Lambda-Extension-Event-Identifier': randomUUID() })
    extension.poll = undefined
    delete extension.pending
  }

  #sendCommands(): void {
    if (!this.#supervisor || this.#commands.length === 0) return
    answer(this.#supervisor, 200, this.#commands.splice(0))
    this.#supervisor = undefined
  }

  #register(request: IncomingMessage, response: ServerResponse): void {
    const name = String(request.headers['lambda-extension-name'] ?? '')
    const features = String(request.headers['lambda-extension-accept-feature'] ?? '')
    readJson(request, (body) => {
      const events: unknown[] = Array.isArray(body?.events) ? body.events : []
      const external = this.#expected.includes(name)
      const refuse = (errorType: string, errorMessage: string, status = 400) => answer(response, status, { errorType, errorMessage })
      if (!name) return refuse('Extension.InvalidExtensionName', 'Empty extension name')
      if (this.#closed || [...this.#extensions.values()].some((each) => each.name === name)) return refuse('Extension.AlreadyRegistered', `Extension ${name} already registered`, 403)
      if (this.#extensions.size >= maxExtensions) return refuse('Extension.TooManyExtensions', `Extension limit (${maxExtensions}) reached`, 403)
      const unknown = events.find((event) => event !== 'INVOKE' && event !== 'SHUTDOWN')
      if (unknown !== undefined) return refuse('Extension.InvalidEventType', `${String(unknown)}: unknown event type`)
      if (!external && events.includes('SHUTDOWN')) return refuse('ShutdownEventNotSupportedForInternalExtension', 'SHUTDOWN event is not supported for internal extensions')
      const id = randomUUID()
      this.#extensions.set(id, { id, name, external, events: events as string[], poll: undefined })
      const { functionName, version, handler, account } = this.#spec
      const about = { functionName, functionVersion: version, handler, ...(features.includes('accountId') ? { accountId: account } : {}) }
      answer(response, 200, about, { 'Lambda-Extension-Identifier': id })
      this.#listener.changed()
    })
  }

  #next(request: IncomingMessage, response: ServerResponse): void {
    const extension = this.#identify(request, response)
    if (!extension) return
    extension.poll = response
    this.#deliver(extension)
    this.#listener.changed()
  }

  #error(request: IncomingMessage, response: ServerResponse): void {
    const extension = this.#identify(request, response)
    if (!extension) return
    collect(request, maxBodyBytes, () => {
      answer(response, 202, { status: 'OK' })
      this.#fail(extension.name, String(request.headers['lambda-extension-function-error-type'] ?? 'Extension.UnknownReason'), 'Extension reported an error')
    })
  }

  #subscribe(request: IncomingMessage, response: ServerResponse): void {
    const extension = this.#identify(request, response)
    if (!extension) return
    readJson(request, (body) => {
      if (this.#expected.length === 0) return answer(response, 202, 'Telemetry goes to functions with an external extension only.')
      const subscription = readSubscription(body)
      if (typeof subscription === 'string') return answer(response, 400, { errorType: 'ValidationError', errorMessage: subscription })
      answer(response, 200, 'OK')
      if (extension.subscribed) return
      extension.subscribed = true
      this.#listener.subscribed(subscription)
    })
  }

  /** The supervisor tells that a process it started has ended: an extension, or the runtime. */
  #exit(request: IncomingMessage, response: ServerResponse): void {
    readJson(request, (body) => {
      answer(response, 202, { status: 'OK' })
      const { extension, code = null, signal = null } = body ?? {}
      if (typeof extension !== 'string') this.#listener.runtimeExited(code, signal)
      else this.#fail(extension, 'Extension.Crash', signal ? `signal: ${signal}` : `exit code ${code}`)
    })
  }

  #fail(name: string, errorType: string, message: string): void {
    // An extension that ends after it was told to has done nothing wrong.
    if (!this.#closed) this.#listener.failed(name, errorType, message)
  }

  #identify(request: IncomingMessage, response: ServerResponse): Extension | undefined {
    const found = this.#extensions.get(String(request.headers['lambda-extension-identifier'] ?? ''))
    if (!found) answer(response, 403, { errorType: 'Extension.UnknownExtensionIdentifier', errorMessage: 'Unknown extension identifier' })
    return found
  }
}

function readJson(request: IncomingMessage, done: (body: Record<string, any> | undefined) => void): void {
  collect(request, maxBodyBytes, (body) => {
    let value: unknown
    try {
      value = JSON.parse(body?.toString() || '{}')
    } catch {
      // As good as no body.
    }
    done(typeof value === 'object' && value !== null ? (value as Record<string, any>) : undefined)
  })
}
