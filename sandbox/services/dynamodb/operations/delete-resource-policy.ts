import { DeleteResourcePolicy$ } from '@aws-sdk/client-dynamodb'
import { operation } from '../../../operation'
import { readBySchema } from '../read-input'
import { noPolicy, requireRevision } from '../resource-policy'
import { changeTable, findTable } from '../tables'
import { noSuchResource, onResourceArn, taggedTable } from '../tags'

/** Takes the policy off a table. */
export const deleteResourcePolicy = operation<any, any>(DeleteResourcePolicy$, {
  ...onResourceArn,
  readJson: readBySchema(DeleteResourcePolicy$),
  async run(call) {
    const { ResourceArn, ExpectedRevisionId } = call.input
    const name = taggedTable(call)
    if (!(await findTable(call.sandbox, name))) throw noSuchResource(ResourceArn)
    return changeTable(call.sandbox, name, (table) => {
      requireRevision(table, ExpectedRevisionId)
      if (!table.policy && ExpectedRevisionId !== undefined) throw noPolicy(`Resource-based policy not found for the provided ResourceArn: ${ResourceArn}`)
      const { policy } = table
      delete table.policy
      return policy ? { RevisionId: policy.revision } : {}
    })
  },
})
