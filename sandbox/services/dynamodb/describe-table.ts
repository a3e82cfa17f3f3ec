import type { Sandbox } from '../../sandbox'
import { indexArn, streamArn, tableArn } from './names'
import type { Table, Tally, Throughput } from './records'
import { tallyOf } from './tables'

/** What a table on demand can take at once as long as nobody used it (DynamoDB developer guide, "Warm throughput"). */
const ON_DEMAND_WARM = { ReadUnitsPerSecond: 12_000, WriteUnitsPerSecond: 4_000 }
const NONE = { ReadCapacityUnits: 0, WriteCapacityUnits: 0 }

/** A table as DynamoDB tells it, in the wire's JSON. @param status of the table and of its global indexes, where a change is said to be under way */
export async function describeTableRecord(sandbox: Sandbox, table: Table, status: { table?: string; index?: Record<string, string> } = {}): Promise<Record<string, unknown>> {
  const { schema, streams } = table
  const tally = await tallyOf(sandbox, table)
  const stream = streams.at(-1)
  return {
    AttributeDefinitions: schema.AttributeDefinitions,
    TableName: table.name,
    KeySchema: schema.KeySchema,
    TableStatus: status.table ?? 'ACTIVE',
    CreationDateTime: table.createdAt / 1000,
    ProvisionedThroughput: table.throughput,
    TableSizeBytes: tally.bytes,
    ItemCount: tally.count,
    TableArn: tableArn(table),
    TableId: table.id,
    ...(table.onDemandSince === undefined ? {} : { BillingModeSummary: { BillingMode: table.billing, LastUpdateToPayPerRequestDateTime: table.onDemandSince / 1000 } }),
    LocalSecondaryIndexes: schema.LocalSecondaryIndexes?.map((index) => ({ ...index, ...inIndex(table, tally, index.IndexName) })),
    GlobalSecondaryIndexes: schema.GlobalSecondaryIndexes?.map((index) => ({
      ...index,
      IndexStatus: status.index?.[index.IndexName] ?? 'ACTIVE',
      ProvisionedThroughput: { NumberOfDecreasesToday: 0, ...(table.indexThroughput[index.IndexName] ?? NONE) },
      ...inIndex(table, tally, index.IndexName),
      WarmThroughput: warm(table, table.indexThroughput[index.IndexName] ?? NONE),
    })),
    ...(stream && stream.disabledAt === undefined ? { StreamSpecification: { StreamEnabled: true, StreamViewType: stream.view } } : {}),
    ...(stream ? { LatestStreamLabel: stream.label, LatestStreamArn: streamArn(table, stream.label) } : {}),
    SSEDescription: table.sse && { Status: 'ENABLED', SSEType: 'KMS', KMSMasterKeyArn: table.sse.keyArn },
    TableClassSummary: table.tableClass === undefined ? undefined : { TableClass: table.tableClass, ...(table.tableClassSince === undefined ? {} : { LastUpdateDateTime: table.tableClassSince / 1000 }) },
    DeletionProtectionEnabled: table.isProtected,
    OnDemandThroughput: table.onDemandThroughput,
    WarmThroughput: warm(table, table.throughput),
  }
}

function inIndex(table: Table, tally: Tally, index: string) {
  const { count, bytes } = tally.indexes[index] ?? { count: 0, bytes: 0 }
  return { IndexSizeBytes: bytes, ItemCount: count, IndexArn: indexArn(table, index) }
}

function warm({ billing }: Table, { ReadCapacityUnits, WriteCapacityUnits }: Throughput) {
  const units = billing === 'PAY_PER_REQUEST' ? ON_DEMAND_WARM : { ReadUnitsPerSecond: ReadCapacityUnits, WriteUnitsPerSecond: WriteCapacityUnits }
  return { ...units, Status: 'ACTIVE' }
}
