import { ListGroupsForUser$, type ListGroupsForUserRequest, type ListGroupsForUserResponse } from '@aws-sdk/client-iam'
import { operation } from '../../../operation'
import { entityArn, requireEntity, USER } from '../entities'

/** The groups of a user. The sandbox makes no groups, so there can be none; Terraform asks before it deletes a user. */
export const listGroupsForUser = operation<ListGroupsForUserRequest, ListGroupsForUserResponse>(ListGroupsForUser$, {
  resource: (call) => entityArn(call, USER, call.input.UserName!),
  async run(call) {
    await requireEntity(call.sandbox, USER, call.account, call.input.UserName!)
    return { Groups: [], IsTruncated: false }
  },
})
