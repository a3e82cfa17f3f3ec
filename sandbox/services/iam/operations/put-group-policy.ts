import { PutGroupPolicy$, type PutGroupPolicyRequest } from '@aws-sdk/client-iam'
import { operation } from '../../../operation'
import { entityArn, entityContext, GROUP } from '../entities'
import { putInlinePolicy } from '../entity-policies'

/** Adds an inline policy to a group, or replaces it. */
export const putGroupPolicy = operation<PutGroupPolicyRequest, Record<string, never>>(PutGroupPolicy$, {
  resource: (call) => entityArn(call, GROUP, call.input.GroupName!),
  context: (call) => entityContext(call, GROUP, call.input.GroupName!),
  async run(call) {
    await putInlinePolicy(call, GROUP, call.input.GroupName!, call.input.PolicyName!, call.input.PolicyDocument!)
    return {}
  },
})
