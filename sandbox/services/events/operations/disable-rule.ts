import { DisableRule$, type DisableRuleRequest } from '@aws-sdk/client-eventbridge'
import { operation } from '../../../operation'
import { onRule, ruleNameOf } from '../rules'
import { turnRule } from '../scheduled-rules'

/** Turns a rule off. */
export const disableRule = operation<DisableRuleRequest, object>(DisableRule$, {
  ...onRule,
  async run(call) {
    await turnRule(call.sandbox, ruleNameOf(call), false)
    return {}
  },
})
