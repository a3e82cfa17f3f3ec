import { GetPolicy$, type GetPolicyRequest, type GetPolicyResponse } from '@aws-sdk/client-iam'
import { operation } from '../../../operation'
import { policyContext, requirePolicy, usageOf } from '../managed-policies'
import { type ManagedPolicy } from '../records'
import { shownPolicy } from '../shapes'

/** A managed policy with its tags and how many use it; its document is in GetPolicyVersion. */
export const getPolicy = operation<GetPolicyRequest, GetPolicyResponse>(GetPolicy$, {
  resource: ({ input }) => input.PolicyArn!,
  context: (call) => policyContext(call, call.input.PolicyArn!),
  async run(call) {
    const policy = await requirePolicy(call, call.input.PolicyArn!)
    const { description, tags = [] } = policy as Partial<ManagedPolicy>
    return {
      Policy: {
        ...shownPolicy(policy, await usageOf(call, policy.arn)),
        ...(description === undefined ? {} : { Description: description }),
        ...(tags.length > 0 ? { Tags: tags } : {}),
      },
    }
  },
})
