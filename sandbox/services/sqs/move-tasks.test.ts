import {
  CancelMessageMoveTaskCommand,
  ListMessageMoveTasksCommand,
  SendMessageCommand,
  SQSClient,
  StartMessageMoveTaskCommand,
  type ListMessageMoveTasksResultEntry,
} from '@aws-sdk/client-sqs'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { awsCli, awsCliVersion } from '../../aws-cli-testing'
import { sandboxProgram } from '../../program-testing'
import { startTestSandbox, type TestSandbox } from '../../testing'
import { queueTools } from './testing'

let sandbox: TestSandbox
let sqs: SQSClient
beforeAll(async () => {
  sandbox = await startTestSandbox()
  sqs = new SQSClient(sandbox.learner)
})
afterAll(() => sandbox.remove())

/** A queue with so many messages in its dead-letter queue. */
async function withDeadLetters(client: SQSClient, name: string, many: number) {
  const tools = queueTools(client)
  const dead = await tools.make(`${name}-dead`)
  const SourceArn = await tools.attribute(dead, 'QueueArn')
  const queue = await tools.make(name, { RedrivePolicy: JSON.stringify({ deadLetterTargetArn: SourceArn, maxReceiveCount: 1 }) })
  for (let i = 0; i < many; i++) await client.send(new SendMessageCommand({ QueueUrl: queue, MessageBody: String(i) }))
  for (let left = many; left > 0; ) left -= (await tools.receive(queue, { VisibilityTimeout: 0, MaxNumberOfMessages: 10 })).length
  while ((await tools.attribute(dead, 'ApproximateNumberOfMessages')) !== String(many)) await tools.receive(queue, { VisibilityTimeout: 0, MaxNumberOfMessages: 10 })
  const list = async () => (await client.send(new ListMessageMoveTasksCommand({ SourceArn, MaxResults: 10 }))).Results!
  /** The latest task, once it is as asked. */
  const latest = async (is: (task: ListMessageMoveTasksResultEntry) => boolean) => {
    for (;;) {
      const [task] = await list()
      if (task && is(task)) return task
      await new Promise((resolve) => setTimeout(resolve, 20))
    }
  }
  return { tools, dead, queue, SourceArn, list, latest, left: async () => Number(await tools.attribute(dead, 'ApproximateNumberOfMessages')) }
}
const isOver = ({ Status }: ListMessageMoveTasksResultEntry) => Status !== 'RUNNING'

it('moves dead letters back to the queue that they came from, as new messages', async () => {
  const { queue, SourceArn, tools, latest, left } = await withDeadLetters(sqs, 'back', 12)
  const { TaskHandle } = await sqs.send(new StartMessageMoveTaskCommand({ SourceArn }))
  expect(JSON.parse(Buffer.from(TaskHandle!, 'base64').toString())).toMatchObject({ sourceArn: SourceArn })
  expect(await latest(isOver)).toEqual({ Status: 'COMPLETED', SourceArn, ApproximateNumberOfMessagesMoved: 12, ApproximateNumberOfMessagesToMove: 12, StartedTimestamp: expect.any(Number) })
  expect(await left()).toBe(0)
  const [message] = await tools.receive(queue, { MessageSystemAttributeNames: ['All'] })
  expect(message!.Attributes).toMatchObject({ ApproximateReceiveCount: '1' })
  expect(message!.Attributes).not.toHaveProperty('DeadLetterQueueSourceArn')
  await expect(sqs.send(new CancelMessageMoveTaskCommand({ TaskHandle }))).rejects.toMatchObject({ name: 'UnsupportedOperation' })
})

