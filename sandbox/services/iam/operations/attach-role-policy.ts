import { AttachRolePolicy$, type AttachRolePolicyRequest } from '@aws-sdk/client-iam'
import { operation } from '../../../operation'
import { entityArn, entityContext, ROLE } from '../entities'
import { attachPolicy } from '../entity-policies'

/** Attaches a managed policy, the account's or AWS's, to a role. */
export const attachRolePolicy = operation<AttachRolePolicyRequest, Record<string, never>>(AttachRolePolicy$, {
  resource: (call) => entityArn(call, ROLE, call.input.RoleName!),
  context: async (call) => ({ ...(await entityContext(call, ROLE, call.input.RoleName!)), 'iam:PolicyARN': call.input.PolicyArn! }),
  async run(call) {
    await attachPolicy(call, ROLE, call.input.RoleName!, call.input.PolicyArn!)
    return {}
  },
})
