import { GetResourcePolicy$ } from '@aws-sdk/client-dynamodb'
import { operation } from '../../../operation'
import { readBySchema } from '../read-input'
import { noPolicy } from '../resource-policy'
import { findTable } from '../tables'
import { noSuchResource, onResourceArn, taggedTable } from '../tags'

/** Gives the policy of a table. */
export const getResourcePolicy = operation<any, any>(GetResourcePolicy$, {
  ...onResourceArn,
  readJson: readBySchema(GetResourcePolicy$),
  async run(call) {
    const table = await findTable(call.sandbox, taggedTable(call))
    if (!table) throw noSuchResource(call.input.ResourceArn)
    if (!table.policy) throw noPolicy(`Resource-based policy not found for the provided ResourceArn: ${call.input.ResourceArn}`)
    return { Policy: table.policy.text, RevisionId: table.policy.revision }
  },
})
