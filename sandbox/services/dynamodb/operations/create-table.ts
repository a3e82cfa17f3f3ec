import { randomUUID } from 'node:crypto'
import { CreateTable$, ResourceInUseException } from '@aws-sdk/client-dynamodb'
import { AwsError } from '../../../errors'
import { operation } from '../../../operation'
import { scopeOf } from '../../../store'
import { tagContext } from '../../tag-context'
import { onTable } from '../access'
import { describeTableRecord } from '../describe-table'
import type { TableSchema } from '../dynalite'
import { tableArn, tableOf } from '../names'
import { readChecked } from '../read-input'
import { tables, type Table } from '../records'
import { newPolicy } from '../resource-policy'
import { applySettings, invalid, refuseUnserved } from '../table-settings'
import { lockTables } from '../tables'
import { tagsOf } from '../tags'

/** DynamoDB developer guide, "Quotas". */
const MOST_TABLES = 2500

/** Makes a table. It is there at once; the answer says CREATING, as on AWS. */
export const createTable = operation<any, any>(CreateTable$, {
  ...onTable,
  context: ({ input }) => tagContext(input.Tags && tagsOf(input.Tags)),
  readJson: readChecked(CreateTable$, 'createTable'),
  async run(call) {
    const { sandbox, account, region, input } = call
    refuseUnserved(input, ['GlobalTableSourceArn', 'GlobalTableSettingsReplicationMode', 'VectorIndexes'])
    const name = tableOf({ account, region, input })
    if (name.account !== account) throw invalid('A table is made in the account of who makes it.')
    if (input.Tags?.length) await call.authorize('dynamodb:TagResource', tableArn(name), tagContext(tagsOf(input.Tags)))
    const table = newTable(input, { ...name, id: randomUUID(), createdAt: sandbox.now() })
    applySettings(sandbox, table, input)
    // One lock for the region's tables, so that they are counted right.
    await sandbox.store.lock(`dynamodb tables ${scopeOf(name)}`, () =>
      lockTables(sandbox, [name], async () => {
        const others = await sandbox.store.list(tables, scopeOf(name))
        if (others.some(({ key }) => key === name.name)) throw new ResourceInUseException({ message: `Table already exists: ${name.name}`, $metadata: {} })
        if (others.length >= MOST_TABLES) throw new AwsError('LimitExceededException', `Subscriber limit exceeded: The number of tables may not exceed ${MOST_TABLES}`)
        await sandbox.store.put(tables, scopeOf(name), name.name, table)
      }),
    )
    const statuses = Object.fromEntries((table.schema.GlobalSecondaryIndexes ?? []).map(({ IndexName }) => [IndexName, 'CREATING']))
    return { TableDescription: await describeTableRecord(sandbox, table, { table: 'CREATING', index: statuses }) }
  },
})

function newTable(input: any, own: Pick<Table, 'account' | 'region' | 'name' | 'id' | 'createdAt'>): Table {
  const globals = (input.GlobalSecondaryIndexes ?? []) as (NonNullable<TableSchema['GlobalSecondaryIndexes']>[number] & { ProvisionedThroughput?: any })[]
  const isOnDemand = input.BillingMode === 'PAY_PER_REQUEST'
  const unprovisioned = isOnDemand ? undefined : globals.find(({ ProvisionedThroughput }) => !ProvisionedThroughput)
  if (unprovisioned) throw invalid(`One or more parameter values were invalid: ProvisionedThroughput must be specified for index: ${unprovisioned.IndexName}`)
  const used = new Set([input, ...globals, ...(input.LocalSecondaryIndexes ?? [])].flatMap(({ KeySchema }) => KeySchema.map(({ AttributeName }: { AttributeName: string }) => AttributeName)))
  const definitions = (input.AttributeDefinitions as TableSchema['AttributeDefinitions']).map(({ AttributeName }) => AttributeName)
  if (definitions.some((name) => !used.has(name))) {
    throw invalid(`One or more parameter values were invalid: Some AttributeDefinitions are not used. AttributeDefinitions: [${definitions.join(', ')}], keys used: [${[...used].join(', ')}]`)
  }
  return {
    ...own,
    schema: {
      TableName: own.name,
      AttributeDefinitions: input.AttributeDefinitions,
      KeySchema: input.KeySchema,
      ...(input.LocalSecondaryIndexes ? { LocalSecondaryIndexes: input.LocalSecondaryIndexes } : {}),
      ...(globals.length > 0 ? { GlobalSecondaryIndexes: globals.map(({ IndexName, KeySchema, Projection }) => ({ IndexName, KeySchema, Projection })) } : {}),
    },
    billing: isOnDemand ? 'PAY_PER_REQUEST' : 'PROVISIONED',
    ...(isOnDemand ? { onDemandSince: own.createdAt } : {}),
    throughput: { ...(input.ProvisionedThroughput ?? { ReadCapacityUnits: 0, WriteCapacityUnits: 0 }), NumberOfDecreasesToday: 0 },
    indexThroughput: Object.fromEntries(globals.filter(({ ProvisionedThroughput }) => ProvisionedThroughput).map(({ IndexName, ProvisionedThroughput }) => [IndexName, ProvisionedThroughput])),
    isProtected: false,
    streams: [],
    tags: input.Tags ? tagsOf(input.Tags) : {},
    ...(input.ResourcePolicy === undefined ? {} : { policy: newPolicy(input.ResourcePolicy) }),
  }
}
