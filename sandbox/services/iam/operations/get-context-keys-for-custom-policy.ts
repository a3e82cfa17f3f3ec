import { GetContextKeysForCustomPolicy$, type GetContextKeysForCustomPolicyRequest, type GetContextKeysForPolicyResponse } from '@aws-sdk/client-iam'
import { operation } from '../../../operation'
import { contextKeysOf } from '../context-keys'
import { inputPolicies } from '../simulate'

/** The condition keys that policies given as texts ask for. */
export const getContextKeysForCustomPolicy = operation<GetContextKeysForCustomPolicyRequest, GetContextKeysForPolicyResponse>(GetContextKeysForCustomPolicy$, {
  resource: () => '*',
  run: async ({ input }) => ({ ContextKeyNames: contextKeysOf(inputPolicies(input.PolicyInputList).map(({ document }) => document)) }),
})
