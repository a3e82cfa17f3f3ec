import type { ChildProcess } from 'node:child_process'
import { chmodSync, rmSync } from 'node:fs'
import { connect, createServer, type Server } from 'node:net'
import { setPriority } from 'node:os'
import { basename, join } from 'node:path'
import type { Readable } from 'node:stream'
import { environmentVariables } from './environment-variables'
import { ExtensionsApi, type ShutdownReason } from './extensions-api'
import type { Interpreter } from './interpreters'
import { entrypointFault, extensionsOf, isSupervised, launch, placesFor, type Corner, type Machine } from './launch'
import { readFrames, readLines, type OnLine } from './log-reader'
import { childrenOf, measureTree, memoryOf, treeOf } from './process-tree'
import { RuntimeApi } from './runtime-api'
import type { Telemetry } from './telemetry'
import type { FunctionSpec, InvokeRequest, RoleCredentials } from './types'

const memoryPollMs = 25
const maxProcesses = 1024
/** What Lambda gives extensions to end in. */
const shutdownMs = 2000

/** How an initialisation or invocation came to its end. */
export type Outcome =
  | { kind: 'ready' }
  | { kind: 'response'; body: Buffer }
  | { kind: 'too-large' }
  /** The runtime reported an error; `exit` is set when it then ended. */
  | { kind: 'error'; body: Buffer; errorType: string; exit?: string }
  | { kind: 'exit'; exit: string; errorType?: string }
  | { kind: 'out-of-memory' }

/** All a process needs to be started. */
export interface ProcessPlan {
  machine: Machine
  spec: FunctionSpec
  interpreter: Interpreter
  corner: Corner
  credentials: RoleCredentials
  endpoint: string
  logStream: string
  onLine: OnLine
  telemetry: Telemetry
  /** The runtime is through with an invocation; `waits` for extensions that are not. */
  onRuntimeDone: (outcome: Outcome, waits: boolean) => void
}

/** A runtime in a process of its own, with its private Runtime API. */
export class RuntimeProcess {
  readonly #plan: ProcessPlan
  readonly #api: RuntimeApi
  readonly #servers: Server[] = []
  readonly #memoryLimit: number
  #child: ChildProcess | undefined
  /** The first process inside: bubblewrap's reaper, or the runtime itself. */
  #root: number | undefined
  /** The runtime; see `#mainPid`. */
  #main: number | undefined
  #strays: number[] = []
  #settle: ((outcome: Outcome) => void) | undefined
  #reported: Outcome | undefined
  #requestId: string | undefined
  #stream: InvokeRequest['stream']
  #outOfMemory = false
  #killed = false
  readonly #supervised: boolean
  readonly #extensions: ExtensionsApi
  #runtimeStarted = false
  #runtimeWaits = false
  #ending: Promise<void> | undefined
  #peak = 0
  #poll: NodeJS.Timeout | undefined
  /** Resolves when the process has ended and its sockets are closed. */
  readonly ended: Promise<void>
  #onEnded!: () => void

