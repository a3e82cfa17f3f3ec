import { UpdateTimeToLive$ } from '@aws-sdk/client-dynamodb'
import { operation } from '../../../operation'
import { onTable } from '../access'
import { orderExpiries } from '../expiry'
import { tableOf } from '../names'
import { readBySchema } from '../read-input'
import { invalid } from '../table-settings'
import { changeTable } from '../tables'

/** Sets or takes away the attribute that holds when items expire. */
export const updateTimeToLive = operation<any, any>(UpdateTimeToLive$, {
  ...onTable,
  readJson: readBySchema(UpdateTimeToLive$),
  async run(call) {
    const { Enabled, AttributeName } = call.input.TimeToLiveSpecification
    await changeTable(call.sandbox, tableOf(call), async (table) => {
      if (Enabled === (table.ttl !== undefined) && (!Enabled || table.ttl === AttributeName)) throw invalid(`TimeToLive is already ${Enabled ? 'enabled' : 'disabled'}`)
      if (table.ttl !== undefined && table.ttl !== AttributeName) throw invalid(`TimeToLive is active on a different AttributeName: current AttributeName is ${table.ttl}`)
      if (Enabled) table.ttl = AttributeName
      else delete table.ttl
      await orderExpiries(call.sandbox, table)
    })
    return { TimeToLiveSpecification: { Enabled, AttributeName } }
  },
})
