import { SimulateCustomPolicy$, type SimulateCustomPolicyRequest, type SimulatePolicyResponse } from '@aws-sdk/client-iam'
import { operation } from '../../../operation'
import { timeContext } from '../global-context'
import { inputPolicies, inputResourcePolicy, simulate } from '../simulate'
import { pageOfResults } from '../simulation-page'

/** Tells what policies given as texts allow. */
export const simulateCustomPolicy = operation<SimulateCustomPolicyRequest, SimulatePolicyResponse>(SimulateCustomPolicy$, {
  resource: () => '*',
  async run({ account, sandbox, input }) {
    const [boundary] = inputPolicies(input.PermissionsBoundaryPolicyInputList, 'PermissionsBoundaryPolicyInputList')
    const results = simulate({
      caller: input.CallerArn ?? `arn:aws:iam::${account}:user/simulated`,
      identity: inputPolicies(input.PolicyInputList),
      boundary,
      resourcePolicy: inputResourcePolicy(input.ResourcePolicy),
      actions: input.ActionNames!,
      resources: input.ResourceArns ?? ['*'],
      resourceOwner: input.ResourceOwner,
      callerContext: timeContext(sandbox),
      entries: input.ContextEntries ?? [],
    })
    return pageOfResults(results, input)
  },
})
