import * as sdk from '@aws-sdk/client-dynamodb'
import type { Resource, Service } from '../../operation'
import type { Sandbox } from '../../sandbox'
import { errorNamespace } from './error-namespace'
import { tableArn } from './names'
import { batchGetItem } from './operations/batch-get-item'
import { batchWriteItem } from './operations/batch-write-item'
import { createTable } from './operations/create-table'
import { deleteItem } from './operations/delete-item'
import { deleteResourcePolicy } from './operations/delete-resource-policy'
import { deleteTable } from './operations/delete-table'
import { describeContinuousBackups } from './operations/describe-continuous-backups'
import { describeEndpoints } from './operations/describe-endpoints'
import { describeLimits } from './operations/describe-limits'
import { describeTable } from './operations/describe-table'
import { describeTimeToLive } from './operations/describe-time-to-live'
import { getItem } from './operations/get-item'
import { getResourcePolicy } from './operations/get-resource-policy'
import { listTables } from './operations/list-tables'
import { listTagsOfResource } from './operations/list-tags-of-resource'
import { putItem } from './operations/put-item'
import { putResourcePolicy } from './operations/put-resource-policy'
import { query } from './operations/query'
import { scan } from './operations/scan'
import { tagResource } from './operations/tag-resource'
import { transactGetItems } from './operations/transact-get-items'
import { transactWriteItems } from './operations/transact-write-items'
import { untagResource } from './operations/untag-resource'
import { updateContinuousBackups } from './operations/update-continuous-backups'
import { updateItem } from './operations/update-item'
import { updateTable } from './operations/update-table'
import { updateTimeToLive } from './operations/update-time-to-live'
import { tables } from './records'

/** Amazon DynamoDB: dynalite's reading, checking and matching over the sandbox's own store. */
export const dynamoDb: Service = {
  name: 'dynamodb',
  eventSource: 'dynamodb.amazonaws.com',
  protocol: 'json',
  jsonVersion: '1.0',
  target: 'DynamoDB_20120810',
  sdk: sdk as unknown as Record<string, unknown>,
  errorNamespace,
  hasCrc32: true,
  operations: [
    batchGetItem,
    batchWriteItem,
    createTable,
    deleteItem,
    deleteResourcePolicy,
    deleteTable,
    describeContinuousBackups,
    describeEndpoints,
    describeLimits,
    describeTable,
    describeTimeToLive,
    getItem,
    getResourcePolicy,
    listTables,
    listTagsOfResource,
    putItem,
    putResourcePolicy,
    query,
    scan,
    tagResource,
    transactGetItems,
    transactWriteItems,
    untagResource,
    updateContinuousBackups,
    updateItem,
    updateTable,
    updateTimeToLive,
  ],
  resources,
}

async function resources({ store }: Sandbox, account: string): Promise<Resource[]> {
  return (await store.ofAccount(tables, account)).map((table) => ({ service: 'dynamodb', type: 'table', name: table.name, arn: tableArn(table), createdAt: new Date(table.createdAt).toISOString() }))
}
