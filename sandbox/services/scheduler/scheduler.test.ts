import { IAMClient, PutRolePolicyCommand } from '@aws-sdk/client-iam'
import { CreateEventBusCommand, EventBridgeClient, PutRuleCommand, PutTargetsCommand } from '@aws-sdk/client-eventbridge'
import {
  CreateScheduleCommand,
  CreateScheduleGroupCommand,
  DeleteScheduleCommand,
  DeleteScheduleGroupCommand,
  GetScheduleCommand,
  GetScheduleGroupCommand,
  ListScheduleGroupsCommand,
  ListSchedulesCommand,
  ListTagsForResourceCommand,
  SchedulerClient,
  TagResourceCommand,
  UntagResourceCommand,
  UpdateScheduleCommand,
  type CreateScheduleInput,
} from '@aws-sdk/client-scheduler'
import { CreateQueueCommand, DeleteMessageCommand, GetQueueAttributesCommand, ReceiveMessageCommand, SetQueueAttributesCommand, SQSClient } from '@aws-sdk/client-sqs'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { startTestSandbox, type ClientConfig, type TestSandbox } from '../../testing'
import { makeRole } from '../lambda/testing'

const OFF = { Mode: 'OFF' } as const
const DAY = 86_400

let sandbox: TestSandbox
let accountId: string
let config: ClientConfig
let scheduler: SchedulerClient
let sqs: SQSClient
let role: string
let queue: { url: string; arn: string }

beforeAll(async () => {
  sandbox = await startTestSandbox()
})
afterAll(() => sandbox.remove())

// Clocks only go forward: each test has an account, and so a clock, of its own.
beforeEach(async () => {
  ;({ accountId, config } = await sandbox.newAccount())
  scheduler = new SchedulerClient(config)
  sqs = new SQSClient(config)
  role = await makeRole(config, 'scheduler', ['AmazonSQSFullAccess', 'AmazonEventBridgeFullAccess'], 'scheduler.amazonaws.com')
  queue = await makeQueue('calls')
})

async function makeQueue(name: string) {
  const { QueueUrl } = await sqs.send(new CreateQueueCommand({ QueueName: name }))
  const { Attributes } = await sqs.send(new GetQueueAttributesCommand({ QueueUrl: QueueUrl!, AttributeNames: ['QueueArn'] }))
  return { url: QueueUrl!, arn: Attributes!.QueueArn! }
}

const create = (Name: string, ScheduleExpression: string, more: Partial<CreateScheduleInput> = {}) =>
  scheduler.send(new CreateScheduleCommand({ Name, ScheduleExpression, FlexibleTimeWindow: OFF, Target: { Arn: queue.arn, RoleArn: role, Input: `{"from":"${Name}"}` }, ...more }))

const forward = (forwardSeconds: number) =>
  fetch(`${sandbox.url}/_worklab/accounts/${accountId}/clock`, { method: 'POST', headers: { authorization: `Bearer ${sandbox.adminToken}` }, body: JSON.stringify({ forwardSeconds }) })

async function received(url = queue.url, seconds = 5) {
  const { Messages = [] } = await sqs.send(new ReceiveMessageCommand({ QueueUrl: url, WaitTimeSeconds: seconds, MaxNumberOfMessages: 10, MessageAttributeNames: ['All'] }))
  for (const { ReceiptHandle } of Messages) await sqs.send(new DeleteMessageCommand({ QueueUrl: url, ReceiptHandle }))
  return Messages
}
const bodies = async (seconds?: number) => (await received(queue.url, seconds)).map(({ Body }) => Body)

