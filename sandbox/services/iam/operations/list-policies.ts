import { ListPolicies$, type ListPoliciesRequest, type ListPoliciesResponse } from '@aws-sdk/client-iam'
import { operation } from '../../../operation'
import { awsManaged } from '../aws-managed'
import { usageOfAll } from '../managed-policies'
import { page } from '../page'
import { managedPolicies } from '../records'
import { shownPolicy } from '../shapes'

/** The managed policies, the account's and AWS's own, by scope, path and use. */
export const listPolicies = operation<ListPoliciesRequest, ListPoliciesResponse>(ListPolicies$, {
  // This is no ARN, but it is what AWS's messages name here.
  resource: ({ input }) => `policy path ${input.PathPrefix ?? '/'}`,
  async run(call) {
    const { sandbox, account, input } = call
    const own = (await sandbox.store.list(managedPolicies, account)).map(({ value }) => value)
    const scope = input.Scope ?? 'All'
    const usage = await usageOfAll(call)
    const used = (arn: string) => usage.get(arn) ?? { attached: 0, boundaries: 0 }
    const found = [...(scope === 'AWS' ? [] : own), ...(scope === 'Local' ? [] : awsManaged.values())]
      .filter(({ path }) => path.startsWith(input.PathPrefix ?? '/'))
      .filter(({ arn }) => !input.OnlyAttached || used(arn)[input.PolicyUsageFilter === 'PermissionsBoundary' ? 'boundaries' : 'attached'] > 0)
      .filter(({ arn }) => input.PolicyUsageFilter !== 'PermissionsBoundary' || used(arn).boundaries > 0)
      .sort((a, b) => (a.arn < b.arn ? -1 : 1))
    const { items, ...paging } = page(found, ({ arn }) => arn, input)
    return { Policies: items.map((policy) => shownPolicy(policy, used(policy.arn))), ...paging }
  },
})
