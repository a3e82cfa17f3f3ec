import { chmodSync, mkdirSync, mkdtempSync, readdirSync, rmSync, statSync, writeFileSync } from 'node:fs'
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

/** Provisioned environments are made anew when their credentials have so little left, in ms. */
const provisionedMargin = 20 * 60_000

/** An answer is on its way to the client before the processes that gave it are stopped, in ms. */
const freezeAfterMs = 5

/** What the machine offers for running functions. Finding it out takes about a quarter of a second. */
interface Found {
  machine: Machine
  runtimes: Map<string, Runtime>
}

async function findMachine({ dataDir, isolation: wanted }: EngineOptions): Promise<Found> {
  const directory = join(dataDir, 'runtime')
  mkdirSync(directory, { recursive: true })
  const [runtimes, isolation] = await Promise.all([findRuntimes(), detectIsolation(wanted, directory)])
  const modules = installedModules()
  const sdk = modules ? { modules, packages: sdkPackages(modules) } : undefined
  // Above the code of all functions, which is kept in this folder too: ES modules find it there without help.
  const sdkLinks = join(dataDir, 'node_modules')
  if (sdk) linkSdk(sdk.modules, sdk.packages, sdkLinks)
  // Where handlers are not contained, a project around the data folder must not tell which of their modules are ES modules.
  writeFileSync(join(dataDir, 'package.json'), '{}\n')
  return { runtimes, machine: { isolation, sdk, sdkLinks, pythonPackages: pythonPackages(dataDir), supervisor: supervisor() } }
}

/** Environments of a version that are kept ready. */
interface Provision {
  spec: FunctionSpec
  wanted: number
  environments: Set<ExecutionEnvironment>
  /** Environments that are being made. */
  making: number
  hasFailed: boolean
}

/** How far provisioning has come. */
export interface ProvisionState {
  /** Environments that are ready, at work or free. */
  allocated: number
  /** Those that are free. */
  available: number
  /** The function's init failed; it is tried again when the version is provisioned anew. */
  hasFailed: boolean
}

/**
 * Runs Lambda functions in processes of their own and keeps their environments for reuse. Interpreters and containment are
 * looked for when they are first needed.
 */
export class Engine {
  readonly #options: EngineOptions
  #found: Promise<Found> | undefined
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
  /** What is kept ready, by version. */
  readonly #provisions = new Map<string, Provision>()
  #made = 0
  #closed = false

