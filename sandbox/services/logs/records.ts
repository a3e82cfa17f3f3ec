import type { LogGroupClass } from '@aws-sdk/client-cloudwatch-logs'
import { collection } from '../../store'

/** A log group. Times are epoch ms. */
export interface LogGroup {
  name: string
  createdAt: number
  retentionInDays?: number
  logGroupClass: LogGroupClass
  storedBytes: number
  tags: Record<string, string>
  /** By name. */
  metricFilters?: MetricFilter[]
  subscriptionFilters?: SubscriptionFilter[]
}

/** Makes metrics of what a group takes. */
export interface MetricFilter {
  name: string
  pattern: string
  transformation: { metricName: string; metricNamespace: string; metricValue: string; defaultValue?: number; dimensions?: Record<string, string>; unit?: string }
  createdAt: number
}

/** Hands on what a group takes. */
export interface SubscriptionFilter {
  name: string
  pattern: string
  destinationArn: string
  distribution: string
  createdAt: number
}

/** A log stream. Times are epoch ms. */
export interface LogStream {
  name: string
  /** Tells the events of this stream from those of another with the same time; 18 digits. */
  number: string
  createdAt: number
  firstEvent?: number
  lastEvent?: number
  lastIngestion?: number
  /** Events taken so far; grows only. */
  count: number
}

/** One event; its key carries the rest, see {@link eventId}. */
export interface StoredEvent {
  message: string
  ingestionTime: number
}

/** Scope of all three: `account/region`. Keys: `group`, `group:stream`, `group:stream:eventId`; no name can hold a colon. */
export const groups = collection<LogGroup>('logs/groups')
export const streams = collection<LogStream>('logs/streams')
export const events = collection<StoredEvent>('logs/events')

/** 56 digits, as AWS's event ids: they sort by time, then by stream, then by order of arrival. */
export function eventId(timestamp: number, stream: LogStream, count: number): string {
  return String(timestamp).padStart(15, '0') + stream.number + String(count).padStart(23, '0')
}

/** The time that an event's id begins with, epoch ms. */
export function timeOf(id: string): number {
  return Number(id.slice(0, 15))
}

/** Epoch ms before which a group's events are past their retention. */
export function oldestKept(group: LogGroup, now: number): number {
  return group.retentionInDays === undefined ? 0 : now - group.retentionInDays * 86_400_000
}
