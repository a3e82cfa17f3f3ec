import { GetGroupPolicy$, type GetGroupPolicyRequest, type GetGroupPolicyResponse } from '@aws-sdk/client-iam'
import { operation } from '../../../operation'
import { entityArn, entityContext, GROUP } from '../entities'
import { inlinePolicy } from '../entity-policies'
import { encodeDocument } from '../shapes'

/** An inline policy of a group, its document URL-encoded. */
export const getGroupPolicy = operation<GetGroupPolicyRequest, GetGroupPolicyResponse>(GetGroupPolicy$, {
  resource: (call) => entityArn(call, GROUP, call.input.GroupName!),
  context: (call) => entityContext(call, GROUP, call.input.GroupName!),
  async run(call) {
    const { GroupName, PolicyName } = call.input
    const text = await inlinePolicy(call, GROUP, GroupName!, PolicyName!)
    return { GroupName, PolicyName, PolicyDocument: encodeDocument(text) }
  },
})
