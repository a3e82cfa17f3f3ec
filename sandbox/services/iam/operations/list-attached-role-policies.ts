import { ListAttachedRolePolicies$, type ListAttachedRolePoliciesRequest, type ListAttachedRolePoliciesResponse } from '@aws-sdk/client-iam'
import { operation } from '../../../operation'
import { entityArn, entityContext, ROLE } from '../entities'
import { listAttachedPolicies } from '../entity-policies'

/** The managed policies of a role. */
export const listAttachedRolePolicies = operation<ListAttachedRolePoliciesRequest, ListAttachedRolePoliciesResponse>(ListAttachedRolePolicies$, {
  resource: (call) => entityArn(call, ROLE, call.input.RoleName!),
  context: (call) => entityContext(call, ROLE, call.input.RoleName!),
  run: (call) => listAttachedPolicies(call, ROLE, call.input.RoleName!),
})
