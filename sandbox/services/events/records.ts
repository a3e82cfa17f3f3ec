import { collection } from '../../store'

/** A custom event bus; the default one is there without a record, unless it has a policy or tags. */
export interface EventBus {
  account: string
  region: string
  name: string
  description?: string
  policy?: string
  deadLetterArn?: string
  tags: Record<string, string>
  /** ISO 8601. */
  createdAt: string
  modifiedAt: string
}

/** Where the events of a rule go. */
export interface Target {
  id: string
  arn: string
  roleArn?: string
  input?: string
  inputPath?: string
  transformer?: { paths: Record<string, string>; template: string }
  deadLetterArn?: string
  retry?: { attempts?: number; ageSeconds?: number }
  messageGroupId?: string
}

export interface Rule {
  account: string
  region: string
  bus: string
  name: string
  pattern?: string
  schedule?: string
  isEnabled: boolean
  description?: string
  roleArn?: string
  targets: Target[]
  tags: Record<string, string>
  /** Epoch ms: where a rate begins to count. */
  createdAt: number
  /** When its schedule is due next, epoch ms of the account's clock. */
  nextAt?: number
}

/** Scope: account and region; keyed by name. */
export const buses = collection<EventBus>('events/buses')
/** Scope: account and region; keyed by `bus/rule`. */
export const rules = collection<Rule>('events/rules')
