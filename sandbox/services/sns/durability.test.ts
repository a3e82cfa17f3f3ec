import { CreateEventSourceMappingCommand, CreateFunctionCommand, LambdaClient } from '@aws-sdk/client-lambda'
import { CreateTopicCommand, PublishCommand, SNSClient, SubscribeCommand } from '@aws-sdk/client-sns'
import { SQSClient } from '@aws-sdk/client-sqs'
import { expect, it } from 'vitest'
import { sandboxProgram } from '../../program-testing'
import { handlerZip, makeRole } from '../lambda/testing'
import { topicTools } from './testing'

const ACCOUNT = '111111111111'
const program = sandboxProgram()

it('loses no message on its way from a topic through a queue to a function when it is killed', { timeout: 120_000 }, async () => {
  const clientsOf = async () => {
    const config = await program.start()
    return { config, sns: new SNSClient(config), sqs: new SQSClient({ ...config, useQueueUrlAsEndpoint: false }), lambda: new LambdaClient(config) }
  }
  const { config, sns, sqs, lambda } = await clientsOf()
  const tools = topicTools(sns, sqs, () => ACCOUNT)
  const TopicArn = await tools.topic('orders')
  await tools.queue('work', { VisibilityTimeout: '4' })
  for (const name of ['copy', 'done']) await tools.queue(name)
  for (const name of ['work', 'copy']) await tools.subscribe(TopicArn, name, { RawMessageDelivery: 'true' })
  // The function hands on what it got to another topic, and that one to the last queue.
  const { TopicArn: handled } = await sns.send(new CreateTopicCommand({ Name: 'handled' }))
  await sns.send(new SubscribeCommand({ TopicArn: handled, Protocol: 'sqs', Endpoint: tools.queueArn('done'), Attributes: { RawMessageDelivery: 'true' } }))
  const Role = await makeRole(config, 'worker', ['AmazonSQSFullAccess', 'AmazonSNSFullAccess'])
  const code = `async (event) => { const { SNSClient, PublishCommand } = await import('@aws-sdk/client-sns'); const sns = new SNSClient({}); for (const { body } of event.Records) await sns.send(new PublishCommand({ TopicArn: process.env.HANDLED, Message: body })) }`
  await lambda.send(new CreateFunctionCommand({ FunctionName: 'worker', Runtime: 'nodejs22.x', Handler: 'index.handler', Role, Timeout: 3, Code: { ZipFile: handlerZip(code) }, Environment: { Variables: { HANDLED: handled! } } }))
  await lambda.send(new CreateEventSourceMappingCommand({ FunctionName: 'worker', EventSourceArn: tools.queueArn('work'), BatchSize: 10 }))

  const sent = new Set<string>()
  const publishers = [0, 1, 2, 3].map(async (publisher) => {
    for (let i = 0; ; i++) {
      const Message = `${publisher}-${i}`
      await sns.send(new PublishCommand({ TopicArn, Message }))
      sent.add(Message)
    }
  })
  const stopped = Promise.allSettled(publishers)
  while (sent.size < 200) await new Promise((resolve) => setTimeout(resolve, 5))
  await program.kill()
  await stopped

  const after = topicTools(sns, (await clientsOf()).sqs, () => ACCOUNT)
  for (const name of ['copy', 'done']) {
    const seen = new Set<string>()
    while ([...sent].some((message) => !seen.has(message))) {
      for (const { Body } of await after.take(`/${ACCOUNT}/${name}`).catch(() => [])) seen.add(Body!)
    }
    expect([...sent].filter((message) => !seen.has(message))).toEqual([])
  }
})
