import { collection } from '../../store'

export interface Dimension {
  name: string
  value: string
}

/** A metric: a name in a namespace with its dimensions, sorted. */
export interface Metric {
  namespace: string
  name: string
  dimensions: Dimension[]
}

export interface Series extends Metric {
  /** Epoch ms of the newest value. */
  lastAt: number
}

/** What a metric had within a minute. */
export interface Bucket {
  count: number
  sum: number
  min: number
  max: number
  /** How often each value came, for percentiles; absent where there were statistics only, or too many. */
  values?: [value: number, times: number][]
  unit: string
}

export type AlarmState = 'OK' | 'ALARM' | 'INSUFFICIENT_DATA'

export interface MetricAlarm extends Metric {
  account: string
  region: string
  alarmName: string
  description?: string
  actionsEnabled: boolean
  okActions: string[]
  alarmActions: string[]
  insufficientDataActions: string[]
  statistic?: string
  extendedStatistic?: string
  period: number
  unit?: string
  evaluationPeriods: number
  datapointsToAlarm?: number
  threshold: number
  comparison: string
  treatMissing?: string
  tags: Record<string, string>
  state: AlarmState
  reason: string
  reasonData?: string
  /** Epoch ms. */
  configuredAt: number
  stateAt: number
}

export interface HistoryItem {
  alarmName: string
  at: number
  type: 'ConfigurationUpdate' | 'StateUpdate' | 'Action'
  summary: string
  data: string
}

/** Scope: account and region; keyed by {@link seriesKey}. */
export const series = collection<Series>('cloudwatch/series')
/** Scope: account and region; keyed by series and minute. */
export const buckets = collection<Bucket>('cloudwatch/buckets')
/** Scope: account and region; keyed by name. */
export const metricAlarms = collection<MetricAlarm>('cloudwatch/alarms')
/** Scope: account and region; keyed by time and a random part. */
export const history = collection<HistoryItem>('cloudwatch/history')
