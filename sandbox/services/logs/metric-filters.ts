import { LimitExceededException } from '@aws-sdk/client-cloudwatch-logs'
import type { Sandbox } from '../../sandbox'
import { readPattern, type Pattern } from './filter-pattern'
import type { LogEvent } from './read-events'
import type { LogGroup, MetricFilter } from './records'

const MOST_CACHED = 1000
const MINUTE_MS = 60_000
const patterns = new Map<string, Pattern>()

/** Counts what a group's metric filters find in events that it took. */
export function countMatches(sandbox: Sandbox, scope: string, group: LogGroup, events: LogEvent[]): void {
  for (const filter of group.metricFilters ?? []) {
    const pattern = patternOf(filter.pattern)
    const found = events.filter(({ message }) => pattern.matches(message))
    for (const { message, timestamp } of found) count(sandbox, scope, filter, pattern, message, timestamp)
    if (found.length === 0) countNone(sandbox, scope, filter, events)
  }
}

/** A filter's default value, for each minute whose events are none of its. */
function countNone(sandbox: Sandbox, scope: string, { transformation }: MetricFilter, events: LogEvent[]): void {
  const { metricName: name, metricNamespace: namespace, defaultValue, unit } = transformation
  if (defaultValue === undefined) return
  for (const minute of new Set(events.map(({ timestamp }) => Math.floor(timestamp / MINUTE_MS) * MINUTE_MS))) {
    sandbox.metrics.add(scope, { namespace, name, dimensions: [], at: minute, ...(unit === undefined ? {} : { unit }), values: [[defaultValue, 1]] })
  }
}

function count(sandbox: Sandbox, scope: string, { transformation }: MetricFilter, pattern: Pattern, message: string, at: number): void {
  const { metricName: name, metricNamespace: namespace, metricValue, unit, dimensions = {} } = transformation
  const value = Number(metricValue.startsWith('$') ? pattern.valueOf(message, metricValue) : metricValue)
  const values = Object.entries(dimensions).map(([key, field]) => ({ name: key, value: pattern.valueOf(message, field) }))
  // Without a number, or without one of its dimensions, an event counts for nothing.
  if (!Number.isFinite(value) || values.some((one) => one.value === undefined || one.value === null)) return
  sandbox.metrics.add(scope, { namespace, name, dimensions: values.map((one) => ({ name: one.name, value: String(one.value) })), at, ...(unit === undefined ? {} : { unit }), values: [[value, 1]] })
}

/** A pattern that was checked when its filter was put. */
export function patternOf(text: string): Pattern {
  let pattern = patterns.get(text)
  if (!pattern) {
    if (patterns.size >= MOST_CACHED) patterns.clear()
    patterns.set(text, (pattern = readPattern(text)))
  }
  return pattern
}

/** "Filter pattern syntax", quotas: filters of a log group whose pattern holds a regular expression. */
const MOST_WITH_REGEX = 5

/** Refuses one more filter with a regular expression than a group may have. @param others the group's filters beside it @throws LimitExceededException */
export function requireRoomForRegex(pattern: Pattern, others: readonly { pattern: string }[]): void {
  if (pattern.hasRegex && others.filter((one) => patternOf(one.pattern).hasRegex).length >= MOST_WITH_REGEX) {
    throw new LimitExceededException({ message: 'Resource limit exceeded.', $metadata: {} })
  }
}
