import { chmodSync, mkdirSync, mkdtempSync, readdirSync, rmSync, statSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { Concurrency } from './concurrency'
import { ExecutionEnvironment } from './execution-environment'
import { findRuntimes, supervisor, type Runtime } from './interpreters'
import { detectIsolation } from './isolation'
import type { Machine } from './launch'
import { installedModules, linkSdk, sdkPackages } from './sdk-packages'
import { firstUid, uidCount } from './system-files'
import { pythonPackages } from './python-packages'
import { RuntimeUnavailable, type EngineOptions, type FunctionSpec, type InvokeRequest, type InvokeResult, type IsolationName, type RuntimeSupport } from './types'

export * from './types'

/** Credentials must outlive the invocation by this much for an environment to be used again, in ms. */
const credentialsMargin = 30_000

/** Makes the engine: finds interpreters and containment on this machine. Takes about a quarter of a second. */
export async function createEngine(options: EngineOptions): Promise<Engine> {
  const directory = join(options.dataDir, 'runtime')
  mkdirSync(directory, { recursive: true })
  const [runtimes, isolation] = await Promise.all([findRuntimes(), detectIsolation(options.isolation, directory)])
  const modules = installedModules()
  const sdk = modules ? { modules, packages: sdkPackages(modules) } : undefined
  // Above the code of all functions, which is kept in this folder too: ES modules find it there without help.
  const sdkLinks = join(options.dataDir, 'node_modules')
  if (sdk) linkSdk(sdk.modules, sdk.packages, sdkLinks)
  return new Engine(options, runtimes, { isolation, sdk, sdkLinks, pythonPackages: pythonPackages(options.dataDir), supervisor: supervisor() })
}

/** Runs Lambda functions in processes of their own and keeps their environments for reuse. */
export class Engine {
  readonly isolation: IsolationName
  readonly #options: EngineOptions
  readonly #runtimes: Map<string, Runtime>
  readonly #machine: Machine
  readonly #concurrency: Concurrency
  /** Sockets live here: paths to them must be short, which a data directory's may not be. */
  readonly #workDir = makeWorkDir()
  /** Frozen environments, the most recently used last. */
  #idle: ExecutionEnvironment[] = []
  readonly #busy = new Set<ExecutionEnvironment>()
  readonly #ending = new Set<Promise<void>>()
  readonly #running = new Set<Promise<unknown>>()
  /** The revision each function version was last invoked at. */
  readonly #revisions = new Map<string, string>()
  readonly #sweep: NodeJS.Timeout
  #made = 0
  #closed = false

  /** Use `createEngine`. */
  constructor(options: EngineOptions, runtimes: Map<string, Runtime>, machine: Machine) {
    this.#options = options
    this.#runtimes = runtimes
    this.#machine = machine
    this.isolation = machine.isolation.kind === 'none' ? 'none' : 'bwrap'
    this.#concurrency = new Concurrency(options.accountConcurrency ?? 10)
    // Contained environments run as other users, who must be able to reach their own socket.
    chmodSync(this.#workDir, 0o711)
    const idleMs = options.idleMs ?? 5 * 60_000
    this.#sweep = setInterval(() => this.#endIdle((e) => Date.now() - e.lastUsed >= idleMs), Math.max(idleMs / 4, 10)).unref()
  }

  /** Which Lambda runtimes can be run here, and by which interpreter. */
  runtimes(): Record<string, RuntimeSupport> {
    return Object.fromEntries([...this.#runtimes].map(([name, { support }]) => [name, support]))
  }

  /**
   * Invokes a function and waits for its answer. What the function does wrong is part of the result.
   * @throws TooManyRequests when the account's or the function's concurrency is used up
   * @throws RuntimeUnavailable when the machine has no interpreter for it
   * @throws whatever `options.credentials` rejects with
   */
  async invoke(spec: FunctionSpec, request: InvokeRequest): Promise<InvokeResult> {
    const giveBack = this.#concurrency.take(spec)
    const work = this.#invoke(spec, request).finally(giveBack)
    this.#running.add(work)
    try {
      return await work
    } finally {
      this.#running.delete(work)
    }
  }

  /**
   * Ends the environments of a function, of one of its versions (`{functionArn}:{version}`), or of all that begin so.
   * Those at work finish first. The promise does not wait for these.
   */
  async retire(functionArnPrefix: string): Promise<void> {
    const matches = (spec: FunctionSpec) => isPrefix(functionArnPrefix, versionArn(spec))
    for (const arn of this.#revisions.keys()) if (isPrefix(functionArnPrefix, arn)) this.#revisions.delete(arn)
    this.#concurrency.forget(functionArnPrefix)
    await this.#endIdle((environment) => matches(environment.spec))
  }

  /** Ends all environments, those at work too, and delivers what is left of their logs. */
  async close(): Promise<void> {
    this.#closed = true
    clearInterval(this.#sweep)
    void this.#endIdle(() => true)
    for (const environment of this.#busy) this.#end(environment)
    await Promise.allSettled(this.#running)
    await Promise.all(this.#ending)
    rmSync(this.#workDir, { recursive: true, force: true })
  }

  async #invoke(spec: FunctionSpec, request: InvokeRequest): Promise<InvokeResult> {
    if (this.#closed) throw new Error('The engine is closed.')
    const arn = versionArn(spec)
    if (this.#revisions.get(arn) !== spec.revision) {
      this.#revisions.set(arn, spec.revision)
      void this.#endIdle((e) => versionArn(e.spec) === arn && e.spec.revision !== spec.revision)
    }
    const environment = this.#takeIdle(spec) ?? (await this.#make(spec))
    this.#busy.add(environment)
    try {
      return await environment.invoke(request)
    } finally {
      this.#busy.delete(environment)
      this.#keep(environment)
    }
  }

  /** The environment used last (as Lambda does, so that the others grow old and go), if one is free. */
  #takeIdle(spec: FunctionSpec): ExecutionEnvironment | undefined {
    const until = Date.now() + spec.timeout * 1000 + credentialsMargin
    const fits = (e: ExecutionEnvironment) => e.usable && e.spec.revision === spec.revision && versionArn(e.spec) === versionArn(spec) && e.expires > until
    const at = this.#idle.findLastIndex(fits)
    return at < 0 ? undefined : this.#idle.splice(at, 1)[0]
  }

  async #make(spec: FunctionSpec): Promise<ExecutionEnvironment> {
    const runtime = this.#runtimes.get(spec.runtime)
    if (!runtime?.interpreter) throw new RuntimeUnavailable(runtime?.support.note ?? `Runtime ${spec.runtime} is not supported.`)
    const credentials = await this.#options.credentials(spec.roleArn, spec.account, spec.functionArn)
    if (this.#closed) throw new Error('The engine is closed.')
    if (this.#machine.isolation.kind === 'root') openToAll(spec.codeDir)
    const number = this.#made++
    return new ExecutionEnvironment({
      machine: this.#machine,
      spec,
      runtime,
      credentials,
      endpoint: this.#options.endpoint(),
      directory: join(this.#workDir, String(number)),
      uid: firstUid + (number % uidCount),
      deliver: this.#options.log,
    })
  }

  #keep(environment: ExecutionEnvironment): void {
    const current = this.#revisions.get(versionArn(environment.spec)) === environment.spec.revision
    if (!environment.usable || !current || this.#closed) return this.#end(environment)
    this.#idle.push(environment)
    // After the answer has gone out, and not at all when the next event is already here.
    setImmediate(() => this.#idle.includes(environment) && environment.freeze())
    const surplus = this.#idle.length - (this.#options.maxIdle ?? 16)
    for (const oldest of this.#idle.splice(0, Math.max(surplus, 0))) this.#end(oldest)
  }

  async #endIdle(which: (environment: ExecutionEnvironment) => boolean): Promise<void> {
    const leaving = this.#idle.filter(which)
    this.#idle = this.#idle.filter((environment) => !leaving.includes(environment))
    for (const environment of leaving) this.#end(environment)
    if (leaving.length) await Promise.all(this.#ending)
  }

  #end(environment: ExecutionEnvironment): void {
    const ending = environment.end().catch(() => {})
    this.#ending.add(ending)
    void ending.finally(() => this.#ending.delete(ending))
  }
}

/** A new directory with this process's id in its name; those of processes that are no more are removed. */
function makeWorkDir(): string {
  for (const name of readdirSync(tmpdir())) {
    const pid = /^worklab-(\d+)-/.exec(name)?.[1]
    if (pid && !isAlive(Number(pid))) rmSync(join(tmpdir(), name), { recursive: true, force: true })
  }
  return mkdtempSync(join(tmpdir(), `worklab-${process.pid}-`))
}

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0)
    return true
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM'
  }
}

/** /var/task itself is open to the function's user, as on Lambda; what is in it keeps the modes it was packed with. */
function openToAll(directory: string): void {
  const { mode } = statSync(directory)
  if ((mode & 0o005) !== 0o005) chmodSync(directory, (mode & 0o7777) | 0o055)
}

function versionArn(spec: FunctionSpec): string {
  return `${spec.functionArn}:${spec.version}`
}

function isPrefix(prefix: string, arn: string): boolean {
  return arn === prefix || arn.startsWith(prefix.endsWith(':') ? prefix : `${prefix}:`)
}
