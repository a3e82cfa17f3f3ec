import { DeleteRolePolicy$, type DeleteRolePolicyRequest } from '@aws-sdk/client-iam'
import { operation } from '../../../operation'
import { entityArn, entityContext, ROLE } from '../entities'
import { deleteInlinePolicy } from '../entity-policies'

/** Deletes an inline policy of a role. */
export const deleteRolePolicy = operation<DeleteRolePolicyRequest, Record<string, never>>(DeleteRolePolicy$, {
  resource: (call) => entityArn(call, ROLE, call.input.RoleName!),
  context: (call) => entityContext(call, ROLE, call.input.RoleName!),
  async run(call) {
    await deleteInlinePolicy(call, ROLE, call.input.RoleName!, call.input.PolicyName!)
    return {}
  },
})
