import { ListAttachedUserPolicies$, type ListAttachedUserPoliciesRequest, type ListAttachedUserPoliciesResponse } from '@aws-sdk/client-iam'
import { operation } from '../../../operation'
import { entityArn, entityContext, USER } from '../entities'
import { listAttachedPolicies } from '../entity-policies'

/** The managed policies of a user. */
export const listAttachedUserPolicies = operation<ListAttachedUserPoliciesRequest, ListAttachedUserPoliciesResponse>(ListAttachedUserPolicies$, {
  resource: (call) => entityArn(call, USER, call.input.UserName!),
  context: (call) => entityContext(call, USER, call.input.UserName!),
  run: (call) => listAttachedPolicies(call, USER, call.input.UserName!),
})
