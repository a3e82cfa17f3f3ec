import { AttachGroupPolicy$, type AttachGroupPolicyRequest } from '@aws-sdk/client-iam'
import { operation } from '../../../operation'
import { entityArn, entityContext, GROUP } from '../entities'
import { attachPolicy } from '../entity-policies'

/** Attaches a managed policy, the account's or AWS's, to a group. */
export const attachGroupPolicy = operation<AttachGroupPolicyRequest, Record<string, never>>(AttachGroupPolicy$, {
  resource: (call) => entityArn(call, GROUP, call.input.GroupName!),
  context: async (call) => ({ ...(await entityContext(call, GROUP, call.input.GroupName!)), 'iam:PolicyARN': call.input.PolicyArn! }),
  async run(call) {
    await attachPolicy(call, GROUP, call.input.GroupName!, call.input.PolicyArn!)
    return {}
  },
})
