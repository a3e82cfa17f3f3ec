import { ListUserTags$, type ListUserTagsRequest, type ListUserTagsResponse } from '@aws-sdk/client-iam'
import { operation } from '../../../operation'
import { entityArn, entityContext, requireEntity, USER } from '../entities'
import { page } from '../page'

/** The tags of a user. */
export const listUserTags = operation<ListUserTagsRequest, ListUserTagsResponse>(ListUserTags$, {
  resource: (call) => entityArn(call, USER, call.input.UserName!),
  context: (call) => entityContext(call, USER, call.input.UserName!),
  async run(call) {
    const entity = await requireEntity(call.sandbox, USER, call.account, call.input.UserName!)
    const sorted = [...entity.tags].sort((a, b) => (a.Key < b.Key ? -1 : 1))
    const { items, ...paging } = page(sorted, ({ Key }) => Key, call.input)
    return { Tags: items, ...paging }
  },
})
