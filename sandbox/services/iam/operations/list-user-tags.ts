import { ListUserTags$, type ListUserTagsRequest, type ListUserTagsResponse } from '@aws-sdk/client-iam'
import { operation } from '../../../operation'
import { entityArn, entityContext, requireEntity, USER } from '../entities'
import { pageOfTags } from '../page'

/** The tags of a user. */
export const listUserTags = operation<ListUserTagsRequest, ListUserTagsResponse>(ListUserTags$, {
  resource: (call) => entityArn(call, USER, call.input.UserName!),
  context: (call) => entityContext(call, USER, call.input.UserName!),
  async run(call) {
    const entity = await requireEntity(call.sandbox, USER, call.account, call.input.UserName!)
    return pageOfTags(entity.tags, call.input)
  },
})
