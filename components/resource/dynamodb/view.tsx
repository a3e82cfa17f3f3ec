import { DescribeTableCommand, DescribeTimeToLiveCommand, type KeySchemaElement } from '@aws-sdk/client-dynamodb'
import { getFormatter, getTranslations } from 'next-intl/server'
import { Facts } from '../facts'
import { Section } from '../kit'
import { viewOf } from '../view-of'
import { TableItems, type KeyView } from './table-items'

/** A DynamoDB table: its items to find, write and delete, and how it is set up. */
export const tableView = viewOf(async ({ parts, clients }) => {
  const TableName = parts.name.split('/')[0]!
  const [t, format] = await Promise.all([getTranslations('resource.dynamodb'), getFormatter()])
  const [{ Table: table = {} }, ttl] = await Promise.all([
    clients.dynamodb.send(new DescribeTableCommand({ TableName })),
    clients.dynamodb.send(new DescribeTimeToLiveCommand({ TableName })).then(({ TimeToLiveDescription }) => TimeToLiveDescription, () => undefined),
  ])
  const types = new Map(table.AttributeDefinitions?.map(({ AttributeName, AttributeType }) => [AttributeName, AttributeType as KeyView['type']]))
  const keysOf = (schema: KeySchemaElement[] = []): KeyView[] => schema.map(({ AttributeName = '' }) => ({ name: AttributeName, type: types.get(AttributeName) ?? 'S' }))
  const words = (keys: KeyView[]) => keys.map(({ name, type }, index) => `${name} (${type}, ${t(index === 0 ? 'partitionKey' : 'sortKey')})`).join(', ')
  const indexes = [...(table.GlobalSecondaryIndexes ?? []), ...(table.LocalSecondaryIndexes ?? [])].map(({ IndexName = '', KeySchema, Projection }) => ({ name: IndexName, keys: keysOf(KeySchema), projection: Projection?.ProjectionType }))
  const keys = keysOf(table.KeySchema)
  const throughput = table.ProvisionedThroughput
  return (
    <>
      <TableItems table={TableName} keys={keys} indexes={indexes.map(({ name, keys }) => ({ name, keys }))} />
      <Section title={t('facts')}>
        <Facts
          facts={[
            [t('keys'), words(keys)],
            [t('status'), table.TableStatus],
            [t('count'), t('about', { count: table.ItemCount ?? 0 })],
            [t('size'), `${format.number((table.TableSizeBytes ?? 0) / 1000, { maximumFractionDigits: 1 })} kB`],
            [t('billing'), table.BillingModeSummary?.BillingMode === 'PAY_PER_REQUEST' ? t('onDemand') : t('provisioned', { read: throughput?.ReadCapacityUnits ?? 0, write: throughput?.WriteCapacityUnits ?? 0 })],
            [t('stream'), table.StreamSpecification?.StreamEnabled ? table.StreamSpecification.StreamViewType : t('off')],
            [t('ttl'), ttl?.TimeToLiveStatus === 'ENABLED' ? ttl.AttributeName : t('off')],
            ...indexes.map(({ name, keys, projection }) => [t('index', { name }), `${words(keys)} · ${projection}`] as const),
          ]}
        />
      </Section>
    </>
  )
})
