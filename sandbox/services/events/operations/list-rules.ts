import { ListRules$, type ListRulesRequest, type ListRulesResponse } from '@aws-sdk/client-eventbridge'
import { operation } from '../../../operation'
import { requireBus } from '../buses'
import { describeRule } from '../describe'
import { parseBus } from '../names'
import { page } from '../paging'
import { listRulesOf, onRulesOfBus } from '../rules'

/** Lists the rules of a bus, by name. */
export const listRules = operation<ListRulesRequest, ListRulesResponse>(ListRules$, {
  ...onRulesOfBus,
  async run(call) {
    const bus = parseBus(call, call.input.EventBusName)
    await requireBus(call.sandbox, bus)
    const { items, NextToken } = page(await listRulesOf(call.sandbox, bus, call.input.NamePrefix), call.input)
    return { Rules: items.map(describeRule), NextToken }
  },
})
