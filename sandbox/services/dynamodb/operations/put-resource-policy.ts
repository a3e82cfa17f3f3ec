import { PutResourcePolicy$ } from '@aws-sdk/client-dynamodb'
import { operation } from '../../../operation'
import { readBySchema } from '../read-input'
import { newPolicy, requireRevision } from '../resource-policy'
import { changeTable, findTable } from '../tables'
import { noSuchResource, onResourceArn, taggedTable } from '../tags'

/** Puts a policy on a table. */
export const putResourcePolicy = operation<any, any>(PutResourcePolicy$, {
  ...onResourceArn,
  readJson: readBySchema(PutResourcePolicy$),
  async run(call) {
    const name = taggedTable(call)
    if (!(await findTable(call.sandbox, name))) throw noSuchResource(call.input.ResourceArn)
    return changeTable(call.sandbox, name, (table) => {
      requireRevision(table, call.input.ExpectedRevisionId)
      // The same policy again keeps its revision.
      if (table.policy?.text !== call.input.Policy) table.policy = newPolicy(call.input.Policy)
      return { RevisionId: table.policy!.revision }
    })
  },
})
