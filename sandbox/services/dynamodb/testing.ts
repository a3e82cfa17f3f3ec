import { CreateTableCommand, DynamoDBClient, type CreateTableCommandInput } from '@aws-sdk/client-dynamodb'
import { sendSigned } from '../../raw-request'
import type { ClientConfig } from '../../testing'

/** The command for a table on demand with the hash key `id`, and whatever else is asked. */
export function newTable(TableName: string, more: Partial<CreateTableCommandInput> = {}): CreateTableCommand {
  return new CreateTableCommand({ TableName, BillingMode: 'PAY_PER_REQUEST', AttributeDefinitions: [{ AttributeName: 'id', AttributeType: 'S' }], KeySchema: [{ AttributeName: 'id', KeyType: 'HASH' }], ...more })
}

/** Makes such a table. */
export async function makeTable(config: ClientConfig, TableName: string, more: Partial<CreateTableCommandInput> = {}) {
  return (await new DynamoDBClient(config).send(newTable(TableName, more))).TableDescription!
}

/** Calls an operation of DynamoDB Streams, whose SDK package is not installed. Gives the answer's JSON; throws what an SDK client would. */
export async function callStreams(config: ClientConfig, name: string, input: object): Promise<any> {
  const headers = { 'content-type': 'application/x-amz-json-1.0', 'x-amz-target': `DynamoDBStreams_20120810.${name}` }
  const { status, text } = await sendSigned(config, { service: 'dynamodb', method: 'POST', path: '/', headers, body: Buffer.from(JSON.stringify(input)) })
  const answer = JSON.parse(text) as { __type?: string; message?: string }
  if (status >= 400) throw Object.assign(new Error(answer.message), { name: answer.__type!.split('#').at(-1)! })
  return answer
}
