import { UntagPolicy$, type UntagPolicyRequest } from '@aws-sdk/client-iam'
import { operation } from '../../../operation'
import { editPolicy, policyContext } from '../managed-policies'

/** Takes tags off a managed policy. */
export const untagPolicy = operation<UntagPolicyRequest, Record<string, never>>(UntagPolicy$, {
  resource: ({ input }) => input.PolicyArn!,
  context: async (call) => ({ ...(await policyContext(call, call.input.PolicyArn!)), 'aws:TagKeys': call.input.TagKeys! }),
  async run(call) {
    await editPolicy(call, call.input.PolicyArn!, (policy) => {
      policy.tags = policy.tags.filter(({ Key }) => !call.input.TagKeys!.includes(Key))
    })
    return {}
  },
})
