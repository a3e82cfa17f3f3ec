import { CreateEventBusCommand, DescribeRuleCommand, EventBridgeClient, ListTargetsByRuleCommand, PutEventsCommand, PutRuleCommand, PutTargetsCommand, type Target } from '@aws-sdk/client-eventbridge'
import { AddPermissionCommand, LambdaClient } from '@aws-sdk/client-lambda'
import { CreateQueueCommand, GetQueueAttributesCommand, ReceiveMessageCommand, SetQueueAttributesCommand, SQSClient } from '@aws-sdk/client-sqs'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { startTestSandbox, type ClientConfig, type TestSandbox } from '../../testing'
import { eventually, functionMaker, handlerZip, makeRole } from '../lambda/testing'

let sandbox: TestSandbox
let events: EventBridgeClient
let sqs: SQSClient
beforeAll(async () => {
  sandbox = await startTestSandbox()
  events = new EventBridgeClient(sandbox.learner)
  sqs = new SQSClient(sandbox.learner)
})
afterAll(() => sandbox.remove())

/** A queue that a rule may send to. */
async function makeQueue(name: string, config: ClientConfig = sandbox.learner): Promise<{ url: string; arn: string; open(sourceArn: string): Promise<void> }> {
  const client = new SQSClient(config)
  const { QueueUrl: url } = await client.send(new CreateQueueCommand({ QueueName: name, ...(name.endsWith('.fifo') ? { Attributes: { FifoQueue: 'true', ContentBasedDeduplication: 'true' } } : {}) }))
  const { Attributes } = await client.send(new GetQueueAttributesCommand({ QueueUrl: url!, AttributeNames: ['QueueArn'] }))
  const arn = Attributes!.QueueArn!
  const open = async (sourceArn: string) => {
    const statement = { Effect: 'Allow', Principal: { Service: 'events.amazonaws.com' }, Action: 'sqs:SendMessage', Resource: arn, Condition: { ArnEquals: { 'aws:SourceArn': sourceArn } } }
    await client.send(new SetQueueAttributesCommand({ QueueUrl: url!, Attributes: { Policy: JSON.stringify({ Version: '2012-10-17', Statement: [statement] }) } }))
  }
  return { url: url!, arn, open }
}

async function receive(url: string): Promise<{ body: any; attributes: Record<string, string> } | undefined> {
  const { Messages } = await sqs.send(new ReceiveMessageCommand({ QueueUrl: url, WaitTimeSeconds: 5, MessageAttributeNames: ['All'] }))
  if (!Messages?.[0]) return undefined
  const attributes = Object.entries(Messages[0].MessageAttributes ?? {}).map(([name, { StringValue }]) => [name, StringValue!])
  return { body: JSON.parse(Messages[0].Body!), attributes: Object.fromEntries(attributes) as Record<string, string> }
}

async function makeRule(name: string, pattern: object, target: (ruleArn: string) => Promise<Partial<Target> & { Arn: string }>, bus?: string): Promise<string> {
  const place = bus === undefined ? {} : { EventBusName: bus }
  const { RuleArn } = await events.send(new PutRuleCommand({ Name: name, EventPattern: JSON.stringify(pattern), ...place }))
  await events.send(new PutTargetsCommand({ Rule: name, Targets: [{ Id: 'one', ...(await target(RuleArn!)) }], ...place }))
  return RuleArn!
}

const put = (detail: object, more: { Source?: string; DetailType?: string; EventBusName?: string } = {}) =>
  events.send(new PutEventsCommand({ Entries: [{ Source: 'bookshop', DetailType: 'Order placed', Detail: JSON.stringify(detail), ...more }] }))

