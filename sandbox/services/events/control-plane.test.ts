import {
  CreateEventBusCommand,
  DeleteEventBusCommand,
  DeleteRuleCommand,
  DescribeEventBusCommand,
  DescribeRuleCommand,
  DisableRuleCommand,
  EnableRuleCommand,
  EventBridgeClient,
  ListEventBusesCommand,
  ListRuleNamesByTargetCommand,
  ListRulesCommand,
  ListTagsForResourceCommand,
  ListTargetsByRuleCommand,
  PutEventsCommand,
  PutPermissionCommand,
  PutRuleCommand,
  PutTargetsCommand,
  RemovePermissionCommand,
  RemoveTargetsCommand,
  TagResourceCommand,
  TestEventPatternCommand,
  UntagResourceCommand,
  UpdateEventBusCommand,
} from '@aws-sdk/client-eventbridge'
import { CreateUserCommand, CreateAccessKeyCommand, IAMClient, PutUserPolicyCommand } from '@aws-sdk/client-iam'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { startTestSandbox, type TestSandbox } from '../../testing'

const PATTERN = '{"source":["bookshop"]}'

let sandbox: TestSandbox
let events: EventBridgeClient
beforeAll(async () => {
  sandbox = await startTestSandbox()
  events = new EventBridgeClient(sandbox.learner)
})
afterAll(() => sandbox.remove())

const queueArn = (name: string) => `arn:aws:sqs:us-east-1:${sandbox.accountId}:${name}`

describe('rules', () => {
  it('are made, changed, turned off and on, listed by pages and deleted', async () => {
    const { RuleArn } = await events.send(new PutRuleCommand({ Name: 'orders', EventPattern: PATTERN, Description: 'All orders', Tags: [{ Key: 'team', Value: 'shop' }] }))
    expect(RuleArn).toBe(`arn:aws:events:us-east-1:${sandbox.accountId}:rule/orders`)
    expect(await events.send(new DescribeRuleCommand({ Name: 'orders' }))).toMatchObject({ Name: 'orders', Arn: RuleArn, EventPattern: PATTERN, State: 'ENABLED', Description: 'All orders', EventBusName: 'default', CreatedBy: sandbox.accountId })
    await events.send(new DisableRuleCommand({ Name: 'orders' }))
    expect((await events.send(new DescribeRuleCommand({ Name: 'orders' }))).State).toBe('DISABLED')
    await events.send(new EnableRuleCommand({ Name: 'orders' }))
    await events.send(new PutRuleCommand({ Name: 'orders', EventPattern: '{"source":["other"]}' }))
    expect(await events.send(new DescribeRuleCommand({ Name: 'orders' }))).toMatchObject({ State: 'ENABLED', EventPattern: '{"source":["other"]}' })
    expect(await events.send(new DescribeRuleCommand({ Name: 'orders' }))).not.toHaveProperty('Description')
    expect((await events.send(new ListTagsForResourceCommand({ ResourceARN: RuleArn! }))).Tags).toEqual([{ Key: 'team', Value: 'shop' }])
    await events.send(new TagResourceCommand({ ResourceARN: RuleArn!, Tags: [{ Key: 'env', Value: 'dev' }] }))
    await events.send(new UntagResourceCommand({ ResourceARN: RuleArn!, TagKeys: ['team'] }))
    expect((await events.send(new ListTagsForResourceCommand({ ResourceARN: RuleArn! }))).Tags).toEqual([{ Key: 'env', Value: 'dev' }])
    for (const name of ['a', 'b', 'c']) await events.send(new PutRuleCommand({ Name: `list-${name}`, ScheduleExpression: 'rate(1 day)' }))
    const first = await events.send(new ListRulesCommand({ NamePrefix: 'list-', Limit: 2 }))
    const second = await events.send(new ListRulesCommand({ NamePrefix: 'list-', Limit: 2, NextToken: first.NextToken! }))
    expect([...first.Rules!, ...second.Rules!].map(({ Name }) => Name)).toEqual(['list-a', 'list-b', 'list-c'])
    expect(second.NextToken).toBeUndefined()
    await events.send(new DeleteRuleCommand({ Name: 'orders' }))
    await expect(events.send(new DescribeRuleCommand({ Name: 'orders' }))).rejects.toMatchObject({ name: 'ResourceNotFoundException', message: 'Rule orders does not exist on EventBus default.' })
    // As on AWS, what is gone may be deleted again.
    await events.send(new DeleteRuleCommand({ Name: 'orders' }))
  })

  it('have targets, which keep them from being deleted', async () => {
    await events.send(new PutRuleCommand({ Name: 'sending', EventPattern: PATTERN }))
    const targets = ['one', 'two'].map((Id) => ({ Id, Arn: queueArn(Id), RetryPolicy: { MaximumRetryAttempts: 3, MaximumEventAgeInSeconds: 600 }, DeadLetterConfig: { Arn: queueArn('dead') } }))
    await events.send(new PutTargetsCommand({ Rule: 'sending', Targets: targets }))
    expect((await events.send(new ListTargetsByRuleCommand({ Rule: 'sending' }))).Targets).toEqual(targets)
    expect((await events.send(new ListRuleNamesByTargetCommand({ TargetArn: queueArn('two') }))).RuleNames).toEqual(['sending'])
    await expect(events.send(new DeleteRuleCommand({ Name: 'sending' }))).rejects.toMatchObject({ name: 'ValidationException', message: 'Rule can\'t be deleted since it has targets.' })
    expect(await events.send(new RemoveTargetsCommand({ Rule: 'sending', Ids: ['one', 'two', 'three'] }))).toMatchObject({ FailedEntryCount: 1, FailedEntries: [{ TargetId: 'three', ErrorCode: 'ResourceNotFoundException' }] })
    await events.send(new DeleteRuleCommand({ Name: 'sending' }))
  })

  it.each([
    ['without pattern or schedule', {}, 'EventPattern or ScheduleExpression must be specified'],
    ['with a schedule that is none', { ScheduleExpression: 'rate(1 minutes)' }, 'ScheduleExpression is not valid'],
    ['with a schedule on another bus', { ScheduleExpression: 'rate(1 day)', EventBusName: 'custom' }, 'supported only on the default event bus'],
  ])('%s are refused', async (_what, more, says) => {
    await expect(events.send(new PutRuleCommand({ Name: 'wrong', ...more }))).rejects.toMatchObject({ name: 'ValidationException', message: expect.stringContaining(says) })
  })

  it.each([
    ['of a service that is not here', { Arn: 'arn:aws:states:us-east-1:111122223333:stateMachine:x' }, 'UnsupportedOperation'],
    ['with two inputs', { Arn: 'arn:aws:sqs:us-east-1:111122223333:q', Input: '{}', InputPath: '$' }, 'ValidationException'],
    ['with an input that is no JSON', { Arn: 'arn:aws:sqs:us-east-1:111122223333:q', Input: '{' }, 'ValidationException'],
    ['a FIFO queue without its group', { Arn: 'arn:aws:sqs:us-east-1:111122223333:q.fifo' }, 'ValidationException'],
    ['a bus without a role', { Arn: 'arn:aws:events:us-east-1:111122223333:event-bus/x' }, 'ValidationException'],
  ])('a target %s is refused', async (_what, target, name) => {
    await events.send(new PutRuleCommand({ Name: 'targets', EventPattern: PATTERN }))
    await expect(events.send(new PutTargetsCommand({ Rule: 'targets', Targets: [{ Id: 'x', ...target }] }))).rejects.toMatchObject({ name })
  })
})