describe('a schedule', () => {
  it('by rate calls its target at once, and again after its time', async () => {
    await create('often', 'rate(5 minutes)')
    expect(await bodies()).toEqual(['{"from":"often"}'])
    await forward(299 - 5)
    expect(await bodies(0)).toEqual([])
    await forward(6)
    expect(await bodies()).toEqual(['{"from":"often"}'])
  })

  it('by cron follows the clock of its time zone', async () => {
    await create('daily', 'cron(30 7 * * ? *)', { ScheduleExpressionTimezone: 'Asia/Ho_Chi_Minh', Target: { Arn: queue.arn, RoleArn: role, Input: '{"at":"<aws.scheduler.scheduled-time>","by":"<aws.scheduler.schedule-arn>"}' } })
    await forward(DAY)
    const [body] = await bodies()
    expect(JSON.parse(body!)).toEqual({ at: expect.stringMatching(/T00:30:00Z$/), by: `arn:aws:scheduler:us-east-1:${accountId}:schedule/default/daily` })
  })

  it('for once calls its target once, and goes where it is told to', async () => {
    const at = new Date(Date.now() + 3600_000).toISOString().slice(0, 19)
    await create('once', `at(${at})`, { ActionAfterCompletion: 'DELETE' })
    await create('kept', `at(${at})`)
    await forward(3601)
    const seen: (string | undefined)[] = []
    while (seen.length < 2) seen.push(...(await bodies()))
    expect(seen.sort()).toEqual(['{"from":"kept"}', '{"from":"once"}'])
    await expect(scheduler.send(new GetScheduleCommand({ Name: 'once' }))).rejects.toMatchObject({ name: 'ResourceNotFoundException' })
    expect((await scheduler.send(new GetScheduleCommand({ Name: 'kept' }))).State).toBe('ENABLED')
    await forward(DAY)
    expect(await bodies(1)).toEqual([])
  })

  it('keeps to its start and end', async () => {
    const now = Date.now()
    await create('bounded', 'rate(1 hour)', { StartDate: new Date(now + 2 * 3600_000), EndDate: new Date(now + 3.5 * 3600_000) })
    await forward(3600)
    expect(await bodies(0)).toEqual([])
    await forward(3600 + 60)
    expect(await bodies()).toHaveLength(1)
    await forward(3600)
    expect(await bodies()).toHaveLength(1)
    await forward(10 * 3600)
    expect(await bodies(1)).toEqual([])
  })

  it('that is disabled calls nobody until it is enabled', async () => {
    await create('quiet', 'rate(1 minute)', { State: 'DISABLED' })
    await forward(3600)
    expect(await bodies(0)).toEqual([])
    await scheduler.send(new UpdateScheduleCommand({ Name: 'quiet', ScheduleExpression: 'rate(1 minute)', FlexibleTimeWindow: OFF, Target: { Arn: queue.arn, RoleArn: role } }))
    await forward(61)
    const [event] = await bodies()
    expect(JSON.parse(event!)).toMatchObject({ 'detail-type': 'Scheduled Event', source: 'aws.scheduler', detail: '{}' })
  })

  it('calls within its flexible window', async () => {
    await create('loose', 'rate(1 hour)', { FlexibleTimeWindow: { Mode: 'FLEXIBLE', MaximumWindowInMinutes: 15 } })
    await forward(15 * 60)
    expect(await bodies()).toHaveLength(1)
    await forward(3600 + 60)
    expect(await bodies()).toHaveLength(1)
  })

  it('puts an event on a bus', async () => {
    const events = new EventBridgeClient(config)
    await events.send(new CreateEventBusCommand({ Name: 'shop' }))
    const { RuleArn } = await events.send(new PutRuleCommand({ Name: 'open', EventBusName: 'shop', EventPattern: '{"source":["clock"]}' }))
    const statement = { Effect: 'Allow', Principal: { Service: 'events.amazonaws.com' }, Action: 'sqs:SendMessage', Resource: queue.arn, Condition: { ArnEquals: { 'aws:SourceArn': RuleArn } } }
    await sqs.send(new SetQueueAttributesCommand({ QueueUrl: queue.url, Attributes: { Policy: JSON.stringify({ Version: '2012-10-17', Statement: [statement] }) } }))
    await events.send(new PutTargetsCommand({ Rule: 'open', EventBusName: 'shop', Targets: [{ Id: 'q', Arn: queue.arn }] }))
    const target = { Arn: `arn:aws:events:us-east-1:${accountId}:event-bus/shop`, RoleArn: role, Input: '{"open":true}', EventBridgeParameters: { DetailType: 'Shop opens', Source: 'clock' } }
    await create('opening', 'rate(1 day)', { Target: target })
    expect(JSON.parse((await bodies())[0]!)).toMatchObject({ source: 'clock', 'detail-type': 'Shop opens', detail: { open: true } })
  })

  it('whose role may not call the target ends in the dead-letter queue', async () => {
    const weak = await makeRole(config, 'weak', [], 'scheduler.amazonaws.com')
    const dead = await makeQueue('dead')
    const policy = JSON.stringify({ Version: '2012-10-17', Statement: [{ Effect: 'Allow', Action: 'sqs:SendMessage', Resource: dead.arn }] })
    await new IAMClient(config).send(new PutRolePolicyCommand({ RoleName: 'weak', PolicyName: 'dead-letters', PolicyDocument: policy }))
    await create('denied', 'rate(1 day)', { Target: { Arn: queue.arn, RoleArn: weak, Input: '{"n":1}', DeadLetterConfig: { Arn: dead.arn } } })
    const [letter] = await received(dead.url)
    expect(letter!.Body).toBe('{"n":1}')
    expect(letter!.MessageAttributes).toMatchObject({ ERROR_CODE: { StringValue: 'NO_PERMISSIONS' }, SCHEDULE_ARN: { StringValue: `arn:aws:scheduler:us-east-1:${accountId}:schedule/default/denied` } })
  })

  it('is told as it was made, and an update puts what it leaves out back to its default', async () => {
    await create('told', 'cron(0 9 ? * MON-FRI *)', { Description: 'Every working day', ScheduleExpressionTimezone: 'Europe/Berlin', State: 'DISABLED', ActionAfterCompletion: 'NONE' })
    expect(await scheduler.send(new GetScheduleCommand({ Name: 'told' }))).toMatchObject({
      GroupName: 'default',
      ScheduleExpression: 'cron(0 9 ? * MON-FRI *)',
      ScheduleExpressionTimezone: 'Europe/Berlin',
      Description: 'Every working day',
      State: 'DISABLED',
      FlexibleTimeWindow: { Mode: 'OFF' },
      Target: { Arn: queue.arn, RoleArn: role, Input: '{"from":"told"}', RetryPolicy: { MaximumRetryAttempts: 185, MaximumEventAgeInSeconds: 86_400 } },
    })
    await scheduler.send(new UpdateScheduleCommand({ Name: 'told', ScheduleExpression: 'rate(1 day)', State: 'DISABLED', FlexibleTimeWindow: OFF, Target: { Arn: queue.arn, RoleArn: role } }))
    const after = await scheduler.send(new GetScheduleCommand({ Name: 'told' }))
    expect([after.Description, after.ScheduleExpressionTimezone, after.Target!.Input]).toEqual([undefined, 'UTC', undefined])
  })
})

