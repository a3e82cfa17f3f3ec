import { DetachRolePolicy$, type DetachRolePolicyRequest } from '@aws-sdk/client-iam'
import { operation } from '../../../operation'
import { entityArn, entityContext, ROLE } from '../entities'
import { detachPolicy } from '../entity-policies'

/** Detaches a managed policy from a role. */
export const detachRolePolicy = operation<DetachRolePolicyRequest, Record<string, never>>(DetachRolePolicy$, {
  resource: (call) => entityArn(call, ROLE, call.input.RoleName!),
  context: async (call) => ({ ...(await entityContext(call, ROLE, call.input.RoleName!)), 'iam:PolicyARN': call.input.PolicyArn! }),
  async run(call) {
    await detachPolicy(call, ROLE, call.input.RoleName!, call.input.PolicyArn!)
    return {}
  },
})
