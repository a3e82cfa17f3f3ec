import { PutRolePolicy$, type PutRolePolicyRequest } from '@aws-sdk/client-iam'
import { operation } from '../../../operation'
import { entityArn, entityContext, ROLE } from '../entities'
import { putInlinePolicy } from '../entity-policies'

/** Adds an inline policy to a role, or replaces it. */
export const putRolePolicy = operation<PutRolePolicyRequest, Record<string, never>>(PutRolePolicy$, {
  resource: (call) => entityArn(call, ROLE, call.input.RoleName!),
  context: (call) => entityContext(call, ROLE, call.input.RoleName!),
  async run(call) {
    await putInlinePolicy(call, ROLE, call.input.RoleName!, call.input.PolicyName!, call.input.PolicyDocument!)
    return {}
  },
})
