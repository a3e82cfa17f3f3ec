import { EventBridgeClient, PutEventsCommand, PutRuleCommand, PutTargetsCommand } from '@aws-sdk/client-eventbridge'
import { CreateScheduleCommand, SchedulerClient } from '@aws-sdk/client-scheduler'
import { CreateQueueCommand, DeleteMessageBatchCommand, ReceiveMessageCommand, SetQueueAttributesCommand, SQSClient } from '@aws-sdk/client-sqs'
import { expect, it } from 'vitest'
import { sandboxProgram } from '../../program-testing'
import type { ClientConfig } from '../../testing'
import { makeRole } from '../lambda/testing'

const ACCOUNT = '111111111111'
const QUEUE = `arn:aws:sqs:us-east-1:${ACCOUNT}:inbox`

const program = sandboxProgram()

async function makeQueue(config: ClientConfig): Promise<void> {
  const statement = { Effect: 'Allow', Principal: { Service: 'events.amazonaws.com' }, Action: 'sqs:SendMessage', Resource: QUEUE }
  const sqs = new SQSClient(config)
  const { QueueUrl } = await sqs.send(new CreateQueueCommand({ QueueName: 'inbox' }))
  await sqs.send(new SetQueueAttributesCommand({ QueueUrl: QueueUrl!, Attributes: { Policy: JSON.stringify({ Version: '2012-10-17', Statement: [statement] }) } }))
}

/** Takes all messages of the queue until so many are there, or none comes for three seconds. */
async function drain(config: ClientConfig, count: number): Promise<any[]> {
  const sqs = new SQSClient(config)
  const QueueUrl = `${config.endpoint}/${ACCOUNT}/inbox`
  const found: any[] = []
  while (found.length < count) {
    const { Messages = [] } = await sqs.send(new ReceiveMessageCommand({ QueueUrl, MaxNumberOfMessages: 10, WaitTimeSeconds: 3 }))
    if (Messages.length === 0) break
    found.push(...Messages.map(({ Body }) => JSON.parse(Body!) as unknown))
    await sqs.send(new DeleteMessageBatchCommand({ QueueUrl, Entries: Messages.map(({ MessageId, ReceiptHandle }) => ({ Id: MessageId, ReceiptHandle })) }))
  }
  return found
}

it('delivers each event that it accepted at least once, though it is killed in the middle', { timeout: 60_000 }, async () => {
  let config = await program.start()
  await makeQueue(config)
  const events = new EventBridgeClient(config)
  await events.send(new PutRuleCommand({ Name: 'all', EventPattern: '{"source":["storm"]}' }))
  await events.send(new PutTargetsCommand({ Rule: 'all', Targets: [{ Id: 'inbox', Arn: QUEUE }] }))
  const accepted = new Set<string>()
  const work = async (worker: number) => {
    for (let i = 0; ; i += 1) {
      const entry = (n: number) => ({ Source: 'storm', DetailType: 'x', Detail: JSON.stringify({ worker, i, n }) })
      const { Entries } = await events.send(new PutEventsCommand({ Entries: [0, 1, 2].map(entry) }))
      for (const { EventId } of Entries!) accepted.add(EventId!)
    }
  }
  const workers = [0, 1, 2, 3].map((worker) => work(worker).catch(() => {}))
  while (accepted.size < 300) await new Promise((resolve) => setTimeout(resolve, 5))
  await program.kill()
  await Promise.all(workers)
  config = await program.start()
  const delivered = new Set((await drain(config, Infinity)).map(({ id }) => id as string))
  expect([...accepted].filter((id) => !delivered.has(id))).toEqual([])
})

it('runs a schedule whose time came while it was down', { timeout: 60_000 }, async () => {
  let config = await program.start()
  await makeQueue(config)
  const role = await makeRole(config, 'scheduler', ['AmazonSQSFullAccess'], 'scheduler.amazonaws.com')
  const at = new Date(Date.now() + 2000).toISOString().slice(0, 19)
  await new SchedulerClient(config).send(new CreateScheduleCommand({ Name: 'once', ScheduleExpression: `at(${at})`, FlexibleTimeWindow: { Mode: 'OFF' }, Target: { Arn: QUEUE, RoleArn: role, Input: '{"hello":1}' } }))
  await program.kill()
  await new Promise((resolve) => setTimeout(resolve, 2000))
  config = await program.start()
  expect(await drain(config, 1)).toEqual([{ hello: 1 }])
})
