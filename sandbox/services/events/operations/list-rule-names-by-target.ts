import { ListRuleNamesByTarget$, type ListRuleNamesByTargetRequest, type ListRuleNamesByTargetResponse } from '@aws-sdk/client-eventbridge'
import { operation } from '../../../operation'
import { requireBus } from '../buses'
import { parseBus, ruleArn } from '../names'
import { page } from '../paging'
import { listRulesOf } from '../rules'

/** Names the rules of a bus that send to a target. */
export const listRuleNamesByTarget = operation<ListRuleNamesByTargetRequest, ListRuleNamesByTargetResponse>(ListRuleNamesByTarget$, {
  resource: (call) => {
    const { name, ...place } = parseBus(call, call.input.EventBusName)
    return ruleArn({ ...place, bus: name, name: '*' })
  },
  async run(call) {
    const bus = parseBus(call, call.input.EventBusName)
    await requireBus(call.sandbox, bus)
    const found = (await listRulesOf(call.sandbox, bus)).filter(({ targets }) => targets.some(({ arn }) => arn === call.input.TargetArn))
    const { items, NextToken } = page(found, call.input)
    return { RuleNames: items.map(({ name }) => name), NextToken }
  },
})
