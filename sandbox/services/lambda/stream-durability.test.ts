import { CreateEventSourceMappingCommand, LambdaClient } from '@aws-sdk/client-lambda'
import { DynamoDBClient, PutItemCommand } from '@aws-sdk/client-dynamodb'
import { DeleteMessageCommand, SQSClient } from '@aws-sdk/client-sqs'
import { expect, it } from 'vitest'
import { sandboxProgram } from '../../program-testing'
import { makeTable } from '../dynamodb/testing'
import { queueTools } from '../sqs/testing'
import { functionMaker, makeRole, zipOf } from './testing'

const { start, kill } = sandboxProgram()

const CODE = `import { SQSClient, SendMessageCommand } from '@aws-sdk/client-sqs'
const sqs = new SQSClient({ useQueueUrlAsEndpoint: false })
export const handler = async ({ Records }) => {
  await new Promise((done) => setTimeout(done, 200))
  for (const { dynamodb } of Records) await sqs.send(new SendMessageCommand({ QueueUrl: '/111111111111/sink', MessageBody: dynamodb.Keys.id.S }))
}`

it('brings every change to the function, also those that were at work when the sandbox was killed', { timeout: 60_000 }, async () => {
  let config = await start()
  const sqs = () => new SQSClient({ ...config, useQueueUrlAsEndpoint: false })
  const [table, role] = await Promise.all([
    makeTable(config, 'source', { StreamSpecification: { StreamEnabled: true, StreamViewType: 'KEYS_ONLY' } }),
    makeRole(config, 'r', ['service-role/AWSLambdaDynamoDBExecutionRole', 'AmazonSQSFullAccess']),
    queueTools(sqs()).make('sink'),
  ])
  await functionMaker(new LambdaClient(config), role)('worker', { zip: zipOf({ 'index.mjs': CODE }) })
  await new LambdaClient(config).send(new CreateEventSourceMappingCommand({ FunctionName: 'worker', EventSourceArn: table.LatestStreamArn!, StartingPosition: 'TRIM_HORIZON', BatchSize: 3 }))
  const put = Array.from({ length: 12 }, (_, i) => `item-${i}`)
  for (const id of put) await new DynamoDBClient(config).send(new PutItemCommand({ TableName: 'source', Item: { id: { S: id } } }))
  const arrived = new Set<string>()
  const receive = async () => {
    for (const { Body, ReceiptHandle } of await queueTools(sqs()).receive('/111111111111/sink', { MaxNumberOfMessages: 10, WaitTimeSeconds: 5 })) {
      arrived.add(Body!)
      await sqs().send(new DeleteMessageCommand({ QueueUrl: '/111111111111/sink', ReceiptHandle }))
    }
  }
  while (arrived.size === 0) await receive()
  await kill()
  expect(arrived.size).toBeLessThan(put.length)

  config = await start()
  const until = Date.now() + 30_000
  while (arrived.size < put.length && Date.now() < until) await receive()
  expect([...arrived].sort()).toEqual([...put].sort())
})
