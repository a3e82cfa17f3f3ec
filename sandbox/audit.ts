import { randomUUID } from 'node:crypto'
import { Readable } from 'node:stream'
import type { Call, Operation, Service } from './operation'
import type { WireError } from './protocol/index'
import type { Sandbox } from './sandbox'
import type { Explanation } from './services/iam/decide'
import { collection } from './store'

/** One entry of the audit trail, in CloudTrail's record shape (AWS, "CloudTrail record contents"). */
export interface AuditEvent {
  eventVersion: '1.11'
  eventTime: string
  eventSource: string
  eventName: string
  awsRegion: string
  sourceIPAddress: string
  userAgent: string
  userIdentity: { type: string; principalId: string; arn: string; accountId: string; accessKeyId: string; userName?: string }
  requestParameters: unknown
  responseElements: unknown
  requestID: string
  eventID: string
  readOnly: boolean
  eventType: 'AwsApiCall'
  recipientAccountId: string
  errorCode?: string
  errorMessage?: string
  /** Beyond CloudTrail: why IAM denied it. */
  explanation?: Explanation
}

/** Scope: the account. Keys are the time and a counter, so that their order is the order of the calls. */
export const auditEvents = collection<AuditEvent>('audit/events')

/** The app's looks into an account carry this in their user agent; their reads would drown what the learner did. */
const CHECKS_AGENT = 'worklab-checks'
const KEPT_EVENTS = 5000
const LONGEST_VALUE = 4096
let counter = 0

/** Writes what was called, by whom, from where, and how it ended. */
export async function recordCall(
  sandbox: Sandbox,
  service: Service,
  operation: Operation,
  call: Omit<Call, 'authorize'>,
  outcome: { output?: unknown; error?: WireError; explanation?: Explanation },
): Promise<void> {
  // A call that nobody signed, and that did not come so far as to be of an account.
  if (call.account === '') return
  const readOnly = operation.readOnly ?? /^(Get|List|Describe|Filter|Simulate|Lookup)/.test(operation.name)
  if (readOnly && call.userAgent.includes(CHECKS_AGENT)) return
  const { principal } = call
  const event: AuditEvent = {
    eventVersion: '1.11',
    eventTime: new Date(sandbox.now()).toISOString(),
    eventSource: service.eventSource,
    eventName: operation.name,
    awsRegion: call.region,
    sourceIPAddress: call.sourceIp,
    userAgent: call.userAgent,
    userIdentity: {
      type: principal.type,
      principalId: principal.userId,
      arn: principal.arn,
      accountId: principal.account,
      accessKeyId: principal.accessKeyId,
      ...(principal.name !== undefined && principal.type === 'IAMUser' ? { userName: principal.name } : {}),
    },
    requestParameters: readable(call.input),
    responseElements: readOnly ? null : readable(outcome.output ?? null),
    requestID: call.requestId,
    eventID: randomUUID(),
    readOnly,
    eventType: 'AwsApiCall',
    recipientAccountId: call.account,
    ...(outcome.error ? { errorCode: outcome.error.code, errorMessage: outcome.error.message } : {}),
    ...(outcome.explanation ? { explanation: outcome.explanation } : {}),
  }
  counter += 1
  const key = `${String(sandbox.now()).padStart(15, '0')}-${String(counter).padStart(9, '0')}`
  sandbox.store.note(auditEvents, call.account, key, event)
  if (counter % 500 === 0) await trim(sandbox, call.account)
}

async function trim(sandbox: Sandbox, account: string): Promise<void> {
  const kept = await sandbox.store.list(auditEvents, account, { reverse: true, limit: KEPT_EVENTS })
  const oldest = kept.at(-1)
  if (kept.length < KEPT_EVENTS || !oldest) return
  const gone = await sandbox.store.list(auditEvents, account, { reverse: true, after: oldest.key })
  await sandbox.store.batch(gone.map(({ key }) => ({ collection: auditEvents, scope: account, key })))
}

const SECRET = /^(SecretAccessKey|SessionToken|Password|OldPassword|NewPassword|ServicePassword|ServiceCredentialSecret|PrivateKey|AddPrivateKey|WebIdentityToken)$/

/** A copy of parameters for people to read: without bytes and secrets, long texts cut. */
function readable(value: unknown): unknown {
  if (value instanceof Uint8Array || value instanceof Readable) return 'HIDDEN_DUE_TO_SECURITY_REASONS'
  if (value instanceof Date) return value.toISOString()
  if (typeof value === 'string' && value.length > LONGEST_VALUE) return `${value.slice(0, LONGEST_VALUE)}…`
  if (Array.isArray(value)) return value.map(readable)
  if (value === null || typeof value !== 'object') return value
  return Object.fromEntries(Object.entries(value).map(([name, item]) => [name, SECRET.test(name) ? 'HIDDEN_DUE_TO_SECURITY_REASONS' : readable(item)]))
}
