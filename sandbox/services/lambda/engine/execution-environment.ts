import { randomBytes } from 'node:crypto'
import { mkdirSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { folderSize } from './folder-size'
import { initializationType } from './environment-variables'
import type { Runtime } from './interpreters'
import { extensionsOf, type Corner, type Machine } from './launch'
import { endLine, extensionLine, initReportLine, initStartLine, isLogged, reportLine, runtimeVersionArn, startLine, timeoutText, type Level } from './log-lines'
import { LogShipper } from './log-shipper'
import { maxResponseBytes } from './runtime-api'
import type { ShutdownReason } from './extensions-api'
import { RuntimeProcess, type Outcome } from './runtime-process'
import { Telemetry } from './telemetry'
import type { FunctionSpec, InvokeRequest, InvokeResult, LogEvent, LogTarget, RoleCredentials } from './types'

/** Lambda gives the init phase of an on-demand function ten seconds. */
const initLimitMs = 10_000
const tailBytes = 4096
/** What one invocation may write to its log before the rest is left out. */
const maxOutputBytes = 1024 * 1024

/** What an environment is made from. */
export interface EnvironmentPlan {
  machine: Machine
  spec: FunctionSpec
  runtime: Runtime
  credentials: RoleCredentials
  endpoint: string
  /** Directory this environment may use for sockets and, when not contained, its /tmp; removed at its end. */
  directory: string
  uid: number
  deliver: (target: LogTarget, events: LogEvent[]) => Promise<void>
}

/** The end of an invocation, before its lines are written. */
interface Ending {
  payload: Buffer
  failed: boolean
  status?: 'error' | 'timeout'
  errorType?: string
  /** Lines Lambda adds to the log for it. */
  lines: string[]
}

/** One execution environment: it runs one function version, one invocation at a time, and is reused for the next. */
export class ExecutionEnvironment {
  readonly id = randomBytes(16).toString('hex')
  readonly spec: FunctionSpec
  /** Epoch ms after which its credentials are no longer good for another invocation. */
  readonly expires: number
  lastUsed = Date.now()
  readonly #plan: EnvironmentPlan
  readonly #corner: Corner
  readonly #logStream: string
  readonly #shipper: LogShipper
  readonly #telemetry: Telemetry
  #process: RuntimeProcess | undefined
  #broken = false
  #tail: Buffer[] = []
  #tailBytes = 0
  #outputBytes = 0
  #lastTimestamp = 0
  /** Tells once that the runtime is through with the invocation under way. */
  #runtimeDone: ((status: string, errorType: string | undefined) => void) | undefined
  /** Answers the invocation under way ahead of its end. */
  #answerEarly: ((outcome: Outcome) => void) | undefined

  constructor(plan: EnvironmentPlan) {
    this.#plan = plan
    this.spec = plan.spec
    this.expires = new Date(plan.credentials.expiration).getTime()
    this.#logStream = `${new Date().toISOString().slice(0, 10).replaceAll('-', '/')}/[${plan.spec.version}]${this.id}`
    this.#corner = { socketDir: join(plan.directory, 'run'), tmpDir: join(plan.directory, 'tmp'), uid: plan.uid }
    mkdirSync(this.#corner.socketDir, { recursive: true, mode: 0o755 })
    mkdirSync(this.#corner.tmpDir, { recursive: true })
    this.#telemetry = new Telemetry(extensionsOf(plan.spec).length > 0)
    const { account, region, logGroup, roleArn, functionArn } = plan.spec
    this.#shipper = new LogShipper({ account, region, logGroup, logStream: this.#logStream, roleArn, functionArn }, plan.deliver)
  }

  /** Whether it can take another invocation. */
  get usable(): boolean {
    return !this.#broken
  }

  /** Runs one invocation, making the process first when there is none. Never rejects for what the function does. */
  async invoke(request: InvokeRequest): Promise<InvokeResult> {
    this.#tail = []
    this.#tailBytes = 0
    this.#outputBytes = 0
    const cold = !this.#process
    const initMs = cold ? await this.#coldStart() : undefined
    this.#process?.thaw()
    const started = performance.now()
    const { requestId } = request
    this.#platform('start', { requestId, version: this.spec.version }, startLine(requestId, this.spec.version))
    this.#runtimeDone = (status, errorType) => {
      this.#runtimeDone = undefined
      const metrics = { durationMs: rounded(performance.now() - started) }
      this.#platform('runtimeDone', { requestId, status, ...(errorType ? { errorType } : {}), metrics }, undefined, status === 'success' ? 'DEBUG' : 'WARN')
    }
    this.#answerEarly = request.answer && ((outcome) => {
      const failed = outcome.kind === 'error'
      const durationMs = performance.now() - started
      const report = { durationMs, billedMs: Math.ceil(durationMs + (initMs ?? 0)), memoryMb: this.spec.memorySize, maxMemoryMb: this.#usedMb(), initMs, environmentId: this.id, cold }
      if (outcome.kind === 'response' || failed) request.answer!({ payload: outcome.body, ...(streamed ? { streamed } : {}), functionError: failed ? 'Unhandled' : undefined, logTail: this.#logTail(), executedVersion: this.spec.version, report })
    })
    let streamed = false
    const stream = request.stream && ((contentType: string) => ((streamed = true), request.stream!(contentType)))
    const ending = await this.#run({ ...request, ...(stream ? { stream } : {}) })
    const durationMs = Math.max(performance.now() - started, 0.01)
    const status = ending.status ?? (ending.failed ? 'error' : 'success')
    this.#answerEarly = undefined
    this.#runtimeDone?.(status, ending.errorType)
    if (!this.#json) for (const line of ending.lines) this.#line(line)

    const billedMs = Math.ceil(durationMs + (initMs ?? 0))
    const { memorySize } = this.spec
    const maxMemoryMb = ending.errorType === 'Runtime.OutOfMemory' ? memorySize : this.#usedMb()
    const figures = { requestId, durationMs, billedMs, memoryMb: memorySize, maxMemoryMb, initMs, status: ending.status, errorType: ending.status === 'error' ? ending.errorType : undefined }
    if (!this.#json) this.#line(endLine(requestId))
    const metrics = { durationMs: rounded(durationMs), billedDurationMs: billedMs, memorySizeMB: memorySize, maxMemoryUsedMB: maxMemoryMb, ...(initMs === undefined ? {} : { initDurationMs: rounded(initMs) }) }
    this.#platform('report', { requestId, metrics, status, ...(ending.errorType ? { errorType: ending.errorType } : {}) }, reportLine(figures), status === 'success' ? 'INFO' : 'WARN')
    this.lastUsed = Date.now()
    if (this.#plan.machine.isolation.kind === 'none') void this.#checkTmp()
    return {
      payload: ending.payload,
      ...(streamed ? { streamed } : {}),
      functionError: ending.failed ? 'Unhandled' : undefined,
      logTail: this.#logTail(),
      executedVersion: this.spec.version,
      report: { durationMs, billedMs, memoryMb: memorySize, maxMemoryMb, initMs, environmentId: this.id, cold },
    }
  }

  /** The most memory that it used so far, no more than it may. */
  #usedMb(): number {
    return Math.min(this.spec.memorySize, Math.ceil((this.#process?.peakBytes() ?? 0) / (1024 * 1024)))
  }

  /** Makes the process ahead of any invocation. Tells whether it is ready for one. */
  async prepare(): Promise<boolean> {
    const isReady = (await this.#coldStart()) !== undefined
    if (isReady) this.freeze()
    return isReady
  }

  /** Stops the processes until the next invocation. */
  freeze(): void {
    this.#process?.freeze()
  }

  /** Ends it for good: kills the processes, delivers what is left of the log, removes its files. */
  async end(): Promise<void> {
    this.#broken = true
    await this.#process?.kill('spindown')
    await this.#shipper.flush()
    rmSync(this.#plan.directory, { recursive: true, force: true })
  }

  /** The init phase. Gives its length in ms, or undefined when it failed and is to be tried again within the invocation. */
  async #coldStart(): Promise<number | undefined> {
    const { runtime, spec } = this.#plan
    const { label, support } = runtime
    this.#platform(
      'initStart',
      { initializationType: initializationType(spec), phase: 'init', runtimeVersion: label, runtimeVersionArn: runtimeVersionArn(label, spec.region), functionName: spec.functionName, functionVersion: spec.version, instanceId: this.id, instanceMaxMemory: spec.memorySize * 1024 * 1024 },
      initStartLine(label, spec.region, support.note),
    )
    const { outcome, ms } = await this.#initialize(initLimitMs)
    const ready = outcome?.kind === 'ready'
    this.#initDone(outcome, ms, 'init')
    if (ready) return ms
    await this.#process?.kill('failure')
    this.#process = undefined
    return undefined
  }

  /** Tells how an initialisation went; of one that succeeded the text says it in REPORT. */
  #initDone(outcome: Outcome | undefined, ms: number, phase: 'init' | 'invoke'): void {
    const status = !outcome ? 'timeout' : outcome.kind === 'ready' ? 'success' : 'error'
    const errorType = outcome && status === 'error' ? initErrorType(outcome) : undefined
    const record = { initializationType: initializationType(this.spec), phase, status, ...(errorType ? { errorType } : {}) }
    const level = status === 'success' ? 'DEBUG' : 'WARN'
    this.#platform('initRuntimeDone', record, undefined, level)
    for (const extension of this.#process?.extensions() ?? []) this.#platform('extension', extension, extensionLine(extension))
    this.#platform('initReport', { ...record, metrics: { durationMs: rounded(ms) } }, status === 'success' ? undefined : initReportLine(ms, phase, status, errorType), level)
    this.#telemetry.forget()
  }

  /** Starts a process; the outcome is undefined when it took longer than `limitMs`. */
  async #initialize(limitMs: number): Promise<{ outcome: Outcome | undefined; ms: number }> {
    const { machine, spec, runtime, credentials, endpoint } = this.#plan
    const started = performance.now()
    this.#process = new RuntimeProcess({
      machine, spec, credentials, endpoint,
      interpreter: runtime.interpreter!,
      corner: this.#corner,
      logStream: this.#logStream,
      onLine: (message, timestamp) => this.#output(message, timestamp),
      telemetry: this.#telemetry,
      onRuntimeDone: (outcome, waits) => {
        this.#runtimeDone?.(outcome.kind === 'response' ? 'success' : 'error', outcome.kind === 'error' ? outcome.errorType : undefined)
        if (waits) this.#answerEarly?.(outcome)
      },
    })
    try {
      const outcome = await within(limitMs, this.#process.start())
      return { outcome, ms: performance.now() - started }
    } catch (error) {
      this.#broken = true
      throw error
    }
  }

  async #run(request: InvokeRequest): Promise<Ending> {
    const now = Date.now()
    const deadline = Math.min(now + this.spec.timeout * 1000, request.deadline ?? Infinity)
    if (!this.#process) {
      if (this.#broken) return this.#ending(request, { kind: 'exit', exit: 'Runtime exited with error: signal: killed' }, 0)
      const { outcome, ms } = await this.#initialize(deadline - now)
      if (outcome?.kind !== 'ready') {
        this.#initDone(outcome, ms, 'invoke')
        return this.#ending(request, outcome, deadline - now)
      }
    }
    const outcome = await within(deadline - Date.now(), this.#process!.invoke(request, deadline))
    return this.#ending(request, outcome, deadline - now)
  }

  /** Turns an outcome into what the caller gets and the log says; `outcome` is undefined when time ran out after `limitMs`. */
  #ending(request: InvokeRequest, outcome: Outcome | undefined, limitMs: number): Ending {
    const { requestId } = request
    if (!outcome) {
      this.#breakDown('timeout')
      const text = timeoutText(limitMs / 1000)
      return this.#failure('Sandbox.Timedout', `RequestId: ${requestId} Error: ${text}`, [`${new Date().toISOString()} ${requestId} ${text}\n`], 'timeout')
    }
    switch (outcome.kind) {
      case 'response':
        return { payload: outcome.body, failed: false, lines: [] }
      case 'too-large': {
        const message = `Response payload size exceeded maximum allowed payload size (${maxResponseBytes} bytes).`
        return this.#failure('Function.ResponseSizeTooLarge', message, [`${message}\nFunction.ResponseSizeTooLarge\n`])
      }
      case 'error':
        if (outcome.exit === undefined) return { payload: outcome.body, failed: true, errorType: outcome.errorType, lines: [] }
        this.#breakDown()
        return { payload: outcome.body, failed: true, status: 'error', errorType: outcome.errorType, lines: [`RequestId: ${requestId} Error: ${outcome.exit}\nRuntime.ExitError\n`] }
      case 'out-of-memory': {
        this.#breakDown()
        const message = `RequestId: ${requestId} Error: Runtime exited with error: signal: killed`
        return this.#failure('Runtime.OutOfMemory', message, [`${message}\nRuntime.OutOfMemory\n`], 'error')
      }
      default: {
        this.#breakDown()
        const message = `RequestId: ${requestId} Error: ${outcome.kind === 'exit' ? outcome.exit : 'Runtime exited without providing a reason'}`
        const errorType = (outcome.kind === 'exit' && outcome.errorType) || 'Runtime.ExitError'
        return this.#failure(errorType, message, [`${message}\n${errorType}\n`], 'error')
      }
    }
  }

  #failure(errorType: string, errorMessage: string, lines: string[], status?: 'error' | 'timeout'): Ending {
    return { payload: Buffer.from(JSON.stringify({ errorType, errorMessage })), failed: true, status, errorType, lines }
  }

  /** Without containment nothing bounds /tmp as a whole; an environment that outgrew it is not used again. */
  async #checkTmp(): Promise<void> {
    const bytes = await folderSize(this.#corner.tmpDir)
    if (bytes <= this.spec.ephemeralStorage * 1024 * 1024 || this.#broken) return
    this.#breakDown()
  }

  #breakDown(reason: ShutdownReason = 'failure'): void {
    this.#broken = true
    void this.#process?.kill(reason)
  }

  get #json(): boolean {
    return this.spec.logging?.format === 'JSON'
  }

  /** Tells of an event of Lambda's own: as a line of text where there is one for it, or as JSON if its level is wanted. */
  #platform(name: string, record: object, text?: string, level: Level = 'INFO'): void {
    const event = { time: new Date().toISOString(), type: `platform.${name}`, record }
    this.#telemetry.publish(event)
    if (!this.#json) {
      if (text !== undefined) this.#line(text)
    } else if (isLogged(level, this.spec.logging?.systemLevel)) this.#line(`${JSON.stringify(event)}\n`)
  }

  /** A line of the function's own; beyond the bound of an invocation one notice stands for the rest. */
  #output(message: string, timestamp?: number): void {
    const before = this.#outputBytes
    this.#outputBytes += Buffer.byteLength(message)
    if (this.#outputBytes <= maxOutputBytes) {
      this.#telemetry.publish({ time: new Date(Math.min(timestamp ?? Infinity, Date.now())).toISOString(), type: 'function', record: this.#json ? parsed(message) : message })
      this.#line(message, timestamp)
    }
    else if (before <= maxOutputBytes) {
      this.#outputBytes = Infinity
      this.#line(`Output of this invocation exceeds ${maxOutputBytes} bytes; the rest is left out.\n`)
    }
  }

  #line(message: string, timestamp = Date.now()): void {
    // Events of a batch must be in order, and a function must not place lines in the future.
    this.#lastTimestamp = Math.max(this.#lastTimestamp, Math.min(timestamp, Date.now()))
    this.#shipper.add({ timestamp: this.#lastTimestamp, message })
    const bytes = Buffer.from(message)
    this.#tail.push(bytes)
    this.#tailBytes += bytes.length
    while (this.#tailBytes - this.#tail[0]!.length >= tailBytes) this.#tailBytes -= this.#tail.shift()!.length
  }

  #logTail(): Buffer {
    const tail = Buffer.concat(this.#tail).subarray(-tailBytes)
    // Not in the middle of a character.
    let start = 0
    while (start < tail.length && (tail[start]! & 0xc0) === 0x80) start++
    return tail.subarray(start)
  }
}

function initErrorType(outcome: Outcome): string {
  if (outcome.kind === 'error') return outcome.errorType
  if (outcome.kind === 'exit' && outcome.errorType) return outcome.errorType
  return outcome.kind === 'out-of-memory' ? 'Runtime.OutOfMemory' : 'Runtime.ExitError'
}

const rounded = (ms: number) => Math.round(ms * 1000) / 1000

/** A line of JSON as what it says; any other text as it is. */
function parsed(message: string): unknown {
  try {
    return JSON.parse(message)
  } catch {
    return message
  }
}

/** What the promise gives, or undefined when it takes longer than `ms`. */
function within<T>(ms: number, promise: Promise<T>): Promise<T | undefined> {
  return new Promise((resolve, reject) => {
    const timer = setTimeout(() => resolve(undefined), Math.max(ms, 0))
    promise.then(resolve, reject).finally(() => clearTimeout(timer))
  })
}
