import { UntagResource$ } from '@aws-sdk/client-dynamodb'
import { operation } from '../../../operation'
import { readBySchema } from '../read-input'
import { changeTable, findTable } from '../tables'
import { noSuchResource, onResourceArn, taggedTable } from '../tags'

/** Takes tags off a table. */
export const untagResource = operation<any, any>(UntagResource$, {
  ...onResourceArn,
  context: async (call) => ({ 'aws:TagKeys': call.input.TagKeys, ...(await onResourceArn.context!(call)) }),
  readJson: readBySchema(UntagResource$),
  async run(call) {
    const name = taggedTable(call)
    if (!(await findTable(call.sandbox, name))) throw noSuchResource(call.input.ResourceArn)
    await changeTable(call.sandbox, name, (table) => {
      for (const key of call.input.TagKeys) delete table.tags[key]
    })
    return {}
  },
})
