import { TagPolicy$, type TagPolicyRequest } from '@aws-sdk/client-iam'
import { operation } from '../../../operation'
import { mergeTags, requestTags } from '../entities'
import { editPolicy, policyContext } from '../managed-policies'

/** Puts tags on a managed policy. */
export const tagPolicy = operation<TagPolicyRequest, Record<string, never>>(TagPolicy$, {
  resource: ({ input }) => input.PolicyArn!,
  context: async (call) => ({ ...(await policyContext(call, call.input.PolicyArn!)), ...requestTags(call.input.Tags) }),
  async run(call) {
    await editPolicy(call, call.input.PolicyArn!, (policy) => {
      policy.tags = mergeTags(policy.tags, call.input.Tags!)
    })
    return {}
  },
})
