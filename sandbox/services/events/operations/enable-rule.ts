import { EnableRule$, type EnableRuleRequest } from '@aws-sdk/client-eventbridge'
import { operation } from '../../../operation'
import { onRule, ruleNameOf } from '../rules'
import { turnRule } from '../scheduled-rules'

/** Turns a rule on. */
export const enableRule = operation<EnableRuleRequest, object>(EnableRule$, {
  ...onRule,
  async run(call) {
    await turnRule(call.sandbox, ruleNameOf(call), true)
    return {}
  },
})
