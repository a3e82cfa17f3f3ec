import { matchesPattern, parseEventPattern } from '../../event-pattern'
import type { Sandbox } from '../../sandbox'
import type { BusName } from './names'
import type { Rule } from './records'
import { listRulesOf } from './rules'
import type { Event } from './transform'

/** An event with a rule that it is for. */
export interface Matched {
  rule: Rule
  event: Event
}

/** Reads the rules of a bus; of one that is not there, none. @returns what tells those that an event is for */
export async function rulesOfBus(sandbox: Sandbox, bus: BusName): Promise<(event: Event) => Matched[]> {
  const rules = (await listRulesOf(sandbox, bus)).flatMap((rule) => (rule.isEnabled && rule.pattern !== undefined ? [{ rule, pattern: parseEventPattern(rule.pattern) }] : []))
  return (event) => rules.filter(({ pattern }) => matchesPattern(pattern, event)).map(({ rule }) => ({ rule, event }))
}