describe('events', () => {
  it('reach the targets of the rules that they match, and no others', async () => {
    const queue = await makeQueue('orders')
    await makeRule('large-orders', { source: ['bookshop'], detail: { total: [{ numeric: ['>', 100] }] } }, async (rule) => (await queue.open(rule), { Arn: queue.arn }))
    expect(await put({ total: 5 })).toMatchObject({ FailedEntryCount: 0 })
    const { Entries } = await put({ total: 500 })
    expect((await receive(queue.url))!.body).toEqual({
      version: '0',
      id: Entries![0]!.EventId,
      'detail-type': 'Order placed',
      source: 'bookshop',
      account: sandbox.accountId,
      time: expect.stringMatching(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ$/),
      region: 'us-east-1',
      resources: [],
      detail: { total: 500 },
    })
    const { Attributes } = await sqs.send(new GetQueueAttributesCommand({ QueueUrl: queue.url, AttributeNames: ['ApproximateNumberOfMessages'] }))
    expect(Attributes!.ApproximateNumberOfMessages).toBe('0')
  })

  it('run a function once it lets EventBridge in', async () => {
    const lambda = new LambdaClient(sandbox.learner)
    const queue = await makeQueue('handled')
    const role = await makeRole(sandbox.learner, 'handler', ['service-role/AWSLambdaBasicExecutionRole', 'AmazonSQSFullAccess'])
    const zip = handlerZip(`async (event) => {
      const { SQSClient, SendMessageCommand } = require('@aws-sdk/client-sqs')
      await new SQSClient({}).send(new SendMessageCommand({ QueueUrl: process.env.QUEUE, MessageBody: JSON.stringify(event.detail) }))
    }`)
    await functionMaker(lambda, role)('on-order', { zip, Timeout: 10, Environment: { Variables: { QUEUE: queue.url } } })
    const functionArn = `arn:aws:lambda:us-east-1:${sandbox.accountId}:function:on-order`
    const rule = await makeRule('run', { source: ['lambda-orders'] }, () => Promise.resolve({ Arn: functionArn }))
    await put({ n: 1 }, { Source: 'lambda-orders' })
    await lambda.send(new AddPermissionCommand({ FunctionName: 'on-order', StatementId: 'events', Action: 'lambda:InvokeFunction', Principal: 'events.amazonaws.com', SourceArn: rule }))
    await put({ n: 2 }, { Source: 'lambda-orders' })
    expect((await receive(queue.url))!.body).toEqual({ n: 2 })
  })

  it('that cannot be delivered end in the dead-letter queue, and say why', async () => {
    const [closed, dead] = [await makeQueue('closed'), await makeQueue('dead')]
    const rule = await makeRule('undeliverable', { source: ['lost'] }, async (ruleArn) => (await dead.open(ruleArn), { Arn: closed.arn, DeadLetterConfig: { Arn: dead.arn } }))
    await put({ n: 1 }, { Source: 'lost' })
    const letter = (await receive(dead.url))!
    expect(letter.body.detail).toEqual({ n: 1 })
    expect(letter.attributes).toMatchObject({ RULE_ARN: rule, TARGET_ARN: closed.arn, ERROR_CODE: 'NO_PERMISSIONS', RETRY_ATTEMPTS: '0' })
  })

  it.each([
    ['a constant', { Input: '{"fixed":true}' }, { fixed: true }],
    ['a part', { InputPath: '$.detail.book' }, { title: 'Số đỏ', pages: 300 }],
    [
      'a template',
      { InputTransformer: { InputPathsMap: { title: '$.detail.book.title', pages: '$.detail.book.pages', none: '$.detail.nothing' }, InputTemplate: '{"say":"<title> by <aws.events.rule-name>","pages":<pages>,"title":<title>,"missing":"<none>","left":"<other>"}' } },
      { say: 'Số đỏ by shaped', pages: 300, title: 'Số đỏ', missing: '', left: '<other>' },
    ],
  ])('are shaped by %s', async (_what, shape, expected) => {
    const queue = await makeQueue(`shaped-${Object.keys(shape)[0]}`)
    await makeRule('shaped', { source: ['shape'] }, async (rule) => (await queue.open(rule), { Arn: queue.arn, ...shape }))
    await put({ book: { title: 'Số đỏ', pages: 300 } }, { Source: 'shape' })
    expect((await receive(queue.url))!.body).toEqual(expected)
  })

  it('go on to another bus by a role, and keep to the bus that they are put on', async () => {
    await events.send(new CreateEventBusCommand({ Name: 'archive' }))
    const queue = await makeQueue('archived')
    await makeRule('from-archive', { source: ['forward'] }, async (rule) => (await queue.open(rule), { Arn: queue.arn }), 'archive')
    await put({ n: 1 }, { Source: 'forward' })
    const role = await makeRole(sandbox.learner, 'forwarder', ['AmazonEventBridgeFullAccess'], 'events.amazonaws.com')
    await makeRule('to-archive', { source: ['forward'] }, () => Promise.resolve({ Arn: `arn:aws:events:us-east-1:${sandbox.accountId}:event-bus/archive`, RoleArn: role }))
    await put({ n: 2 }, { Source: 'forward' })
    expect((await receive(queue.url))!.body.detail).toEqual({ n: 2 })
  })

  it('with something wrong are refused one by one', async () => {
    const { FailedEntryCount, Entries } = await events.send(
      new PutEventsCommand({
        Entries: [
          { Source: 'bookshop', DetailType: 'x', Detail: '{}' },
          { Source: 'bookshop', DetailType: 'x', Detail: 'no JSON' },
          { Source: 'bookshop', Detail: '{}' },
          { Source: 'aws.s3', DetailType: 'x', Detail: '{}' },
        ],
      }),
    )
    expect(FailedEntryCount).toBe(3)
    expect(Entries!.map(({ ErrorCode }) => ErrorCode)).toEqual([undefined, 'MalformedDetail', 'InvalidArgument', 'NotAuthorizedForSource'])
  })
})

describe('schedules of rules', () => {
  it('fire when their time comes, also where the clock jumps over it', async () => {
    const queue = await makeQueue('ticks')
    const { RuleArn } = await events.send(new PutRuleCommand({ Name: 'nightly', ScheduleExpression: 'cron(0 18 * * ? *)' }))
    await queue.open(RuleArn!)
    await events.send(new PutTargetsCommand({ Rule: 'nightly', Targets: [{ Id: 'one', Arn: queue.arn }] }))
    await fetch(`${sandbox.url}/_worklab/accounts/${sandbox.accountId}/clock`, { method: 'POST', headers: { authorization: `Bearer ${sandbox.adminToken}` }, body: '{"forwardSeconds":86400}' })
    const event = (await eventually(() => receive(queue.url)))!.body
    expect(event).toMatchObject({ 'detail-type': 'Scheduled Event', source: 'aws.events', resources: [RuleArn], detail: {} })
    expect(event.time).toMatch(/T18:00:00Z$/)
    expect((await events.send(new DescribeRuleCommand({ Name: 'nightly' }))).ScheduleExpression).toBe('cron(0 18 * * ? *)')
    expect((await events.send(new ListTargetsByRuleCommand({ Rule: 'nightly' }))).Targets).toEqual([{ Id: 'one', Arn: queue.arn }])
  })
})
