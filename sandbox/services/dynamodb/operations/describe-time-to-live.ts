import { DescribeTimeToLive$ } from '@aws-sdk/client-dynamodb'
import { operation } from '../../../operation'
import { onTable } from '../access'
import { tableOf } from '../names'
import { readChecked } from '../read-input'
import { requireTable } from '../tables'

/** Tells which attribute holds when items expire. */
export const describeTimeToLive = operation<any, any>(DescribeTimeToLive$, {
  ...onTable,
  readJson: readChecked(DescribeTimeToLive$, 'describeTimeToLive'),
  async run(call) {
    const { ttl } = await requireTable(call.sandbox, tableOf(call))
    return { TimeToLiveDescription: ttl === undefined ? { TimeToLiveStatus: 'DISABLED' } : { TimeToLiveStatus: 'ENABLED', AttributeName: ttl } }
  },
})
