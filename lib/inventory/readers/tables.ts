import { DescribeTableCommand, paginateListTables } from '@aws-sdk/client-dynamodb'
import type { Look } from '../look'

/** DynamoDB's tables. */
export async function readTables(look: Look): Promise<void> {
  const client = look.clients.dynamodb
  const names = await look.all('dynamodb', () => paginateListTables({ client }, {}), ({ TableNames }) => TableNames)
  await Promise.all(
    names.map(async (name) => {
      const { Table } = (await look.ask('dynamodb', () => client.send(new DescribeTableCommand({ TableName: name })))) ?? {}
      const keyOf = (type: string) => Table?.KeySchema?.find(({ KeyType }) => KeyType === type)?.AttributeName
      look.add({
        arn: Table?.TableArn ?? `arn:aws:dynamodb:${look.region}:${look.accountId}:table/${name}`,
        service: 'dynamodb',
        kind: 'table',
        name,
        state: Table?.TableStatus,
        createdAt: Table?.CreationDateTime?.toISOString(),
        facts: {
          partitionKey: keyOf('HASH'),
          sortKey: keyOf('RANGE'),
          billing: Table && (Table.BillingModeSummary?.BillingMode ?? 'PROVISIONED'),
          items: Table?.ItemCount,
          bytes: Table?.TableSizeBytes,
          stream: Table?.StreamSpecification?.StreamViewType,
        },
      })
    }),
  )
}
