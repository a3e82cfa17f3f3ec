import { DeletePolicy$, type DeletePolicyRequest } from '@aws-sdk/client-iam'
import { operation } from '../../../operation'
import { change, conflict } from '../entities'
import { policyContext, requireOwnPolicy, usageOf } from '../managed-policies'
import { managedPolicies } from '../records'

/** Deletes a managed policy that nobody uses and that has only its default version. */
export const deletePolicy = operation<DeletePolicyRequest, Record<string, never>>(DeletePolicy$, {
  resource: ({ input }) => input.PolicyArn!,
  context: (call) => policyContext(call, call.input.PolicyArn!),
  async run(call) {
    const { sandbox, account, input } = call
    return change(call, async () => {
      const policy = await requireOwnPolicy(call, input.PolicyArn!)
      const { attached, boundaries } = await usageOf(call, policy.arn)
      if (attached + boundaries > 0) throw conflict('Cannot delete a policy attached to entities.')
      if (policy.versions.length > 1) {
        throw conflict("This policy has more than one version. Before you delete a policy, you must delete the policy's versions. The default version is deleted with the policy.")
      }
      await sandbox.store.delete(managedPolicies, account, policy.policyName)
      return {}
    })
  },
})
