import { ListRuleNamesByTarget$, type ListRuleNamesByTargetRequest, type ListRuleNamesByTargetResponse } from '@aws-sdk/client-eventbridge'
import { operation } from '../../../operation'
import { requireBus } from '../buses'
import { parseBus } from '../names'
import { page } from '../paging'
import { listRulesOf, onRulesOfBus } from '../rules'

/** Names the rules of a bus that send to a target. */
export const listRuleNamesByTarget = operation<ListRuleNamesByTargetRequest, ListRuleNamesByTargetResponse>(ListRuleNamesByTarget$, {
  ...onRulesOfBus,
  async run(call) {
    const bus = parseBus(call, call.input.EventBusName)
    await requireBus(call.sandbox, bus)
    const found = (await listRulesOf(call.sandbox, bus)).filter(({ targets }) => targets.some(({ arn }) => arn === call.input.TargetArn))
    const { items, NextToken } = page(found, call.input)
    return { RuleNames: items.map(({ name }) => name), NextToken }
  },
})
