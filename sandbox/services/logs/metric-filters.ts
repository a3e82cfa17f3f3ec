import type { Sandbox } from '../../sandbox'
import { readPattern, type Pattern } from './filter-pattern'
import type { LogEvent } from './read-events'
import type { LogGroup, MetricFilter } from './records'

const MOST_CACHED = 1000
const patterns = new Map<string, Pattern>()

/** Counts what a group's metric filters find in events that it took. */
export function countMatches(sandbox: Sandbox, scope: string, group: LogGroup, events: LogEvent[]): void {
  for (const filter of group.metricFilters ?? []) {
    const pattern = patternOf(filter.pattern)
    for (const { message, timestamp } of events) if (pattern.matches(message)) count(sandbox, scope, filter, pattern, message, timestamp)
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
