import { GetContextKeysForPrincipalPolicy$, type GetContextKeysForPrincipalPolicyRequest, type GetContextKeysForPolicyResponse } from '@aws-sdk/client-iam'
import { operation } from '../../../operation'
import { contextKeysOf } from '../context-keys'
import { inputPolicies } from '../simulate'
import { simulatedEntity, tagsOfArn, textsOfEntity } from '../simulated-principal'

/** The condition keys that the policies of a user or role ask for. */
export const getContextKeysForPrincipalPolicy = operation<GetContextKeysForPrincipalPolicyRequest, GetContextKeysForPolicyResponse>(GetContextKeysForPrincipalPolicy$, {
  resource: ({ input }) => input.PolicySourceArn!,
  context: (call) => tagsOfArn(call, call.input.PolicySourceArn!),
  async run(call) {
    const entity = await simulatedEntity(call, call.input.PolicySourceArn!)
    const policies = [...(await textsOfEntity(call, entity)), ...inputPolicies(call.input.PolicyInputList)]
    return { ContextKeyNames: contextKeysOf(policies.map(({ document }) => document)) }
  },
})
