import { CloudTrailClient, LookupEventsCommand, type LookupAttribute } from '@aws-sdk/client-cloudtrail'
import { CreateUserCommand, DeleteUserCommand, GetUserCommand, IAMClient } from '@aws-sdk/client-iam'
import { CreateQueueCommand, SendMessageCommand, SQSClient } from '@aws-sdk/client-sqs'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { awsCli, awsCliVersion } from '../../aws-cli-testing'
import { boto3, hasBoto3 } from '../../boto3-testing'
import { itAnswersTheDocumentedErrors } from '../../documented-errors-testing'
import { startTestSandbox, type TestSandbox } from '../../testing'
import documented from './documented-errors.json' with { type: 'json' }
import { cloudTrail as service } from './index'

let sandbox: TestSandbox
let trail: CloudTrailClient
beforeAll(async () => {
  sandbox = await startTestSandbox()
  trail = new CloudTrailClient(sandbox.learner)
  const iam = new IAMClient(sandbox.learner)
  await iam.send(new CreateUserCommand({ UserName: 'mai' }))
  await iam.send(new DeleteUserCommand({ UserName: 'mai' }))
  await iam.send(new GetUserCommand({ UserName: 'nobody' })).catch(() => {})
  const { QueueUrl } = await new SQSClient(sandbox.learner).send(new CreateQueueCommand({ QueueName: 'q' }))
  await new SQSClient(sandbox.learner).send(new SendMessageCommand({ QueueUrl, MessageBody: 'x' }))
})
afterAll(() => sandbox.remove())

async function names(AttributeKey?: LookupAttribute['AttributeKey'], AttributeValue?: string) {
  const { Events } = await trail.send(new LookupEventsCommand(AttributeKey ? { LookupAttributes: [{ AttributeKey, AttributeValue }] } : {}))
  return Events!.map(({ EventName }) => EventName).filter((name) => name !== 'LookupEvents')
}

describe('LookupEvents', () => {
  it('tells management calls, newest first, and leaves out what was done with messages', async () => {
    expect(await names()).toEqual(['CreateQueue', 'GetUser', 'DeleteUser', 'CreateUser'])
  })

  it('tells each call in CloudTrail’s record', async () => {
    const { Events } = await trail.send(new LookupEventsCommand({ LookupAttributes: [{ AttributeKey: 'EventName', AttributeValue: 'GetUser' }] }))
    expect(Events![0]).toMatchObject({ EventName: 'GetUser', ReadOnly: 'true', EventSource: 'iam.amazonaws.com', Username: 'learner', AccessKeyId: sandbox.learner.credentials.accessKeyId })
    expect(JSON.parse(Events![0]!.CloudTrailEvent!)).toMatchObject({
      eventVersion: '1.11',
      eventID: Events![0]!.EventId,
      userIdentity: { type: 'IAMUser', userName: 'learner', accountId: sandbox.accountId },
      requestParameters: { UserName: 'nobody' },
      errorCode: 'NoSuchEntity',
      managementEvent: true,
      eventCategory: 'Management',
    })
  })

  it.each([
    ['EventName', 'CreateUser', ['CreateUser']],
    ['ReadOnly', 'true', ['GetUser']],
    ['EventSource', 'sqs.amazonaws.com', ['CreateQueue']],
    ['ResourceName', 'mai', ['DeleteUser', 'CreateUser']],
    ['Username', 'somebody', []],
  ] as const)('finds by %s %s', async (key, value, expected) => {
    expect(await names(key, value)).toEqual(expected)
  })

  it('goes on page by page, and within times', async () => {
    const first = await trail.send(new LookupEventsCommand({ MaxResults: 1, LookupAttributes: [{ AttributeKey: 'EventSource', AttributeValue: 'iam.amazonaws.com' }] }))
    const second = await trail.send(new LookupEventsCommand({ MaxResults: 2, NextToken: first.NextToken!, LookupAttributes: [{ AttributeKey: 'EventSource', AttributeValue: 'iam.amazonaws.com' }] }))
    expect([...first.Events!, ...second.Events!].map(({ EventName }) => EventName)).toEqual(['GetUser', 'DeleteUser', 'CreateUser'])
    expect(second.NextToken).toBeUndefined()
    expect((await trail.send(new LookupEventsCommand({ EndTime: new Date(Date.now() - 3600_000) }))).Events).toEqual([])
  })

  itAnswersTheDocumentedErrors({
    service,
    documented,
    provoked: {
      'LookupEvents InvalidLookupAttributesException': () => trail.send(new LookupEventsCommand({ LookupAttributes: ['a', 'b'].map((AttributeValue) => ({ AttributeKey: 'EventName' as const, AttributeValue })) })),
      'LookupEvents InvalidTimeRangeException': () => trail.send(new LookupEventsCommand({ StartTime: new Date(2000), EndTime: new Date(1000) })),
      'LookupEvents InvalidMaxResultsException': () => trail.send(new LookupEventsCommand({ MaxResults: 51 })),
      'LookupEvents InvalidNextTokenException': () => trail.send(new LookupEventsCommand({ NextToken: 'none' })),
      'LookupEvents InvalidEventCategoryException': () => trail.send(new LookupEventsCommand({ EventCategory: 'data' as 'insight' })),
      'LookupEvents UnsupportedOperationException': () => trail.send(new LookupEventsCommand({ EventCategory: 'insight' })),
    },
    never: { 'LookupEvents OperationNotPermittedException': 'there are no organizations here whose administrator could forbid it' },
  })

  it.skipIf(!awsCliVersion)(awsCliVersion ? 'answers the AWS CLI' : 'the AWS CLI is not installed: left out', { timeout: 60_000 }, async () => {
    const { Events } = await awsCli(sandbox.learner, ['cloudtrail', 'lookup-events', '--lookup-attributes', 'AttributeKey=EventName,AttributeValue=CreateUser'])
    expect(Events).toMatchObject([{ EventName: 'CreateUser' }])
  })

  it.skipIf(!hasBoto3)(hasBoto3 ? 'answers boto3' : 'boto3 is not installed: left out', { timeout: 60_000 }, async () => {
    expect(await boto3(sandbox.learner, 'print(json.dumps([e["EventName"] for p in boto3.client("cloudtrail").get_paginator("lookup_events").paginate(LookupAttributes=[{"AttributeKey": "EventSource", "AttributeValue": "iam.amazonaws.com"}]) for e in p["Events"]]))')).toEqual(['GetUser', 'DeleteUser', 'CreateUser'])
  })
})
