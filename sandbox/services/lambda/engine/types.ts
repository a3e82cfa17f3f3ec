import type { Writable } from 'node:stream'

/** What the engine needs from the program around it. */
export interface EngineOptions {
  /** Directory the engine may write to: minimal system files, links to the SDK. Made when missing. */
  dataDir: string
  /** `auto` contains handlers with bubblewrap where it works; `none` never does. */
  isolation: 'auto' | 'none'
  /** Address of the sandbox's AWS endpoint, e.g. `http://127.0.0.1:4566`; asked at each cold start. */
  endpoint: () => string
  /** Invocations that may run at once in one account and region (AWS gives new accounts 10). */
  accountConcurrency?: number
  /** Idle environments are ended after this long without an invocation, in ms. Default 5 minutes. */
  idleMs?: number
  /** Idle environments kept over all functions; the least recently used go first. Default 16. */
  maxIdle?: number
  /** The time by which an account's credentials expire, in epoch ms; the machine's where not given. */
  now?(account: string): number
  /** Short-lived credentials of the execution role, asked once per environment. A rejection fails the invocation as is. */
  credentials(roleArn: string, account: string, functionArn: string): Promise<RoleCredentials>
  /** Writes to CloudWatch Logs as the function's role. A rejection is swallowed: a role without permission stays silent. */
  log(target: LogTarget, events: LogEvent[]): Promise<void>
}

/** Temporary credentials of an execution role. */
export interface RoleCredentials {
  accessKeyId: string
  secretAccessKey: string
  sessionToken: string
  expiration: Date | string | number
}

/** Where an environment's log lines go. */
export interface LogTarget {
  account: string
  region: string
  logGroup: string
  logStream: string
  roleArn: string
  functionArn: string
}

/** One log line as CloudWatch Logs stores it; `timestamp` in ms since the epoch. */
export interface LogEvent {
  timestamp: number
  message: string
}

/** A published or $LATEST version of a function, as the engine must run it. */
export interface FunctionSpec {
  account: string
  region: string
  functionName: string
  /** Unqualified ARN: `arn:aws:lambda:{region}:{account}:function:{name}`. */
  functionArn: string
  version: string
  /** Changes whenever code or configuration does; environments of another revision are retired. */
  revision: string
  /** Directory with the unzipped code, never written to. */
  codeDir: string
  /** Directory that is /opt, never written to. */
  layersDir?: string | undefined
  runtime: string
  handler: string
  /** MB. */
  memorySize: number
  /** Seconds. */
  timeout: number
  environment: Record<string, string>
  roleArn: string
  /** Size of /tmp in MB. */
  ephemeralStorage: number
  reservedConcurrency?: number
  /** Its environment was made ahead of any invocation. */
  provisioned?: boolean
  logGroup: string
  logging?: Logging | undefined
}

/** How a function's log is written. Levels are for JSON only; what is below them is left out. */
export interface Logging {
  format: 'Text' | 'JSON'
  applicationLevel?: string | undefined
  systemLevel?: string | undefined
}

/** One event to hand to a function. */
export interface InvokeRequest {
  requestId: string
  payload: Buffer
  /** JSON text of the client context, already decoded from base64. */
  clientContext?: string
  /** The ARN the caller used, with its qualifier if there was one. */
  invokedArn: string
  /** Epoch ms at which the invocation ends at the latest; the function's timeout is used when absent or shorter. */
  deadline?: number
  /** Value of X-Amzn-Trace-Id. */
  traceId?: string
  /** Takes a streamed answer as it comes: called once it begins, tells where to. The result's payload is empty then. */
  stream?: (contentType: string) => Writable
  /**
   * Called with the answer as soon as the runtime gave it, where extensions are still at work: whoever invoked need not wait
   * for these, the invocation does. What is reported is what is known by then.
   */
  answer?: (result: InvokeResult) => void
}

/** What became of an invocation. */
export interface InvokeResult {
  payload: Buffer
  /** The answer, or what there was of it before an error, went to the request's stream. */
  streamed?: boolean
  functionError?: 'Handled' | 'Unhandled'
  /** Last 4 KB of what this invocation logged, START to REPORT. */
  logTail: Buffer
  executedVersion: string
  report: InvokeReport
}

/** The figures of the REPORT line. */
export interface InvokeReport {
  durationMs: number
  billedMs: number
  memoryMb: number
  maxMemoryMb: number
  /** Present when the invocation made its environment. */
  initMs?: number
  /** 32 hexadecimal digits, the end of the log stream's name. */
  environmentId: string
  cold: boolean
}

/** Whether a runtime can be run here, by which version, and what the user should know about it. */
export interface RuntimeSupport {
  available: boolean
  version?: string
  note?: string
}

export type IsolationName = 'bwrap' | 'none'

/** Lambda's reasons for a 429. */
export type ThrottleReason =
  | 'ReservedFunctionConcurrentInvocationLimitExceeded'
  | 'ConcurrentInvocationLimitExceeded'

/** Thrown by `invoke` when no more invocations may run at once; answered as TooManyRequestsException (429). */
export class TooManyRequests extends Error {
  override readonly name = 'TooManyRequests'
  constructor(readonly reason: ThrottleReason) {
    super('Rate Exceeded.')
  }
}

/** Thrown by `invoke` when the function's runtime cannot be run on this machine. */
export class RuntimeUnavailable extends Error {
  override readonly name = 'RuntimeUnavailable'
}
