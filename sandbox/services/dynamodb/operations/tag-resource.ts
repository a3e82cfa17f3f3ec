import { TagResource$ } from '@aws-sdk/client-dynamodb'
import { operation } from '../../../operation'
import { tagContext } from '../../tag-context'
import { readBySchema } from '../read-input'
import { changeTable, findTable } from '../tables'
import { noSuchResource, onResourceArn, taggedTable, tagsOf } from '../tags'

/** Puts tags on a table. */
export const tagResource = operation<any, any>(TagResource$, {
  ...onResourceArn,
  context: async (call) => ({ ...tagContext(tagsOf(call.input.Tags)), ...(await onResourceArn.context!(call)) }),
  readJson: readBySchema(TagResource$),
  async run(call) {
    const name = taggedTable(call)
    if (!(await findTable(call.sandbox, name))) throw noSuchResource(call.input.ResourceArn)
    await changeTable(call.sandbox, name, (table) => {
      table.tags = tagsOf(call.input.Tags, table.tags)
    })
    return {}
  },
})
