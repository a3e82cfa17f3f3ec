import type { FileSystemConfig, LoggingConfig } from '@aws-sdk/client-lambda'
import { collection } from '../../store'

/** What of a function can be set: the part that a published version freezes. */
export interface Settings {
  description: string
  runtime: string
  handler: string
  /** ARN of the execution role. */
  role: string
  /** MB. */
  memorySize: number
  /** Seconds. */
  timeout: number
  environment: Record<string, string>
  /** Told back as it was given; handlers run on this machine's own processor, which only native modules notice. */
  architecture: 'x86_64' | 'arm64'
  /** MB. */
  ephemeralStorage: number
  /** ARN of the queue for events that could not be processed. */
  deadLetterTarget?: string
  logging: LoggingConfig & { LogFormat: 'Text' | 'JSON'; LogGroup: string }
  /** In the order in which they lie over one another under /opt. */
  layers?: FunctionLayer[]
  /** What told-settings.ts keeps: it has no effect here. */
  vpc?: { subnetIds: string[]; securityGroupIds: string[]; ipv6: boolean }
  kmsKeyArn?: string
  fileSystems?: FileSystemConfig[]
  hasSnapStart?: boolean
  /** Active tracing: the trace header that a handler sees says that it is sampled. */
  isTraced?: boolean
}

/** A layer version that a function uses; its code is kept with that of the function's account. */
export interface FunctionLayer {
  arn: string
  code: Code
}

/** The deployment package behind a version; see code.ts. */
export interface Code {
  /** SHA-256 of the zip in hexadecimal: the name of its folder. */
  hash: string
  /** Bytes of the zip. */
  size: number
  /** The KMS key that it was said to be encrypted with; only told back. */
  kmsKeyArn?: string
}

/** $LATEST or a published version. */
export interface FunctionVersion {
  /** `$LATEST` or a number. */
  version: string
  settings: Settings
  code: Code
  /** ISO 8601. */
  lastModified: string
  revisionId: string
}

export interface Alias {
  name: string
  description: string
  version: string
  /** Shares of other versions, 0 to 1. */
  weights?: Record<string, number>
  revisionId: string
}

/** One statement of a resource policy, in IAM's form. */
export interface PolicyStatement {
  Sid: string
  [member: string]: unknown
}

/** A function with all that hangs on it, so that each change is one write. */
export interface FunctionRecord {
  name: string
  account: string
  region: string
  createdAt: string
  tags: Record<string, string>
  latest: FunctionVersion
  versions: Record<string, FunctionVersion>
  /** Grows only, so that a deleted version's number is not given again. */
  lastVersion: number
  aliases: Record<string, Alias>
  /** Resource policies by qualifier; that of the function itself under the empty name. */
  policies: Record<string, { revisionId: string; statements: PolicyStatement[] }>
  reservedConcurrency?: number
  /** ARN; see code-signing.ts. */
  codeSigningConfig?: string
  /** The function may be part of a loop; see recursion.ts. */
  mayRecur?: boolean
}

/** Scope: `account/region`; key: the function's name. */
export const functions = collection<FunctionRecord>('lambda/functions')

/** An accepted asynchronous invocation that has not come to its end. */
export interface AsyncEvent {
  requestId: string
  account: string
  region: string
  functionName: string
  qualifier?: string
  invokedArn: string
  /** base64 */
  payload: string
  clientContext?: string
  /** Trace header that came with it. */
  traceHeader?: string
  /** Epoch ms. */
  acceptedAt: number
  /** Runs that ended with a function error. */
  failures: number
  /** Tries that could not run at all: throttled, role not assumable. */
  refusals: number
  /** Epoch ms before which it must not run again. */
  notBefore: number
}

/** Scope: `account/region`; key: time of acceptance and request id. */
export const asyncEvents = collection<AsyncEvent>('lambda/async-events')
