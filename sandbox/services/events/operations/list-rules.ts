import { ListRules$, type ListRulesRequest, type ListRulesResponse } from '@aws-sdk/client-eventbridge'
import { operation } from '../../../operation'
import { requireBus } from '../buses'
import { describeRule } from '../describe'
import { parseBus, ruleArn } from '../names'
import { page } from '../paging'
import { listRulesOf } from '../rules'

/** Lists the rules of a bus, by name. */
export const listRules = operation<ListRulesRequest, ListRulesResponse>(ListRules$, {
  resource: (call) => {
    const { name, ...place } = parseBus(call, call.input.EventBusName)
    return ruleArn({ ...place, bus: name, name: '*' })
  },
  async run(call) {
    const bus = parseBus(call, call.input.EventBusName)
    await requireBus(call.sandbox, bus)
    const { items, NextToken } = page(await listRulesOf(call.sandbox, bus, call.input.NamePrefix), call.input)
    return { Rules: items.map(describeRule), NextToken }
  },
})
