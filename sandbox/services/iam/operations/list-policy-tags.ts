import { ListPolicyTags$, type ListPolicyTagsRequest, type ListPolicyTagsResponse } from '@aws-sdk/client-iam'
import { operation } from '../../../operation'
import { policyContext, requireOwnPolicy } from '../managed-policies'
import { page } from '../page'

/** The tags of a managed policy. */
export const listPolicyTags = operation<ListPolicyTagsRequest, ListPolicyTagsResponse>(ListPolicyTags$, {
  resource: ({ input }) => input.PolicyArn!,
  context: (call) => policyContext(call, call.input.PolicyArn!),
  async run(call) {
    const { tags } = await requireOwnPolicy(call, call.input.PolicyArn!)
    const { items, ...paging } = page([...tags].sort((a, b) => (a.Key < b.Key ? -1 : 1)), ({ Key }) => Key, call.input)
    return { Tags: items, ...paging }
  },
})
