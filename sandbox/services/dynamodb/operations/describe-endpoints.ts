import { DescribeEndpoints$ } from '@aws-sdk/client-dynamodb'
import { operation } from '../../../operation'
import { readBySchema } from '../read-input'

const CACHE_MINUTES = 1440

/** Where clients find the service: here. */
export const describeEndpoints = operation<any, any>(DescribeEndpoints$, {
  resource: () => '*',
  readJson: readBySchema(DescribeEndpoints$),
  run: async ({ sandbox }) => ({ Endpoints: [{ Address: new URL(sandbox.url()).host, CachePeriodInMinutes: CACHE_MINUTES }] }),
})