  constructor(plan: ProcessPlan) {
    this.#plan = plan
    this.#supervised = isSupervised(plan.spec, plan.interpreter)
    this.#extensions = new ExtensionsApi(extensionsOf(plan.spec).map((path) => basename(path)), plan.spec, {
      changed: () => this.#goOn(),
      failed: (name, errorType, message) => this.#done({ kind: 'exit', exit: `${name}: ${message}`, errorType }),
      subscribed: (subscription) => plan.telemetry.subscribe(subscription, (body) => this.#extensions.command({ post: { port: subscription.port, path: subscription.path, body } })),
      runtimeExited: (code, signal) => this.#gone(exitText(code, signal as NodeJS.Signals | null)),
    })
    this.#memoryLimit = plan.spec.memorySize * 1024 * 1024
    this.ended = new Promise((resolve) => (this.#onEnded = resolve))
    this.#api = new RuntimeApi({
      next: () => this.#waits(),
      response: (id, body) => this.#report(id, body ? { kind: 'response', body } : { kind: 'too-large' }),
      stream: (id, contentType) => (id === this.#requestId && !this.#reported ? this.#stream?.(contentType) : undefined),
      error: (id, body, errorType) => this.#report(id, { kind: 'error', body, errorType }),
      initError: (body, errorType) => (this.#reported ??= { kind: 'error', body, errorType }),
      other: (request, response) => this.#extensions.serve(request, response),
    })
  }

  /** Starts the process and resolves when its initialisation is over, well or not. Rejects only when nothing could be started. */
  async start(): Promise<Outcome> {
    const { machine, spec, interpreter, corner, credentials, endpoint, logStream, onLine } = this.#plan
    const contained = machine.isolation.kind !== 'none'
    const fault = entrypointFault(spec, interpreter)
    if (fault) {
      this.#onEnded()
      return { kind: 'exit', exit: fault, errorType: 'Runtime.InvalidEntrypoint' }
    }
    await this.#listen(this.#api.server, join(corner.socketDir, 'runtime.sock'))
    let address = ''
    if (contained) await this.#listen(tunnel(endpoint), join(corner.socketDir, 'endpoint.sock'))
    else address = await this.#listenOnLoopback()
    const places = placesFor(machine, spec, corner, endpoint, address)
    const env = environmentVariables(spec, interpreter, credentials, logStream, places)
    const outcome = this.#wait()
    if (this.#killed) {
      this.#exited('Runtime exited with error: signal: killed')
      return outcome
    }
    const child = launch(machine, spec, interpreter, corner, endpoint, env)
    this.#child = child
    const [, stdout, stderr, frames, info] = child.stdio as unknown as (Readable | null)[]
    readLines(stdout!, onLine)
    readLines(stderr!, onLine)
    readFrames(frames!, onLine)
    if (contained) this.#readInfo(info!)
    else this.#root = this.#main = child.pid
    child.on('error', (error) => this.#exited(error.message))
    child.on('exit', (code, signal) => this.#exited(exitText(code, signal)))
    this.#watchMemory()
    if (this.#supervised) this.#goOn()
    return outcome
  }

  /** Names, states and events of the extensions that registered. */
  extensions(): ReturnType<ExtensionsApi['list']> {
    return this.#extensions.list()
  }

  /** Hands an event to the runtime, which must be waiting for one. `deadline` in epoch ms. */
  invoke(request: InvokeRequest, deadline: number): Promise<Outcome> {
    this.#requestId = request.requestId
    this.#stream = request.stream
    this.#reported = undefined
    const outcome = this.#wait()
    this.#runtimeWaits = false
    this.#api.dispatch(request, deadline)
    this.#extensions.invoke(request, deadline)
    this.#watchMemory()
    return outcome
  }

  /** The most memory the environment ever used, in bytes. Read anew: takes about 0.03 ms. */
  peakBytes(): number {
    const main = this.#mainPid()
    if (main) this.#peak = Math.max(this.#peak, this.#supervised ? measureTree(main, main).peakBytes : memoryOf(main).peak)
    return this.#peak
  }

  /** Stops all processes where they stand, as Lambda does between invocations. */
  freeze(): void {
    if (!this.#root) return
    this.#signal('SIGSTOP')
    // Processes that left the group would run on; they are rare, and stopped one by one.
    const inGroup = this.#root === this.#main ? 1 : 2
    const pids = treeOf(this.#root)
    this.#strays = pids.length > inGroup ? pids : []
    for (const pid of this.#strays) signal(pid, 'SIGSTOP')
  }

  /** Lets all processes run on. */
  thaw(): void {
    this.#signal('SIGCONT')
    for (const pid of this.#strays) signal(pid, 'SIGCONT')
    this.#strays = []
  }

  /** Kills everything in the environment, once its extensions have had time to end by themselves. Resolves when it is gone. */
  kill(reason: ShutdownReason): Promise<void> {
    this.#ending ??= this.#end(reason)
    return this.#ending
  }

  async #end(reason: ShutdownReason): Promise<void> {
    this.#killed = true
    if (this.#supervised && this.#root && this.#extensions.shutdown(reason, Date.now() + shutdownMs)) {
      this.#plan.telemetry.flush()
      this.#extensions.command({ terminate: true })
      this.thaw()
      const limit = setTimeout(() => this.#killAll(), shutdownMs)
      await this.ended
      clearTimeout(limit)
    }
    this.#killAll()
    return this.ended
  }

  #killAll(): void {
    this.#killed = true
    // A bubblewrap killed while it starts would leave its half-made child waiting for ever: stop it, then kill both.
    if (this.#child?.pid && !this.#root) signal(this.#child.pid, 'SIGSTOP')
    const top = this.#root ?? this.#child?.pid
    const pids = top ? treeOf(top) : []
    this.#signal('SIGKILL')
    for (const pid of pids.reverse()) signal(pid, 'SIGKILL')
    this.#child?.kill('SIGKILL')
  }

  #mainPid(): number | undefined {
    if (!this.#main && this.#root) this.#main = childrenOf(this.#root)[0]
    return this.#main
  }

  #signal(name: NodeJS.Signals): void {
    if (this.#root) signal(-this.#root, name)
  }

  #wait(): Promise<Outcome> {
    return new Promise((resolve) => (this.#settle = resolve))
  }

  /** The runtime asks for an event: it is initialised, or through with the one it had. */
  #waits(): void {
    this.#runtimeWaits = true
    if (this.#requestId !== undefined && this.#reported) this.#plan.onRuntimeDone(this.#reported, !this.#extensions.waiting)
    this.#goOn()
  }

  /** Starts the runtime when all extensions are there; a phase is over when the runtime and all extensions wait for what comes next. */
  #goOn(): void {
    if (this.#supervised && !this.#runtimeStarted && this.#extensions.registered) {
      this.#runtimeStarted = true
      this.#extensions.command({ start: true })
    }
    if (!this.#runtimeWaits || !this.#extensions.waiting) return
    if (this.#requestId !== undefined) return this.#done(this.#reported)
    // Initialisation has the full processor, as on Lambda; from here on a handler that spins gives way to the sandbox itself.
    const main = this.#mainPid()
    if (main) for (const pid of this.#supervised ? treeOf(main) : [main]) lowerPriority(pid)
    this.#done({ kind: 'ready' })
  }

  #report(id: string, outcome: Outcome): boolean {
    if (id !== this.#requestId || this.#reported) return false
    this.#reported = outcome
    return true
  }

  #done(outcome: Outcome | undefined): void {
    clearInterval(this.#poll)
    const settle = this.#settle
    if (!settle || !outcome) return
    // What was too much for a moment between two looks is too much all the same.
    if (outcome.kind === 'response' && this.peakBytes() > this.#memoryLimit) outcome = { kind: 'out-of-memory' }
    this.#settle = undefined
    afterOutput(() => settle(outcome))
  }

  #exited(exit: string): void {
    this.#api.close()
    for (const server of this.#servers) server.close()
    // A process that outlived the runtime's own (possible without bubblewrap only) goes with it.
    this.#signal('SIGKILL')
    this.#gone(exit)
    this.#onEnded()
  }

  /** The runtime has ended. */
  #gone(exit: string): void {
    if (this.#outOfMemory) this.#done({ kind: 'out-of-memory' })
    else if (this.#reported?.kind === 'error') this.#done({ ...this.#reported, exit })
    else this.#done({ kind: 'exit', exit })
  }

  #watchMemory(): void {
    clearInterval(this.#poll)
    this.#poll = setInterval(() => this.#checkMemory(), memoryPollMs)
  }

  /** Measures all processes of the environment and kills it when it is over its limit. */
  #checkMemory(): void {
    if (!this.#root) return
    const use = measureTree(this.#root, this.#supervised ? this.#mainPid() : undefined)
    this.#peak = Math.max(this.#peak, use.bytes, use.peakBytes)
    if (this.#peak <= this.#memoryLimit && use.pids.length <= maxProcesses) return
    this.#outOfMemory = true
    this.#killAll()
  }

  /** bubblewrap tells the process id of its reaper, whose only child is the runtime. */
  #readInfo(info: Readable): void {
    let text = ''
    info.on('data', (chunk: Buffer) => {
      text += chunk.toString()
      const pid = /"child-pid": (\d+)/.exec(text)?.[1]
      if (pid && !this.#root) this.#root = Number(pid)
    })
    info.on('error', () => {})
  }

  async #listen(server: Server, path: string): Promise<void> {
    rmSync(path, { force: true })
    this.#servers.push(server)
    await new Promise<void>((resolve, reject) => server.once('error', reject).listen(path, resolve))
    chmodSync(path, 0o777)
  }

  /** The Runtime API on a port of its own, for extensions and tools that know only AWS_LAMBDA_RUNTIME_API. */
  async #listenOnLoopback(): Promise<string> {
    const server = createServer((socket) => this.#api.server.emit('connection', socket))
    this.#servers.push(server)
    await new Promise<void>((resolve, reject) => server.once('error', reject).listen(0, '127.0.0.1', resolve))
    return `127.0.0.1:${(server.address() as { port: number }).port}`
  }
}

/** A server that passes bytes on to the AWS endpoint and to nowhere else. */
function tunnel(endpoint: string): Server {
  const { hostname, port } = new URL(endpoint)
  const server = createServer({ noDelay: true }, (client) => {
    const target = connect({ host: hostname, port: Number(port || 80), noDelay: true })
    client.pipe(target).pipe(client)
    client.on('error', () => target.destroy()).on('close', () => target.destroy())
    target.on('error', () => client.destroy()).on('close', () => client.destroy())
  })
  server.maxConnections = 128
  return server
}

/** Calls back when the output written before this moment has been read: what is in the pipes now is read in the next turn. */
function afterOutput(callback: () => void): void {
  setImmediate(() => setImmediate(callback))
}

/** The words of Lambda for how a process ended. bubblewrap passes a signal on as 128 and its number. */
function exitText(code: number | null, signalName: NodeJS.Signals | null): string {
  const byNumber: Record<number, string> = { 132: 'illegal instruction', 134: 'aborted', 135: 'bus error', 137: 'killed', 139: 'segmentation fault', 143: 'terminated' }
  const byName: Record<string, string> = { SIGILL: 'illegal instruction', SIGABRT: 'aborted', SIGBUS: 'bus error', SIGKILL: 'killed', SIGSEGV: 'segmentation fault', SIGTERM: 'terminated' }
  const killed = signalName ? (byName[signalName] ?? signalName) : byNumber[code ?? 0]
  if (killed) return `Runtime exited with error: signal: ${killed}`
  return code === 0 ? 'Runtime exited without providing a reason' : `Runtime exited with error: exit status ${code}`
}

function lowerPriority(pid: number): void {
  try {
    setPriority(pid, 5)
  } catch {
    // It has ended already; its exit tells the rest.
  }
}

function signal(pid: number, name: NodeJS.Signals): void {
  try {
    process.kill(pid, name)
  } catch {
    // Already gone.
  }
}