describe('buses', () => {
  it('are made, described, changed, listed and deleted once they are empty', async () => {
    const { EventBusArn } = await events.send(new CreateEventBusCommand({ Name: 'shop', Description: 'Orders' }))
    expect(EventBusArn).toBe(`arn:aws:events:us-east-1:${sandbox.accountId}:event-bus/shop`)
    await events.send(new UpdateEventBusCommand({ Name: 'shop', Description: 'Orders and returns' }))
    expect(await events.send(new DescribeEventBusCommand({ Name: 'shop' }))).toMatchObject({ Name: 'shop', Arn: EventBusArn, Description: 'Orders and returns' })
    expect((await events.send(new ListEventBusesCommand({}))).EventBuses!.map(({ Name }) => Name)).toEqual(['default', 'shop'])
    await events.send(new PutRuleCommand({ Name: 'r', EventPattern: PATTERN, EventBusName: 'shop' }))
    await expect(events.send(new DeleteEventBusCommand({ Name: 'shop' }))).rejects.toMatchObject({ name: 'ValidationException' })
    await events.send(new DeleteRuleCommand({ Name: 'r', EventBusName: 'shop' }))
    await events.send(new DeleteEventBusCommand({ Name: 'shop' }))
    await expect(events.send(new DeleteEventBusCommand({ Name: 'default' }))).rejects.toThrow('Cannot delete event bus default.')
  })

  it('let another account in by their policy only', async () => {
    const other = await sandbox.newAccount()
    const iam = new IAMClient(other.config)
    await iam.send(new CreateUserCommand({ UserName: 'sender' }))
    await iam.send(new PutUserPolicyCommand({ UserName: 'sender', PolicyName: 'p', PolicyDocument: JSON.stringify({ Version: '2012-10-17', Statement: [{ Effect: 'Allow', Action: 'events:PutEvents', Resource: '*' }] }) }))
    const { AccessKey } = await iam.send(new CreateAccessKeyCommand({ UserName: 'sender' }))
    const sender = new EventBridgeClient(sandbox.as({ accessKeyId: AccessKey!.AccessKeyId!, secretAccessKey: AccessKey!.SecretAccessKey! }))
    const put = () => sender.send(new PutEventsCommand({ Entries: [{ Source: 'x', DetailType: 'x', Detail: '{}', EventBusName: `arn:aws:events:us-east-1:${sandbox.accountId}:event-bus/default` }] }))
    await expect(put()).rejects.toMatchObject({ name: 'AccessDeniedException', message: expect.stringContaining('resource-based policy') })
    await events.send(new PutPermissionCommand({ Action: 'events:PutEvents', Principal: other.accountId, StatementId: 'other' }))
    expect((await put()).FailedEntryCount).toBe(0)
    expect(JSON.parse((await events.send(new DescribeEventBusCommand({}))).Policy!).Statement).toMatchObject([{ Sid: 'other', Principal: { AWS: `arn:aws:iam::${other.accountId}:root` } }])
    await events.send(new RemovePermissionCommand({ StatementId: 'other' }))
    await expect(put()).rejects.toMatchObject({ name: 'AccessDeniedException' })
  })
})

it('a pattern is tried on an event', async () => {
  const event = { id: '1', account: '111122223333', source: 'bookshop', time: '2026-11-24T00:00:00Z', region: 'us-east-1', resources: [], 'detail-type': 'x', detail: { n: 1 } }
  const test = (pattern: object, Event = JSON.stringify(event)) => events.send(new TestEventPatternCommand({ EventPattern: JSON.stringify(pattern), Event }))
  expect((await test({ detail: { n: [{ numeric: ['>', 0] }] } })).Result).toBe(true)
  expect((await test({ detail: { n: [2] } })).Result).toBe(false)
  await expect(test({ detail: { n: [2] } }, '{}')).rejects.toMatchObject({ name: 'ValidationException' })
})
