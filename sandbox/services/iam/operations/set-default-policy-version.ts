import { SetDefaultPolicyVersion$, type SetDefaultPolicyVersionRequest } from '@aws-sdk/client-iam'
import { operation } from '../../../operation'
import { editPolicy, policyContext, requireVersion } from '../managed-policies'

/** Puts a version of a managed policy in force, for all who have the policy. */
export const setDefaultPolicyVersion = operation<SetDefaultPolicyVersionRequest, Record<string, never>>(SetDefaultPolicyVersion$, {
  resource: ({ input }) => input.PolicyArn!,
  context: (call) => policyContext(call, call.input.PolicyArn!),
  async run(call) {
    await editPolicy(call, call.input.PolicyArn!, (policy) => {
      requireVersion(policy, call.input.VersionId!)
      policy.defaultVersion = call.input.VersionId!
    })
    return {}
  },
})
