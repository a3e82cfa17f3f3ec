import { ListGroupPolicies$, type ListGroupPoliciesRequest, type ListGroupPoliciesResponse } from '@aws-sdk/client-iam'
import { operation } from '../../../operation'
import { entityArn, entityContext, GROUP } from '../entities'
import { listInlinePolicies } from '../entity-policies'

/** Names of the inline policies of a group. */
export const listGroupPolicies = operation<ListGroupPoliciesRequest, ListGroupPoliciesResponse>(ListGroupPolicies$, {
  resource: (call) => entityArn(call, GROUP, call.input.GroupName!),
  context: (call) => entityContext(call, GROUP, call.input.GroupName!),
  run: (call) => listInlinePolicies(call, GROUP, call.input.GroupName!),
})