  constructor(options: EngineOptions) {
    this.#options = options
    this.#concurrency = new Concurrency(options.accountConcurrency ?? 10)
    // Contained environments run as other users, who must be able to reach their own socket.
    chmodSync(this.#workDir, 0o711)
    const idleMs = options.idleMs ?? 5 * 60_000
    this.#sweep = setInterval(() => this.#tidy(idleMs), Math.max(idleMs / 4, 10)).unref()
  }

  /** Which Lambda runtimes can be run here, and by which interpreter. */
  async runtimes(): Promise<Record<string, RuntimeSupport>> {
    const { runtimes } = await this.#find()
    return Object.fromEntries([...runtimes].map(([name, { support }]) => [name, support]))
  }

  /** How handlers are contained here. */
  async isolation(): Promise<IsolationName> {
    const { machine } = await this.#find()
    return machine.isolation.kind === 'none' ? 'none' : 'bwrap'
  }

  /**
   * Invokes a function and waits for its answer. What the function does wrong is part of the result.
   * @throws TooManyRequests when the account's or the function's concurrency is used up
   * @throws RuntimeUnavailable when the machine has no interpreter for it
   * @throws whatever `options.credentials` rejects with
   */
  async invoke(spec: FunctionSpec, request: InvokeRequest): Promise<InvokeResult> {
    // A place that is provisioned is held already; a reservation is the most that a function may run in any case.
    const isHeld = spec.reservedConcurrency === undefined && this.#freeProvisioned(spec) !== undefined
    const giveBack = isHeld ? () => {} : this.#concurrency.take(spec)
    const work = this.#invoke(spec, request).finally(giveBack)
    this.#running.add(work)
    try {
      return await work
    } finally {
      this.#running.delete(work)
    }
  }

  /** Keeps so many environments of a version ready from now on; 0 ends it. They are made in the background, one after the other. */
  provision(spec: FunctionSpec, wanted: number): void {
    const arn = versionArn(spec)
    this.#concurrency.provision(spec, wanted)
    const before = this.#provisions.get(arn)
    const provision = before ?? { spec, wanted, environments: new Set(), making: 0, hasFailed: false }
    Object.assign(provision, { spec: { ...spec, provisioned: true }, wanted, hasFailed: false })
    if (wanted === 0) this.#provisions.delete(arn)
    else this.#provisions.set(arn, provision)
    const surplus = [...provision.environments].slice(wanted)
    for (const environment of surplus) provision.environments.delete(environment)
    void this.#endIdle((e) => surplus.includes(e))
    void this.#fill(provision)
  }

  /** How far the provisioning of a version (`{functionArn}:{version}`) has come. */
  provisioned(versionArn: string): ProvisionState {
    const provision = this.#provisions.get(versionArn)
    const environments = [...(provision?.environments ?? [])]
    return { allocated: environments.length, available: environments.filter((e) => this.#idle.includes(e)).length, hasFailed: provision?.hasFailed ?? false }
  }

  /**
   * Ends the environments of a function, of one of its versions (`{functionArn}:{version}`), or of all that begin so.
   * Those at work finish first. The promise does not wait for these.
   */
  async retire(functionArnPrefix: string): Promise<void> {
    const matches = (spec: FunctionSpec) => isPrefix(functionArnPrefix, versionArn(spec))
    for (const arn of this.#revisions.keys()) if (isPrefix(functionArnPrefix, arn)) this.#revisions.delete(arn)
    this.#concurrency.forget(functionArnPrefix)
    for (const [arn, { spec }] of this.#provisions) if (isPrefix(functionArnPrefix, arn)) this.provision(spec, 0)
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

  #find(): Promise<Found> {
    return (this.#found ??= findMachine(this.#options))
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

  /** Makes what a provision lacks. */
  async #fill(provision: Provision): Promise<void> {
    const arn = versionArn(provision.spec)
    const lacks = () => !this.#closed && !provision.hasFailed && this.#provisions.get(arn) === provision && provision.environments.size + provision.making < provision.wanted
    while (lacks()) {
      provision.making += 1
      const made = await this.#prepare(provision.spec)
      provision.making -= 1
      provision.hasFailed ||= made === undefined
      if (!made) continue
      if (this.#closed || this.#provisions.get(arn) !== provision || provision.environments.size >= provision.wanted) this.#end(made)
      else {
        this.#revisions.set(arn, provision.spec.revision)
        provision.environments.add(made)
        this.#idle.push(made)
      }
    }
  }

  /** An environment whose init is done, or undefined where it fails. */
  async #prepare(spec: FunctionSpec): Promise<ExecutionEnvironment | undefined> {
    const environment = await this.#make(spec).catch(() => undefined)
    if (!environment || (await environment.prepare().catch(() => false))) return environment
    this.#end(environment)
    return undefined
  }

  /** Ends what was idle too long, and provisioned environments before their credentials end: new ones take their place. */
  #tidy(idleMs: number): void {
    const isProvisioned = (e: ExecutionEnvironment) => this.#provisions.get(versionArn(e.spec))?.environments.has(e) ?? false
    void this.#endIdle((e) => (isProvisioned(e) ? e.expires - this.#now(e.spec) < provisionedMargin : Date.now() - e.lastUsed >= idleMs))
  }

  #freeProvisioned(spec: FunctionSpec): ExecutionEnvironment | undefined {
    const provision = this.#provisions.get(versionArn(spec))
    return provision && this.#idle.find((e) => provision.environments.has(e) && this.#isFit(e, spec))
  }

  /** The environment used last (as Lambda does, so that the others grow old and go), if one is free. */
  #takeIdle(spec: FunctionSpec): ExecutionEnvironment | undefined {
    const provisioned = this.#freeProvisioned(spec)
    const at = provisioned ? this.#idle.indexOf(provisioned) : this.#idle.findLastIndex((e) => this.#isFit(e, spec))
    return at < 0 ? undefined : this.#idle.splice(at, 1)[0]
  }

  async #make(spec: FunctionSpec): Promise<ExecutionEnvironment> {
    const { machine, runtimes } = await this.#find()
    const runtime = runtimes.get(spec.runtime)
    if (!runtime?.interpreter) throw new RuntimeUnavailable(runtime?.support.note ?? `Runtime ${spec.runtime} is not supported.`)
    const credentials = await this.#options.credentials(spec.roleArn, spec.account, spec.functionArn)
    if (this.#closed) throw new Error('The engine is closed.')
    if (machine.isolation.kind === 'root') openToAll(spec.codeDir)
    const number = this.#made++
    return new ExecutionEnvironment({
      machine,
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
    const isSurplus = environment.spec.provisioned && !this.#provisions.get(versionArn(environment.spec))?.environments.has(environment)
    if (!environment.usable || !current || isSurplus || this.#closed) return this.#end(environment)
    this.#idle.push(environment)
    // After the answer has gone out, and not at all when the next event is already here.
    setTimeout(() => this.#idle.includes(environment) && environment.freeze(), freezeAfterMs)
    const onDemand = this.#idle.filter(({ spec }) => !spec.provisioned)
    const surplus = onDemand.slice(0, Math.max(onDemand.length - (this.#options.maxIdle ?? 16), 0))
    this.#idle = this.#idle.filter((e) => !surplus.includes(e))
    for (const oldest of surplus) this.#end(oldest)
  }

  /** Whether an environment can take an invocation of this version, and its credentials outlive it. */
  #isFit(environment: ExecutionEnvironment, spec: FunctionSpec): boolean {
    const until = this.#now(spec) + spec.timeout * 1000 + credentialsMargin
    return environment.usable && environment.spec.revision === spec.revision && versionArn(environment.spec) === versionArn(spec) && environment.expires > until
  }

  /** The time by which credentials of the account expire. */
  #now({ account }: FunctionSpec): number {
    return this.#options.now?.(account) ?? Date.now()
  }

  async #endIdle(which: (environment: ExecutionEnvironment) => boolean): Promise<void> {
    const leaving = this.#idle.filter(which)
    this.#idle = this.#idle.filter((environment) => !leaving.includes(environment))
    for (const environment of leaving) this.#end(environment)
    if (leaving.length) await Promise.all(this.#ending)
  }

  #end(environment: ExecutionEnvironment): void {
    const provision = this.#provisions.get(versionArn(environment.spec))
    if (provision?.environments.delete(environment)) void this.#fill(provision)
    const ending = environment.end().catch(() => {})
    this.#ending.add(ending)
    void ending.finally(() => this.#ending.delete(ending))
  }
}

/** A new directory with this process's id in its name; those of this user's processes that are no more are removed. */
function makeWorkDir(): string {
  for (const name of readdirSync(tmpdir())) {
    const pid = /^worklab-(\d+)-/.exec(name)?.[1]
    if (!pid || isAlive(Number(pid))) continue
    try {
      rmSync(join(tmpdir(), name), { recursive: true, force: true })
    } catch {
      // Another user's: not ours to remove.
    }
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
