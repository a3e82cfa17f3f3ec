import { matchesPattern, parseEventPattern } from '../../event-pattern'
import type { Sandbox } from '../../sandbox'
import type { BusName } from './names'
import type { Rule } from './records'
import { listRulesOf } from './rules'
import type { Event } from './transform'

/** The rules of a bus that an event is for. */
export async function matchingRules(sandbox: Sandbox, bus: BusName, event: Event): Promise<{ rule: Rule; event: Event }[]> {
  const rules = await listRulesOf(sandbox, bus)
  return rules.filter(({ isEnabled, pattern }) => isEnabled && pattern !== undefined && matchesPattern(parseEventPattern(pattern), event)).map((rule) => ({ rule, event }))
}
