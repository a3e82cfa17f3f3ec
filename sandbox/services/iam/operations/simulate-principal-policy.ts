import { SimulatePrincipalPolicy$, type SimulatePrincipalPolicyRequest, type SimulatePolicyResponse } from '@aws-sdk/client-iam'
import { operation } from '../../../operation'
import { timeContext } from '../global-context'
import { inputPolicies, inputResourcePolicy, simulate } from '../simulate'
import { contextOfEntity, simulatedEntity, tagsOfArn, textOfManaged, textsOfEntity } from '../simulated-principal'
import { pageOfResults } from '../simulation-page'

/** Tells what the policies of a user or role allow, without a call being made. */
export const simulatePrincipalPolicy = operation<SimulatePrincipalPolicyRequest, SimulatePolicyResponse>(SimulatePrincipalPolicy$, {
  resource: ({ input }) => input.PolicySourceArn!,
  context: (call) => tagsOfArn(call, call.input.PolicySourceArn!),
  async run(call) {
    const { account, sandbox, input } = call
    const entity = await simulatedEntity(call, input.PolicySourceArn!)
    const [given] = inputPolicies(input.PermissionsBoundaryPolicyInputList, 'PermissionsBoundaryPolicyInputList')
    const results = simulate({
      caller: input.CallerArn ?? entity.arn,
      identity: [...(await textsOfEntity(call, entity)), ...inputPolicies(input.PolicyInputList)],
      boundary: given ?? (entity.boundary === undefined ? undefined : await textOfManaged(call, entity.boundary)),
      resourcePolicy: inputResourcePolicy(input.ResourcePolicy),
      actions: input.ActionNames!,
      resources: input.ResourceArns ?? ['*'],
      resourceOwner: input.ResourceOwner,
      callerContext: { ...timeContext(sandbox), ...contextOfEntity(account, entity) },
      entries: input.ContextEntries ?? [],
    })
    return pageOfResults(results, input)
  },
})
