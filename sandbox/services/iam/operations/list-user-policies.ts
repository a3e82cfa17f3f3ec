import { ListUserPolicies$, type ListUserPoliciesRequest, type ListUserPoliciesResponse } from '@aws-sdk/client-iam'
import { operation } from '../../../operation'
import { entityArn, entityContext, USER } from '../entities'
import { listInlinePolicies } from '../entity-policies'

/** Names of the inline policies of a user. */
export const listUserPolicies = operation<ListUserPoliciesRequest, ListUserPoliciesResponse>(ListUserPolicies$, {
  resource: (call) => entityArn(call, USER, call.input.UserName!),
  context: (call) => entityContext(call, USER, call.input.UserName!),
  run: (call) => listInlinePolicies(call, USER, call.input.UserName!),
})
