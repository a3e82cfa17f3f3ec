import { AttachUserPolicy$, type AttachUserPolicyRequest } from '@aws-sdk/client-iam'
import { operation } from '../../../operation'
import { entityArn, entityContext, USER } from '../entities'
import { attachPolicy } from '../entity-policies'

/** Attaches a managed policy, the account's or AWS's, to a user. */
export const attachUserPolicy = operation<AttachUserPolicyRequest, Record<string, never>>(AttachUserPolicy$, {
  resource: (call) => entityArn(call, USER, call.input.UserName!),
  context: async (call) => ({ ...(await entityContext(call, USER, call.input.UserName!)), 'iam:PolicyARN': call.input.PolicyArn! }),
  async run(call) {
    await attachPolicy(call, USER, call.input.UserName!, call.input.PolicyArn!)
    return {}
  },
})
