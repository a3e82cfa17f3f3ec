import { ListTargetsByRule$, type ListTargetsByRuleRequest, type ListTargetsByRuleResponse } from '@aws-sdk/client-eventbridge'
import { operation } from '../../../operation'
import { page } from '../paging'
import { onRule, requireRule, ruleNameOf } from '../rules'
import { describeTarget } from '../targets'

/** Lists the targets of a rule, by id. */
export const listTargetsByRule = operation<ListTargetsByRuleRequest, ListTargetsByRuleResponse>(ListTargetsByRule$, {
  ...onRule,
  async run(call) {
    const { targets } = await requireRule(call.sandbox, ruleNameOf(call))
    const named = targets.map((target) => ({ name: target.id, target })).sort((a, b) => (a.name < b.name ? -1 : 1))
    const { items, NextToken } = page(named, call.input)
    return { Targets: items.map(({ target }) => describeTarget(target)), NextToken }
  },
})
