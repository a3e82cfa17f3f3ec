import type { Capability } from '@/lib/lab/define-lab'
import type { CloudClients } from './clients'

export type BackendName = 'embedded' | 'endpoint' | 'aws'

/** What the learner puts into an own shell. */
export interface AccountKeys {
  userName: string
  accessKeyId: string
  secretAccessKey: string
  createdAt: string
}

/** A call in an account, in CloudTrail's record shape. */
export interface AuditEvent {
  eventTime: string
  eventSource: string
  eventName: string
  awsRegion: string
  sourceIPAddress: string
  userAgent: string
  userIdentity: { type: string; arn: string; accountId: string; accessKeyId: string; userName?: string }
  requestParameters: unknown
  responseElements: unknown
  requestID: string
  eventID: string
  readOnly: boolean
  errorCode?: string
  errorMessage?: string
  explanation?: Explanation
}

/** Why IAM denied a call, and what would have let it pass. */
export interface Explanation {
  action: string
  resource: string
  principalArn: string
  /** `implicitDeny`, `explicitDeny`, … */
  reason: string
  /** The smallest IAM statement that would allow it. */
  statement?: unknown
  deniedBy?: { policy: string; sid?: string }
}

export interface EventPage {
  /** Newest first. */
  events: AuditEvent[]
  /** Give it back as `before` for the next page; absent at the end. */
  before?: string
}

/** Something that an account holds. */
export interface Resource {
  service: string
  type: string
  name: string
  arn: string
  createdAt: string
}

export interface CloudStatus {
  version: string
  isolation: 'bwrap' | 'none' | 'unknown'
  /** Empty where the backend does not say. */
  runtimes: Record<string, { available: boolean; version?: string; note?: string }>
}

/** An account's time, and how far it was moved ahead of the machine's. */
export interface AccountClock {
  now: string
  aheadBySeconds: number
}

/**
 * `learner`: the learner's own keys, as on the page. `reader`: the same rights, for what pages look at by themselves: its
 * reads stay out of the audit trail. `checker`: the account's root, for checks and clean-up.
 */
export type Who = 'learner' | 'reader' | 'checker'

/** The backend as the rest of Worklab sees it. Every method throws `CloudUnavailable` where no answer comes. */
export interface Cloud {
  readonly backend: BackendName
  /** What `aws --endpoint-url` needs. */
  readonly endpoint: string
  readonly region: string
  readonly capabilities: ReadonlySet<Capability>
  /** @returns the 12-digit id of a new, empty account */
  createAccount(): Promise<string>
  keys(accountId: string): Promise<AccountKeys>
  /** New keys; the old ones end at once. @throws NotOffered without `keys.rotate` */
  rotateKeys(accountId: string): Promise<AccountKeys>
  clients(accountId: string, options: { as: Who; region?: string }): Promise<CloudClients>
  /** @throws NotOffered without `audit.trail` */
  events(accountId: string, options?: { limit?: number; before?: string }): Promise<EventPage>
  /** Everything the account holds that it was not born with. */
  resources(accountId: string): Promise<Resource[]>
  status(): Promise<CloudStatus>
  /** The account's own clock. @throws NotOffered without `clock.move` */
  clock(accountId: string): Promise<AccountClock>
  /** Moves the account's clock forward: what is due meanwhile happens now. It never goes back. @throws NotOffered without `clock.move` */
  moveClock(accountId: string, forwardSeconds: number): Promise<AccountClock>
}
