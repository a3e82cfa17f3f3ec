import type { Call } from '../../operation'
import type { Sandbox } from '../../sandbox'
import { scopeOf, type Write } from '../../store'
import { resourceTags } from '../tag-context'
import { requireBus } from './buses'
import { notFound } from './errors'
import { parseBus, ruleArn, type BusName } from './names'
import { rules, type Rule } from './records'

export interface RuleName {
  account: string
  region: string
  bus: string
  name: string
}

/** The rule that a call names by `Rule` or `Name` and `EventBusName`. */
export function ruleNameOf(call: Call): RuleName {
  const bus = parseBus(call, call.input.EventBusName)
  return { account: bus.account, region: bus.region, bus: bus.name, name: call.input.Rule ?? call.input.Name }
}

/** What IAM decides on for the operations on one rule. */
export const onRule = {
  resource: (call: Call) => ruleArn(ruleNameOf(call)),
  context: async (call: Call) => resourceTags((await findRule(call.sandbox, ruleNameOf(call)))?.tags),
}

/** What IAM decides on for the operations on all rules of a bus. */
export const onRulesOfBus = {
  resource: (call: Call) => {
    const { name, ...place } = parseBus(call, call.input.EventBusName)
    return ruleArn({ ...place, bus: name, name: '*' })
  },
}

export function findRule(sandbox: Sandbox, name: RuleName): Promise<Rule | undefined> {
  return sandbox.store.get(rules, scopeOf(name), keyOf(name))
}

/** @throws ResourceNotFoundException for the bus or the rule */
export async function requireRule(sandbox: Sandbox, name: RuleName): Promise<Rule> {
  await requireBus(sandbox, { ...name, name: name.bus })
  const found = await findRule(sandbox, name)
  if (!found) throw notFound(`Rule ${name.name} does not exist on EventBus ${name.bus}.`)
  return found
}

/** The rules of a bus, by name. */
export async function listRulesOf(sandbox: Sandbox, bus: BusName, prefix = ''): Promise<Rule[]> {
  return (await sandbox.store.list(rules, scopeOf(bus), { prefix: `${bus.name}/${prefix}` })).map(({ value }) => value)
}

/** What writes a rule, or without one deletes it. */
export function writeOf(name: RuleName, rule?: Rule): Write {
  return { collection: rules, scope: scopeOf(name), key: keyOf(name), ...(rule ? { value: rule } : {}) }
}

export function keyOf({ bus, name }: { bus: string; name: string }): string {
  return `${bus}/${name}`
}
