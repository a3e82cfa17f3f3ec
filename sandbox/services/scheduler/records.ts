import { collection } from '../../store'

export interface ScheduleGroup {
  account: string
  region: string
  name: string
  tags: Record<string, string>
  /** Epoch ms. */
  createdAt: number
  modifiedAt: number
}

export interface ScheduleRecord {
  account: string
  region: string
  group: string
  name: string
  expression: string
  timeZone?: string
  /** Epoch ms. */
  startAt?: number
  endAt?: number
  description?: string
  isEnabled: boolean
  kmsKeyArn?: string
  target: ScheduleTarget
  /** Minutes after the time within which the target may be called; none calls it at the time. */
  windowMinutes?: number
  deletesItself: boolean
  createdAt: number
  modifiedAt: number
}

export interface ScheduleTarget {
  arn: string
  roleArn: string
  input?: string
  deadLetterArn?: string
  retry?: { attempts?: number; ageSeconds?: number }
  messageGroupId?: string
  /** Of an event bus. */
  event?: { detailType: string; source: string }
}

/** Scope: account and region; keyed by name. */
export const groups = collection<ScheduleGroup>('scheduler/groups')
/** Scope: account and region; keyed by `group/name`. */
export const schedules = collection<ScheduleRecord>('scheduler/schedules')
