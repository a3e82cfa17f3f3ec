import { DeletePolicyVersion$, type DeletePolicyVersionRequest } from '@aws-sdk/client-iam'
import { operation } from '../../../operation'
import { conflict } from '../entities'
import { editPolicy, policyContext, requireVersion } from '../managed-policies'

/** Deletes a version of a managed policy that is not its default. */
export const deletePolicyVersion = operation<DeletePolicyVersionRequest, Record<string, never>>(DeletePolicyVersion$, {
  resource: ({ input }) => input.PolicyArn!,
  context: (call) => policyContext(call, call.input.PolicyArn!),
  async run(call) {
    const { PolicyArn, VersionId } = call.input
    await editPolicy(call, PolicyArn!, (policy) => {
      requireVersion(policy, VersionId!)
      if (VersionId === policy.defaultVersion) throw conflict('Cannot delete the default version of a policy.')
      policy.versions = policy.versions.filter(({ id }) => id !== VersionId)
    })
    return {}
  },
})
