import { matchesPattern, parseEventPattern, type EventPattern } from '../../event-pattern'
import type { StoredAttribute } from '../sqs/records'
import { invalid } from './errors'
import type { Message, Subscription } from './records'

/** "Filter policy constraints". */
const MOST_KEYS = 5
const MOST_COMBINATIONS = 150
const LARGEST_BYTES = 262_144
const MOST_CACHED = 1000

export const SCOPES = ['MessageAttributes', 'MessageBody']
const parsed = new Map<string, EventPattern>()

/** Holds a filter policy against grammar and limits. @throws InvalidParameter */
export function checkFilterPolicy(text: string, scope: string): void {
  if (Buffer.byteLength(text) > LARGEST_BYTES) throw invalid('FilterPolicy: Filter policy is too large')
  let pattern: EventPattern
  try {
    pattern = parseEventPattern(text)
  } catch (error) {
    const { message } = error as Error
    throw invalid(`FilterPolicy: ${message === 'The pattern is not JSON' ? 'failed to parse JSON.' : message}`)
  }
  const leaves = leavesOf(pattern, 1)
  if (scope === 'MessageAttributes' && leaves.some(({ depth }) => depth > 1)) throw invalid('FilterPolicy: Filter policy scope MessageAttributes does not support nested filter policy')
  if (leaves.length > MOST_KEYS) throw invalid(`FilterPolicy: Filter policy can not have more than ${MOST_KEYS} keys`)
  if (leaves.reduce((product, { values, depth }) => product * values * depth, 1) > MOST_COMBINATIONS) throw invalid('FilterPolicy: Filter policy is too complex')
}

/** Where a policy names values: how many, and how deep. Alternatives of `$or` lie where the operator does. */
function leavesOf(pattern: EventPattern, depth: number): { values: number; depth: number }[] {
  return Object.entries(pattern).flatMap(([key, wanted]) => {
    if (!Array.isArray(wanted)) return leavesOf(wanted, depth + 1)
    const isAlternatives = key === '$or' && wanted.length > 1 && wanted.every((one) => typeof one === 'object' && one !== null && Object.values(one).some((value) => typeof value === 'object'))
    return isAlternatives ? wanted.flatMap((one) => leavesOf(one as EventPattern, depth)) : [{ values: wanted.length, depth }]
  })
}

/** Whether a subscription wants a message. */
export function accepts({ attributes }: Subscription, message: Message): boolean {
  const { FilterPolicy, FilterPolicyScope } = attributes
  if (FilterPolicy === undefined) return true
  const value = FilterPolicyScope === 'MessageBody' ? parse(message.body) : valuesOf(message.attributes)
  return typeof value === 'object' && value !== null && !Array.isArray(value) && matchesPattern(patternOf(FilterPolicy), value)
}

function patternOf(text: string): EventPattern {
  let pattern = parsed.get(text)
  if (!pattern) {
    if (parsed.size >= MOST_CACHED) parsed.clear()
    parsed.set(text, (pattern = parseEventPattern(text)))
  }
  return pattern
}

/** Attributes as values: numbers as such, lists of texts as lists; bytes cannot be compared. */
function valuesOf(attributes: Record<string, StoredAttribute>): Record<string, unknown> {
  const entries = Object.entries(attributes).flatMap(([name, { DataType, StringValue }]): [string, unknown][] => {
    if (StringValue === undefined) return []
    if (DataType === 'String.Array') return [[name, parse(StringValue)]]
    return [[name, DataType.startsWith('Number') ? Number(StringValue) : StringValue]]
  })
  return Object.fromEntries(entries)
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}
