import { CreatePolicy$, type CreatePolicyRequest, type CreatePolicyResponse } from '@aws-sdk/client-iam'
import { operation } from '../../../operation'
import { uniqueId } from '../../../credentials'
import { arnOf, change, newTags, pathOf, requestTags, requireFreeName } from '../entities'
import { requirePolicySize } from '../managed-policies'
import { managedPolicies, type ManagedPolicy } from '../records'
import { shownPolicy } from '../shapes'
import { validateIdentityPolicy } from '../validate-policy'

/** Makes a managed policy, its document as version v1. */
export const createPolicy = operation<CreatePolicyRequest, CreatePolicyResponse>(CreatePolicy$, {
  resource: ({ account, input }) => arnOf(account, 'policy', input.Path, input.PolicyName!),
  context: ({ input }) => requestTags(input.Tags),
  async run(call) {
    const { sandbox, account, input } = call
    validateIdentityPolicy(input.PolicyDocument!)
    requirePolicySize(input.PolicyDocument!)
    const tags = await newTags(call, 'iam:TagPolicy', arnOf(account, 'policy', input.Path, input.PolicyName!))
    return change(call, async () => {
      await requireFreeName(sandbox, managedPolicies, account, input.PolicyName!, `A policy called ${input.PolicyName} already exists. Duplicate names are not allowed.`, 'PoliciesPerAccount')
      const now = new Date(sandbox.now()).toISOString()
      const policy: ManagedPolicy = {
        policyName: input.PolicyName!,
        policyId: uniqueId('ANPA'),
        arn: arnOf(account, 'policy', input.Path, input.PolicyName!),
        path: pathOf(input.Path),
        ...(input.Description === undefined ? {} : { description: input.Description }),
        createdAt: now,
        updatedAt: now,
        defaultVersion: 'v1',
        lastVersion: 1,
        versions: [{ id: 'v1', document: input.PolicyDocument!, createdAt: now }],
        tags,
      }
      await sandbox.store.put(managedPolicies, account, policy.policyName, policy)
      return { Policy: { ...shownPolicy(policy, { attached: 0, boundaries: 0 }), ...(tags.length > 0 ? { Tags: tags } : {}) } }
    })
  },
})
