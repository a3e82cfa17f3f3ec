import { DescribeRule$, type DescribeRuleRequest, type DescribeRuleResponse } from '@aws-sdk/client-eventbridge'
import { operation } from '../../../operation'
import { describeRule as describe } from '../describe'
import { onRule, requireRule, ruleNameOf } from '../rules'

/** Describes a rule, without its targets. */
export const describeRule = operation<DescribeRuleRequest, DescribeRuleResponse>(DescribeRule$, {
  ...onRule,
  async run(call) {
    const rule = await requireRule(call.sandbox, ruleNameOf(call))
    return { ...describe(rule), CreatedBy: rule.account }
  },
})