describe('groups', () => {
  it('hold schedules, are listed by pages, bear tags, and take their schedules with them', async () => {
    const { ScheduleGroupArn: arn } = await scheduler.send(new CreateScheduleGroupCommand({ Name: 'nightly', Tags: [{ Key: 'team', Value: 'shop' }] }))
    for (const name of ['a', 'b', 'c']) await create(name, 'rate(1 day)', { GroupName: 'nightly', State: 'DISABLED' })
    await create('a', 'rate(1 day)', { State: 'DISABLED' })
    const first = await scheduler.send(new ListSchedulesCommand({ GroupName: 'nightly', MaxResults: 2 }))
    const second = await scheduler.send(new ListSchedulesCommand({ GroupName: 'nightly', MaxResults: 2, NextToken: first.NextToken! }))
    expect([...first.Schedules!, ...second.Schedules!].map(({ Name }) => Name)).toEqual(['a', 'b', 'c'])
    expect((await scheduler.send(new ListSchedulesCommand({ NamePrefix: 'a' }))).Schedules!.map(({ GroupName }) => GroupName)).toEqual(['default', 'nightly'])
    expect((await scheduler.send(new ListScheduleGroupsCommand({}))).ScheduleGroups!.map(({ Name }) => Name)).toEqual(['default', 'nightly'])
    await scheduler.send(new TagResourceCommand({ ResourceArn: arn!, Tags: [{ Key: 'env', Value: 'dev' }] }))
    await scheduler.send(new UntagResourceCommand({ ResourceArn: arn!, TagKeys: ['team'] }))
    expect((await scheduler.send(new ListTagsForResourceCommand({ ResourceArn: arn! }))).Tags).toEqual([{ Key: 'env', Value: 'dev' }])
    await scheduler.send(new DeleteScheduleGroupCommand({ Name: 'nightly' }))
    await expect(scheduler.send(new GetScheduleGroupCommand({ Name: 'nightly' }))).rejects.toMatchObject({ name: 'ResourceNotFoundException' })
    expect((await scheduler.send(new ListSchedulesCommand({}))).Schedules!.map(({ Name, GroupName }) => `${GroupName}/${Name}`)).toEqual(['default/a'])
    await scheduler.send(new DeleteScheduleCommand({ Name: 'a' }))
  })
})

describe('refusals', () => {
  it.each([
    ['an expression that is none', { ScheduleExpression: 'hourly' }, 'Invalid Schedule Expression hourly'],
    ['a time that is past', { ScheduleExpression: 'at(2020-01-01T00:00:00)' }, 'in the past'],
    ['a time zone that is none', { ScheduleExpressionTimezone: 'Asia/Hanoi2' }, 'ScheduleExpressionTimezone Asia/Hanoi2'],
    ['a window without its length', { FlexibleTimeWindow: { Mode: 'FLEXIBLE' } }, 'MaximumWindowInMinutes'],
    ['an end before the start', { StartDate: new Date(Date.now() + 2e6), EndDate: new Date(Date.now() + 1e6) }, 'EndDate'],
  ] as [string, Partial<CreateScheduleInput>, string][])('%s', async (_what, more, says) => {
    await expect(create('wrong', 'rate(1 day)', more)).rejects.toMatchObject({ name: 'ValidationException', message: expect.stringContaining(says) })
  })

  it('a role that Scheduler cannot assume, and a target of no service here', async () => {
    const other = await makeRole(config, 'other', [])
    await expect(create('wrong', 'rate(1 day)', { Target: { Arn: queue.arn, RoleArn: other } })).rejects.toThrow('must allow AWS EventBridge Scheduler to assume the role')
    await expect(create('wrong', 'rate(1 day)', { Target: { Arn: 'arn:aws:scheduler:::aws-sdk:ec2:stopInstances', RoleArn: role } })).rejects.toMatchObject({ name: 'ValidationException' })
  })

  it('a second one of the same name', async () => {
    await create('twice', 'rate(1 day)')
    await expect(create('twice', 'rate(1 day)')).rejects.toMatchObject({ name: 'ConflictException' })
  })
})
