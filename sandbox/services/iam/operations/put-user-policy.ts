import { PutUserPolicy$, type PutUserPolicyRequest } from '@aws-sdk/client-iam'
import { operation } from '../../../operation'
import { entityArn, entityContext, USER } from '../entities'
import { putInlinePolicy } from '../entity-policies'

/** Adds an inline policy to a user, or replaces it. */
export const putUserPolicy = operation<PutUserPolicyRequest, Record<string, never>>(PutUserPolicy$, {
  resource: (call) => entityArn(call, USER, call.input.UserName!),
  context: (call) => entityContext(call, USER, call.input.UserName!),
  async run(call) {
    await putInlinePolicy(call, USER, call.input.UserName!, call.input.PolicyName!, call.input.PolicyDocument!)
    return {}
  },
})
