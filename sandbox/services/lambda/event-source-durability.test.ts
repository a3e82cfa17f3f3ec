import { CreateEventSourceMappingCommand, LambdaClient } from '@aws-sdk/client-lambda'
import { DeleteMessageCommand, SendMessageCommand, SQSClient } from '@aws-sdk/client-sqs'
import { expect, it } from 'vitest'
import { sandboxProgram } from '../../program-testing'
import { queueTools } from '../sqs/testing'
import { eventually, functionMaker, makeRole, zipOf } from './testing'

const { start, kill } = sandboxProgram()

const CODE = `import { SQSClient, SendMessageCommand } from '@aws-sdk/client-sqs'
const sqs = new SQSClient({ useQueueUrlAsEndpoint: false })
export const handler = async ({ Records }) => {
  await new Promise((done) => setTimeout(done, 300))
  for (const { body } of Records) await sqs.send(new SendMessageCommand({ QueueUrl: '/111111111111/sink', MessageBody: body }))
}`

it('brings every message to the function, also those that were at work when the sandbox was killed', { timeout: 60_000 }, async () => {
  let config = await start()
  const sqs = () => new SQSClient({ ...config, useQueueUrlAsEndpoint: false })
  const tools = queueTools(sqs())
  await tools.make('sink')
  const source = await tools.make('source', { VisibilityTimeout: '2' })
  await functionMaker(new LambdaClient(config), await makeRole(config, 'r', ['AmazonSQSFullAccess']))('worker', { zip: zipOf({ 'index.mjs': CODE }), Timeout: 2 })
  await new LambdaClient(config).send(new CreateEventSourceMappingCommand({ FunctionName: 'worker', EventSourceArn: await tools.attribute(source, 'QueueArn'), BatchSize: 2 }))
  const sent = Array.from({ length: 12 }, (_, i) => `m${i}`)
  await Promise.all(sent.map((MessageBody) => sqs().send(new SendMessageCommand({ QueueUrl: source, MessageBody }))))
  await eventually(async () => (Number(await tools.attribute(source, 'ApproximateNumberOfMessagesNotVisible')) > 0 ? true : undefined))
  await kill()

  config = await start()
  const after = queueTools(sqs())
  const arrived = new Set<string>()
  const until = Date.now() + 40_000
  while (arrived.size < sent.length && Date.now() < until) {
    for (const { Body, ReceiptHandle } of await after.receive('/111111111111/sink', { MaxNumberOfMessages: 10, WaitTimeSeconds: 5 })) {
      arrived.add(Body!)
      await sqs().send(new DeleteMessageCommand({ QueueUrl: '/111111111111/sink', ReceiptHandle }))
    }
  }
  expect([...arrived].sort()).toEqual([...sent].sort())
})
