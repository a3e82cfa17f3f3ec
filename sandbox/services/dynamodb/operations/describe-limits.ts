import { DescribeLimits$ } from '@aws-sdk/client-dynamodb'
import { operation } from '../../../operation'
import { readBySchema } from '../read-input'

/** The default quotas (DynamoDB developer guide, "Quotas"). */
export const describeLimits = operation<any, any>(DescribeLimits$, {
  resource: () => '*',
  readJson: readBySchema(DescribeLimits$),
  run: async () => ({ AccountMaxReadCapacityUnits: 80_000, AccountMaxWriteCapacityUnits: 80_000, TableMaxReadCapacityUnits: 40_000, TableMaxWriteCapacityUnits: 40_000 }),
})
