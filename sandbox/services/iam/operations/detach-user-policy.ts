import { DetachUserPolicy$, type DetachUserPolicyRequest } from '@aws-sdk/client-iam'
import { operation } from '../../../operation'
import { entityArn, entityContext, USER } from '../entities'
import { detachPolicy } from '../entity-policies'

/** Detaches a managed policy from a user. */
export const detachUserPolicy = operation<DetachUserPolicyRequest, Record<string, never>>(DetachUserPolicy$, {
  resource: (call) => entityArn(call, USER, call.input.UserName!),
  context: async (call) => ({ ...(await entityContext(call, USER, call.input.UserName!)), 'iam:PolicyARN': call.input.PolicyArn! }),
  async run(call) {
    await detachPolicy(call, USER, call.input.UserName!, call.input.PolicyArn!)
    return {}
  },
})