it('keeps to the rate, lets only one task at a queue, and stops where it is cancelled', async () => {
  const { SourceArn, tools, latest, left, list } = await withDeadLetters(sqs, 'slow', 5)
  const DestinationArn = await tools.attribute(await tools.make('elsewhere'), 'QueueArn')
  const { TaskHandle } = await sqs.send(new StartMessageMoveTaskCommand({ SourceArn, DestinationArn, MaxNumberOfMessagesPerSecond: 2 }))
  expect(await latest(({ ApproximateNumberOfMessagesMoved }) => ApproximateNumberOfMessagesMoved === 2)).toMatchObject({ Status: 'RUNNING', TaskHandle, DestinationArn, MaxNumberOfMessagesPerSecond: 2 })
  await expect(sqs.send(new StartMessageMoveTaskCommand({ SourceArn }))).rejects.toMatchObject({ name: 'UnsupportedOperation', message: expect.stringContaining('already a task running') })
  expect((await sqs.send(new CancelMessageMoveTaskCommand({ TaskHandle }))).ApproximateNumberOfMessagesMoved).toBe(2)
  expect(await left()).toBe(3)
  expect(await list()).toMatchObject([{ Status: 'CANCELLED', ApproximateNumberOfMessagesMoved: 2 }])
})

it('fails at a message that never was in another queue', async () => {
  const { dead, SourceArn, latest } = await withDeadLetters(sqs, 'unknown', 1)
  await sqs.send(new SendMessageCommand({ QueueUrl: dead, MessageBody: 'put here by hand' }))
  await sqs.send(new StartMessageMoveTaskCommand({ SourceArn }))
  expect(await latest(isOver)).toMatchObject({ Status: 'FAILED', FailureReason: 'CouldNotDetermineMessageSource', ApproximateNumberOfMessagesMoved: 1 })
})

it('moves from dead-letter queues only, at a rate of at most 500', async () => {
  const SourceArn = await queueTools(sqs).attribute(await queueTools(sqs).make('plain'), 'QueueArn')
  await expect(sqs.send(new StartMessageMoveTaskCommand({ SourceArn }))).rejects.toMatchObject({ message: 'Source queue must be configured as a Dead Letter Queue.' })
  await expect(sqs.send(new StartMessageMoveTaskCommand({ SourceArn, MaxNumberOfMessagesPerSecond: 501 }))).rejects.toThrow('MaxNumberOfMessagesPerSecond')
})

it.runIf(awsCliVersion)('is the same by the AWS CLI', { timeout: 60_000 }, async () => {
  const aws = (...args: string[]) => awsCli(sandbox.learner, ['sqs', ...args, '--endpoint-url', sandbox.url])
  const { SourceArn, latest } = await withDeadLetters(sqs, 'cli', 1)
  expect(await aws('start-message-move-task', '--source-arn', SourceArn)).toHaveProperty('TaskHandle')
  await latest(isOver)
  expect((await aws('list-message-move-tasks', '--source-arn', SourceArn)).Results).toMatchObject([{ Status: 'COMPLETED', ApproximateNumberOfMessagesMoved: 1 }])
})

const program = sandboxProgram()

it('goes on after a kill, and loses nothing', { timeout: 60_000 }, async () => {
  const before = new SQSClient({ ...(await program.start()), useQueueUrlAsEndpoint: false })
  const { queue, SourceArn, latest } = await withDeadLetters(before, 'killed', 4)
  await before.send(new StartMessageMoveTaskCommand({ SourceArn, MaxNumberOfMessagesPerSecond: 2 }))
  await latest(({ ApproximateNumberOfMessagesMoved }) => ApproximateNumberOfMessagesMoved === 2)
  await program.kill()
  const after = new SQSClient({ ...(await program.start()), useQueueUrlAsEndpoint: false })
  for (;;) {
    const { Results } = await after.send(new ListMessageMoveTasksCommand({ SourceArn }))
    if (isOver(Results![0]!)) break
    await new Promise((resolve) => setTimeout(resolve, 50))
  }
  expect((await queueTools(after).receive(queue, { MaxNumberOfMessages: 10 })).map(({ Body }) => Body).sort()).toEqual(['0', '1', '2', '3'])
})
