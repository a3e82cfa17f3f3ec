import { DetachGroupPolicy$, type DetachGroupPolicyRequest } from '@aws-sdk/client-iam'
import { operation } from '../../../operation'
import { entityArn, entityContext, GROUP } from '../entities'
import { detachPolicy } from '../entity-policies'

/** Detaches a managed policy from a group. */
export const detachGroupPolicy = operation<DetachGroupPolicyRequest, Record<string, never>>(DetachGroupPolicy$, {
  resource: (call) => entityArn(call, GROUP, call.input.GroupName!),
  context: async (call) => ({ ...(await entityContext(call, GROUP, call.input.GroupName!)), 'iam:PolicyARN': call.input.PolicyArn! }),
  async run(call) {
    await detachPolicy(call, GROUP, call.input.GroupName!, call.input.PolicyArn!)
    return {}
  },
})
