import { CreateTableCommand, DynamoDBClient, type CreateTableCommandInput } from '@aws-sdk/client-dynamodb'
import { sendSigned } from '../../raw-request'
import type { ClientConfig } from '../../testing'

/** Makes a table on demand with the hash key `id`, and whatever else is asked. */
export async function makeTable(config: ClientConfig, TableName: string, more: Partial<CreateTableCommandInput> = {}) {
  const { TableDescription } = await new DynamoDBClient(config).send(
    new CreateTableCommand({ TableName, BillingMode: 'PAY_PER_REQUEST', AttributeDefinitions: [{ AttributeName: 'id', AttributeType: 'S' }], KeySchema: [{ AttributeName: 'id', KeyType: 'HASH' }], ...more }),
  )
  return TableDescription!
}

/** Calls an operation of DynamoDB Streams, whose SDK package is not installed. Gives the answer's JSON; throws what an SDK client would. */
export async function callStreams(config: ClientConfig, name: string, input: object): Promise<any> {
  const headers = { 'content-type': 'application/x-amz-json-1.0', 'x-amz-target': `DynamoDBStreams_20120810.${name}` }
  const { status, text } = await sendSigned(config, { service: 'dynamodb', method: 'POST', path: '/', headers, body: Buffer.from(JSON.stringify(input)) })
  const answer = JSON.parse(text) as { __type?: string; message?: string }
  if (status >= 400) throw Object.assign(new Error(answer.message), { name: answer.__type!.split('#').at(-1)! })
  return answer
}
