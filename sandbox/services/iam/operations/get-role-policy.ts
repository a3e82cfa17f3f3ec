import { GetRolePolicy$, type GetRolePolicyRequest, type GetRolePolicyResponse } from '@aws-sdk/client-iam'
import { operation } from '../../../operation'
import { entityArn, entityContext, ROLE } from '../entities'
import { inlinePolicy } from '../entity-policies'
import { encodeDocument } from '../shapes'

/** An inline policy of a role, its document URL-encoded. */
export const getRolePolicy = operation<GetRolePolicyRequest, GetRolePolicyResponse>(GetRolePolicy$, {
  resource: (call) => entityArn(call, ROLE, call.input.RoleName!),
  context: (call) => entityContext(call, ROLE, call.input.RoleName!),
  async run(call) {
    const { RoleName, PolicyName } = call.input
    const text = await inlinePolicy(call, ROLE, RoleName!, PolicyName!)
    return { RoleName, PolicyName, PolicyDocument: encodeDocument(text) }
  },
})
