import { CreateFunctionCommand, waitUntilFunctionActiveV2 } from '@aws-sdk/client-lambda'
import { strToU8, zipSync } from 'fflate'
import type { Running } from './contenders'
import { makeTable } from './data'
import { allowAll, makeRole } from './function'
import { benchApi, makeApi } from './gateway'
import type { Row } from './table'

const RUNS = 150
const HANDLER = `
import { DynamoDBClient, PutItemCommand } from '@aws-sdk/client-dynamodb'
const table = new DynamoDBClient({ endpoint: process.env.AWS_ENDPOINT_URL })
let runs = 0
export const handler = async () => {
  runs += 1
  await table.send(new PutItemCommand({ TableName: 'bench', Item: { id: { S: String(runs) } } }))
  return { statusCode: 200, body: JSON.stringify({ runs }) }
}
`

/** A request of a deployed API whose function puts an item into a table: p50 and p99, warm. */
export function benchApiToTable(running: Running[]): Promise<Row[]> {
  return benchApi(running, 'API Gateway to Lambda to DynamoDB', RUNS, makeWay)
}

async function makeWay(cloud: Running): Promise<() => Promise<void>> {
  const clients = await cloud.gatewayAccount()
  await makeTable(clients)
  const role = await makeRole(clients)
  await allowAll(clients, 'dynamodb:PutItem')
  const { FunctionArn } = await clients.lambda.send(
    new CreateFunctionCommand({ FunctionName: 'bench-table', Role: role, Runtime: 'nodejs20.x', Handler: 'index.handler', Code: { ZipFile: zipSync({ 'index.mjs': strToU8(HANDLER) }) }, Timeout: 20 }),
  )
  await waitUntilFunctionActiveV2({ client: clients.lambda, maxWaitTime: 20, minDelay: 1, maxDelay: 1 }, { FunctionName: 'bench-table' })
  return makeApi(cloud.endpoint, clients, FunctionArn!)
}
