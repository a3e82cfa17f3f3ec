import { ListRolePolicies$, type ListRolePoliciesRequest, type ListRolePoliciesResponse } from '@aws-sdk/client-iam'
import { operation } from '../../../operation'
import { entityArn, entityContext, ROLE } from '../entities'
import { listInlinePolicies } from '../entity-policies'

/** Names of the inline policies of a role. */
export const listRolePolicies = operation<ListRolePoliciesRequest, ListRolePoliciesResponse>(ListRolePolicies$, {
  resource: (call) => entityArn(call, ROLE, call.input.RoleName!),
  context: (call) => entityContext(call, ROLE, call.input.RoleName!),
  run: (call) => listInlinePolicies(call, ROLE, call.input.RoleName!),
})
