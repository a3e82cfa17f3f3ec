import { ListPolicyVersions$, type ListPolicyVersionsRequest, type ListPolicyVersionsResponse } from '@aws-sdk/client-iam'
import { operation } from '../../../operation'
import { policyContext, requirePolicy, versionsOf } from '../managed-policies'
import { page } from '../page'

/** The versions of a managed policy, newest first. */
export const listPolicyVersions = operation<ListPolicyVersionsRequest, ListPolicyVersionsResponse>(ListPolicyVersions$, {
  resource: ({ input }) => input.PolicyArn!,
  context: (call) => policyContext(call, call.input.PolicyArn!),
  async run(call) {
    const policy = await requirePolicy(call, call.input.PolicyArn!)
    const newestFirst = [...versionsOf(policy)].reverse()
    const { items, ...paging } = page(newestFirst, ({ id }) => String(99_999 - Number(id.slice(1))).padStart(5, '0'), call.input)
    return {
      Versions: items.map(({ id, createdAt }) => ({ VersionId: id, IsDefaultVersion: id === policy.defaultVersion, CreateDate: new Date(createdAt) })),
      ...paging,
    }
  },
})
