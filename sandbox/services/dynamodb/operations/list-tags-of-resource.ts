import { ListTagsOfResource$ } from '@aws-sdk/client-dynamodb'
import { operation } from '../../../operation'
import { readBySchema } from '../read-input'
import { findTable } from '../tables'
import { noSuchResource, onResourceArn, taggedTable } from '../tags'

/** Lists the tags of a table, all on one page: there are fifty at most. */
export const listTagsOfResource = operation<any, any>(ListTagsOfResource$, {
  ...onResourceArn,
  readJson: readBySchema(ListTagsOfResource$),
  async run(call) {
    const table = await findTable(call.sandbox, taggedTable(call))
    if (!table) throw noSuchResource(call.input.ResourceArn)
    return { Tags: Object.entries(table.tags).map(([Key, Value]) => ({ Key, Value })) }
  },
})
