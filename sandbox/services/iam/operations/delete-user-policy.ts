import { DeleteUserPolicy$, type DeleteUserPolicyRequest } from '@aws-sdk/client-iam'
import { operation } from '../../../operation'
import { entityArn, entityContext, USER } from '../entities'
import { deleteInlinePolicy } from '../entity-policies'

/** Deletes an inline policy of a user. */
export const deleteUserPolicy = operation<DeleteUserPolicyRequest, Record<string, never>>(DeleteUserPolicy$, {
  resource: (call) => entityArn(call, USER, call.input.UserName!),
  context: (call) => entityContext(call, USER, call.input.UserName!),
  async run(call) {
    await deleteInlinePolicy(call, USER, call.input.UserName!, call.input.PolicyName!)
    return {}
  },
})
