import { ResourceNotFoundException } from '@aws-sdk/client-dynamodb'
import { AwsError } from '../../errors'
import type { IndexSchema, TableSchema } from './dynalite'
import type { Table, Throughput } from './records'
import { invalid } from './table-settings'

/** DynamoDB developer guide, "Quotas". */
const MOST_GLOBAL_INDEXES = 20

interface Updates {
  AttributeDefinitions?: TableSchema['AttributeDefinitions']
  GlobalSecondaryIndexUpdates?: {
    Create?: IndexSchema & { ProvisionedThroughput?: Throughput }
    Update?: { IndexName: string; ProvisionedThroughput: Throughput }
    Delete?: { IndexName: string }
  }[]
}

/**
 * Applies changes of global indexes to a table.
 * @returns the indexes that are new and must be filled, and the names of those that are gone
 * @throws AwsError ValidationException, LimitExceededException; ResourceNotFoundException
 */
export function applyIndexUpdates(table: Table, { AttributeDefinitions, GlobalSecondaryIndexUpdates: updates = [] }: Updates): { made: IndexSchema[]; gone: string[] } {
  const { schema } = table
  const made = updates.flatMap(({ Create }) => (Create ? [Create] : []))
  const gone = updates.flatMap(({ Delete }) => (Delete ? [Delete.IndexName] : []))
  if (made.length + gone.length > 1) throw new AwsError('LimitExceededException', 'Subscriber limit exceeded: Only 1 online index can be created or deleted simultaneously per table')
  const indexes = schema.GlobalSecondaryIndexes ?? []
  const has = (name: string) => indexes.some(({ IndexName }) => IndexName === name)
  for (const { Update } of updates) {
    if (!Update) continue
    if (!has(Update.IndexName)) throw noIndex()
    table.indexThroughput[Update.IndexName] = Update.ProvisionedThroughput
  }
  if (AttributeDefinitions) schema.AttributeDefinitions = mergedDefinitions(schema.AttributeDefinitions, AttributeDefinitions)
  for (const index of made) {
    const { IndexName, KeySchema, Projection, ProvisionedThroughput } = index
    if (has(IndexName) || schema.LocalSecondaryIndexes?.some((local) => local.IndexName === IndexName)) throw invalid('Attempting to create an index which already exists')
    if (indexes.length >= MOST_GLOBAL_INDEXES) throw new AwsError('LimitExceededException', `Subscriber limit exceeded: GlobalSecondaryIndex count exceeds the per-table limit of ${MOST_GLOBAL_INDEXES}`)
    checkIndex(schema, index)
    if (table.billing === 'PROVISIONED') {
      if (!ProvisionedThroughput) throw invalid(`One or more parameter values were invalid: ProvisionedThroughput must be specified for index: ${IndexName}`)
      table.indexThroughput[IndexName] = ProvisionedThroughput
    } else if (ProvisionedThroughput) {
      throw invalid(`One or more parameter values were invalid: ProvisionedThroughput should not be specified for index: ${IndexName} when BillingMode is PAY_PER_REQUEST`)
    }
    schema.GlobalSecondaryIndexes = [...indexes, { IndexName, KeySchema, Projection }]
  }
  for (const name of gone) {
    if (!has(name)) throw noIndex()
    schema.GlobalSecondaryIndexes = indexes.filter(({ IndexName }) => IndexName !== name)
    if (schema.GlobalSecondaryIndexes.length === 0) delete schema.GlobalSecondaryIndexes
    delete table.indexThroughput[name]
  }
  if (made.length + gone.length > 0) forgetUnused(schema)
  return { made: made.map(({ IndexName, KeySchema, Projection }) => ({ IndexName, KeySchema, Projection })), gone }
}

function mergedDefinitions(before: TableSchema['AttributeDefinitions'], given: TableSchema['AttributeDefinitions']): TableSchema['AttributeDefinitions'] {
  for (const { AttributeName, AttributeType } of given) {
    const known = before.find((definition) => definition.AttributeName === AttributeName)
    if (known && known.AttributeType !== AttributeType) throw invalid(`One or more parameter values were invalid: Attribute ${AttributeName} has the type ${known.AttributeType} in this table's keys`)
  }
  return [...before, ...given.filter(({ AttributeName }) => !before.some((definition) => definition.AttributeName === AttributeName))]
}

function checkIndex({ AttributeDefinitions }: TableSchema, { KeySchema, Projection }: IndexSchema): void {
  const keys = KeySchema.map(({ AttributeName }) => AttributeName)
  const defined = AttributeDefinitions.map(({ AttributeName }) => AttributeName)
  if (!keys.every((key) => defined.includes(key))) {
    throw invalid(`One or more parameter values were invalid: Some index key attributes are not defined in AttributeDefinitions. Keys: [${keys.join(', ')}], AttributeDefinitions: [${defined.join(', ')}]`)
  }
  if (keys[0] === keys[1]) throw invalid('Both the Hash Key and the Range Key element in the KeySchema have the same name')
  if (KeySchema[0]!.KeyType !== 'HASH') throw invalid('Invalid KeySchema: The first KeySchemaElement is not a HASH key type')
  if (KeySchema[1] && KeySchema[1].KeyType !== 'RANGE') throw invalid('Invalid KeySchema: The second KeySchemaElement is not a RANGE key type')
  if (!Projection.ProjectionType) throw invalid('One or more parameter values were invalid: Unknown ProjectionType: null')
  if (Projection.NonKeyAttributes && Projection.ProjectionType !== 'INCLUDE') throw invalid(`One or more parameter values were invalid: ProjectionType is ${Projection.ProjectionType}, but NonKeyAttributes is specified`)
}

/** Definitions of attributes that are in no key any more. */
function forgetUnused(schema: TableSchema): void {
  const used = new Set([schema, ...(schema.LocalSecondaryIndexes ?? []), ...(schema.GlobalSecondaryIndexes ?? [])].flatMap(({ KeySchema }) => KeySchema.map(({ AttributeName }) => AttributeName)))
  schema.AttributeDefinitions = schema.AttributeDefinitions.filter(({ AttributeName }) => used.has(AttributeName))
}

function noIndex(): ResourceNotFoundException {
  return new ResourceNotFoundException({ message: 'Requested resource not found', $metadata: {} })
}
