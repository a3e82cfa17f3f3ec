import { DeleteGroupPolicy$, type DeleteGroupPolicyRequest } from '@aws-sdk/client-iam'
import { operation } from '../../../operation'
import { entityArn, entityContext, GROUP } from '../entities'
import { deleteInlinePolicy } from '../entity-policies'

/** Deletes an inline policy of a group. */
export const deleteGroupPolicy = operation<DeleteGroupPolicyRequest, Record<string, never>>(DeleteGroupPolicy$, {
  resource: (call) => entityArn(call, GROUP, call.input.GroupName!),
  context: (call) => entityContext(call, GROUP, call.input.GroupName!),
  async run(call) {
    await deleteInlinePolicy(call, GROUP, call.input.GroupName!, call.input.PolicyName!)
    return {}
  },
})
