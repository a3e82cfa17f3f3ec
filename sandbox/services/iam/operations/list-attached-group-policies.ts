import { ListAttachedGroupPolicies$, type ListAttachedGroupPoliciesRequest, type ListAttachedGroupPoliciesResponse } from '@aws-sdk/client-iam'
import { operation } from '../../../operation'
import { entityArn, entityContext, GROUP } from '../entities'
import { listAttachedPolicies } from '../entity-policies'

/** The managed policies of a group. */
export const listAttachedGroupPolicies = operation<ListAttachedGroupPoliciesRequest, ListAttachedGroupPoliciesResponse>(ListAttachedGroupPolicies$, {
  resource: (call) => entityArn(call, GROUP, call.input.GroupName!),
  context: (call) => entityContext(call, GROUP, call.input.GroupName!),
  run: (call) => listAttachedPolicies(call, GROUP, call.input.GroupName!),
})
