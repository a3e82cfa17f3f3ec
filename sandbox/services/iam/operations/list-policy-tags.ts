import { ListPolicyTags$, type ListPolicyTagsRequest, type ListPolicyTagsResponse } from '@aws-sdk/client-iam'
import { operation } from '../../../operation'
import { policyContext, requireOwnPolicy } from '../managed-policies'
import { pageOfTags } from '../page'

/** The tags of a managed policy. */
export const listPolicyTags = operation<ListPolicyTagsRequest, ListPolicyTagsResponse>(ListPolicyTags$, {
  resource: ({ input }) => input.PolicyArn!,
  context: (call) => policyContext(call, call.input.PolicyArn!),
  async run(call) {
    const { tags } = await requireOwnPolicy(call, call.input.PolicyArn!)
    return pageOfTags(tags, call.input)
  },
})
