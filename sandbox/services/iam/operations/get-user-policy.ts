import { GetUserPolicy$, type GetUserPolicyRequest, type GetUserPolicyResponse } from '@aws-sdk/client-iam'
import { operation } from '../../../operation'
import { entityArn, entityContext, USER } from '../entities'
import { inlinePolicy } from '../entity-policies'
import { encodeDocument } from '../shapes'

/** An inline policy of a user, its document URL-encoded. */
export const getUserPolicy = operation<GetUserPolicyRequest, GetUserPolicyResponse>(GetUserPolicy$, {
  resource: (call) => entityArn(call, USER, call.input.UserName!),
  context: (call) => entityContext(call, USER, call.input.UserName!),
  async run(call) {
    const { UserName, PolicyName } = call.input
    const text = await inlinePolicy(call, USER, UserName!, PolicyName!)
    return { UserName, PolicyName, PolicyDocument: encodeDocument(text) }
  },
})
