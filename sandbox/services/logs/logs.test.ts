import {
  CloudWatchLogsClient,
  CreateLogGroupCommand,
  CreateLogStreamCommand,
  DeleteLogGroupCommand,
  DeleteLogStreamCommand,
  DeleteRetentionPolicyCommand,
  DescribeLogGroupsCommand,
  DescribeLogStreamsCommand,
  FilterLogEventsCommand,
  GetLogEventsCommand,
  ListTagsForResourceCommand,
  paginateDescribeLogGroups,
  paginateFilterLogEvents,
  PutLogEventsCommand,
  PutRetentionPolicyCommand,
  StartQueryCommand,
  TagResourceCommand,
  UntagResourceCommand,
} from '@aws-sdk/client-cloudwatch-logs'
import { AttachUserPolicyCommand, CreateAccessKeyCommand, CreateUserCommand, IAMClient, PutUserPolicyCommand } from '@aws-sdk/client-iam'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { startTestSandbox, type TestSandbox } from '../../testing'

let sandbox: TestSandbox
let logs: CloudWatchLogsClient
let group: string
let counter = 0
beforeAll(async () => {
  sandbox = await startTestSandbox()
  logs = new CloudWatchLogsClient(sandbox.learner)
})
afterAll(() => sandbox.remove())
beforeEach(async () => {
  group = `/test/group-${(counter += 1)}`
  await logs.send(new CreateLogGroupCommand({ logGroupName: group }))
})

const stream = (logStreamName: string) => logs.send(new CreateLogStreamCommand({ logGroupName: group, logStreamName }))
const put = (logStreamName: string, ...logEvents: { timestamp: number; message: string }[]) => logs.send(new PutLogEventsCommand({ logGroupName: group, logStreamName, logEvents }))
const at = (timestamp: number, message: string) => ({ timestamp, message })

describe('log groups', () => {
  it('are described with their ARN in both forms', async () => {
    const { logGroups } = await logs.send(new DescribeLogGroupsCommand({ logGroupNamePrefix: group }))
    const arn = `arn:aws:logs:us-east-1:${sandbox.accountId}:log-group:${group}`
    expect(logGroups).toMatchObject([{ logGroupName: group, arn: `${arn}:*`, logGroupArn: arn, storedBytes: 0, metricFilterCount: 0, logGroupClass: 'STANDARD' }])
    expect(logGroups![0]!.creationTime).toBeGreaterThan(Date.now() - 60_000)
  })

  it('are listed page by page, by prefix or by pattern', async () => {
    const config = await sandbox.newAccount()
    const client = new CloudWatchLogsClient(config.config)
    for (const name of ['a1', 'a2', 'a3', 'b1', 'xA1']) await client.send(new CreateLogGroupCommand({ logGroupName: name }))
    const names: string[][] = []
    for await (const page of paginateDescribeLogGroups({ client, pageSize: 2 }, { logGroupNamePrefix: 'a' })) names.push(page.logGroups!.map((g) => g.logGroupName!))
    expect(names).toEqual([['a1', 'a2'], ['a3']])
    const { logGroups } = await client.send(new DescribeLogGroupsCommand({ logGroupNamePattern: 'a1' }))
    expect(logGroups!.map((g) => g.logGroupName)).toEqual(['a1', 'xA1'])
    await expect(client.send(new DescribeLogGroupsCommand({ nextToken: '!' }))).rejects.toMatchObject({ name: 'InvalidParameterException' })
  })

  it('cannot be made twice, nor with a name that breaks the pattern, nor with a key', async () => {
    await expect(logs.send(new CreateLogGroupCommand({ logGroupName: group }))).rejects.toMatchObject({ name: 'ResourceAlreadyExistsException', message: 'The specified log group already exists' })
    await expect(logs.send(new CreateLogGroupCommand({ logGroupName: 'a b' }))).rejects.toMatchObject({ name: 'InvalidParameterException', message: /1 validation error detected.*logGroupName/ })
    await expect(logs.send(new CreateLogGroupCommand({ logGroupName: 'k', kmsKeyId: 'arn:aws:kms:us-east-1:1:key/x' }))).rejects.toMatchObject({ name: 'InvalidParameterException' })
  })

  it('go with all that they hold', async () => {
    await stream('s')
    await put('s', at(Date.now(), 'gone'))
    await logs.send(new DeleteLogGroupCommand({ logGroupName: group }))
    const missing = { name: 'ResourceNotFoundException', message: 'The specified log group does not exist.' }
    await expect(logs.send(new DeleteLogGroupCommand({ logGroupName: group }))).rejects.toMatchObject(missing)
    await expect(logs.send(new GetLogEventsCommand({ logGroupName: group, logStreamName: 's' }))).rejects.toMatchObject(missing)
    await logs.send(new CreateLogGroupCommand({ logGroupName: group }))
    await stream('s')
    expect((await logs.send(new GetLogEventsCommand({ logGroupName: group, logStreamName: 's' }))).events).toEqual([])
  })

  it('bear tags by their bare ARN', async () => {
    const resourceArn = `arn:aws:logs:us-east-1:${sandbox.accountId}:log-group:${group}`
    await logs.send(new TagResourceCommand({ resourceArn, tags: { team: 'a', env: 'test' } }))
    await logs.send(new UntagResourceCommand({ resourceArn, tagKeys: ['env'] }))
    expect((await logs.send(new ListTagsForResourceCommand({ resourceArn }))).tags).toEqual({ team: 'a' })
    const tags = Object.fromEntries(Array.from({ length: 50 }, (_, i) => [`k${i}`, 'v']))
    await expect(logs.send(new TagResourceCommand({ resourceArn, tags }))).rejects.toMatchObject({ name: 'TooManyTagsException' })
  })

  it('are in the inventory of the account', async () => {
    const { resources } = await sandbox.admin('GET', `/_worklab/accounts/${sandbox.accountId}/resources`)
    expect(resources).toContainEqual(expect.objectContaining({ service: 'logs', type: 'log-group', name: group }))
  })

  it('are of one account and region only', async () => {
    const other = await sandbox.newAccount()
    expect((await new CloudWatchLogsClient(other.config).send(new DescribeLogGroupsCommand({}))).logGroups).toEqual([])
    expect((await new CloudWatchLogsClient({ ...sandbox.learner, region: 'eu-west-1' }).send(new DescribeLogGroupsCommand({}))).logGroups).toEqual([])
  })
})

describe('log streams', () => {
  it('are listed by name or by their last event, page by page', async () => {
    const now = Date.now()
    for (const [i, name] of ['a', 'b', 'c'].entries()) {
      await stream(name)
      await put(name, at(now - i * 1000, name))
    }
    const list = async (input: object) => logs.send(new DescribeLogStreamsCommand({ logGroupName: group, ...input }))
    expect((await list({})).logStreams!.map((s) => s.logStreamName)).toEqual(['a', 'b', 'c'])
    expect((await list({ orderBy: 'LastEventTime' })).logStreams!.map((s) => s.logStreamName)).toEqual(['c', 'b', 'a'])
    const first = await list({ orderBy: 'LastEventTime', descending: true, limit: 2 })
    expect(first.logStreams!.map((s) => s.logStreamName)).toEqual(['a', 'b'])
    const second = await list({ orderBy: 'LastEventTime', descending: true, limit: 2, nextToken: first.nextToken })
    expect(second.logStreams).toMatchObject([{ logStreamName: 'c', firstEventTimestamp: now - 2000, lastEventTimestamp: now - 2000, arn: `arn:aws:logs:us-east-1:${sandbox.accountId}:log-group:${group}:log-stream:c` }])
    expect(second.nextToken).toBeUndefined()
    await expect(list({ orderBy: 'LastEventTime', logStreamNamePrefix: 'a' })).rejects.toMatchObject({ name: 'InvalidParameterException', message: 'Cannot order by LastEventTime with a logStreamNamePrefix.' })
  })

  it('are found by the group’s ARN too, but not by both names at once', async () => {
    await stream('s')
    const arn = `arn:aws:logs:us-east-1:${sandbox.accountId}:log-group:${group}`
    expect((await logs.send(new DescribeLogStreamsCommand({ logGroupIdentifier: arn }))).logStreams).toHaveLength(1)
    await expect(logs.send(new DescribeLogStreamsCommand({ logGroupIdentifier: arn, logGroupName: group }))).rejects.toMatchObject({ name: 'InvalidParameterException' })
  })

  it('cannot be made twice or in a group that is not there', async () => {
    await stream('s')
    await expect(stream('s')).rejects.toMatchObject({ name: 'ResourceAlreadyExistsException', message: 'The specified log stream already exists' })
    await expect(logs.send(new CreateLogStreamCommand({ logGroupName: 'no', logStreamName: 's' }))).rejects.toMatchObject({ name: 'ResourceNotFoundException' })
  })

  it('go with their events', async () => {
    await stream('s')
    await put('s', at(Date.now(), 'x'))
    await logs.send(new DeleteLogStreamCommand({ logGroupName: group, logStreamName: 's' }))
    const missing = { name: 'ResourceNotFoundException', message: 'The specified log stream does not exist.' }
    await expect(logs.send(new DeleteLogStreamCommand({ logGroupName: group, logStreamName: 's' }))).rejects.toMatchObject(missing)
    await expect(put('s', at(Date.now(), 'x'))).rejects.toMatchObject(missing)
    expect((await logs.send(new DescribeLogGroupsCommand({ logGroupNamePrefix: group }))).logGroups![0]!.storedBytes).toBe(0)
  })
})

describe('PutLogEvents', () => {
  beforeEach(() => stream('s'))
  const refused = (message: RegExp | string) => expect.objectContaining({ name: 'InvalidParameterException', message: expect.stringMatching(message) })

  it('tells which events were too old or too new and keeps the rest', async () => {
    const now = Date.now()
    const day = 86_400_000
    const old = await put('s', at(now - 14 * day - 60_000, 'old'), at(now - 14 * day + 60_000, 'kept'))
    expect(old.rejectedLogEventsInfo).toEqual({ tooOldLogEventEndIndex: 1 })
    const future = await put('s', at(now, 'kept too'), at(now + 3 * 3_600_000, 'new'))
    expect(future.rejectedLogEventsInfo).toEqual({ tooNewLogEventStartIndex: 1 })
    expect(future.nextSequenceToken).toMatch(/^\d{56}$/)
    const { events } = await logs.send(new GetLogEventsCommand({ logGroupName: group, logStreamName: 's' }))
    expect(events!.map((e) => e.message)).toEqual(['kept', 'kept too'])
  })

  it('tells which events are past the retention', async () => {
    await logs.send(new PutRetentionPolicyCommand({ logGroupName: group, retentionInDays: 1 }))
    const now = Date.now()
    const { rejectedLogEventsInfo } = await put('s', at(now - 86_400_000 - 5000, 'expired'), at(now - 10_000, 'kept'))
    expect(rejectedLogEventsInfo).toEqual({ expiredLogEventEndIndex: 1 })
  })

  it('holds to order, span and sizes', async () => {
    const now = Date.now()
    await expect(put('s', at(now, 'b'), at(now - 1, 'a'))).rejects.toEqual(refused('chronological order'))
    await expect(put('s', at(now - 86_400_001, 'a'), at(now, 'b'))).rejects.toEqual(refused('cannot span more than 24 hours'))
    await expect(put('s', at(now, 'x'.repeat(1_048_576)))).rejects.toEqual(refused('Log event too large: 1048602 bytes exceeds limit of 1048576'))
    await expect(put('s', at(now, 'x'.repeat(600_000)), at(now, 'x'.repeat(600_000)))).rejects.toEqual(refused('Upload too large: 1200052 bytes exceeds limit of 1048576'))
    await expect(put('s')).rejects.toEqual(refused('logEvents'))
  })

  it('does not mind a wrong sequence token, as AWS since 2023', async () => {
    await logs.send(new PutLogEventsCommand({ logGroupName: group, logStreamName: 's', sequenceToken: 'wrong', logEvents: [at(Date.now(), 'x')] }))
    expect((await logs.send(new GetLogEventsCommand({ logGroupName: group, logStreamName: 's' }))).events).toHaveLength(1)
  })
})

describe('GetLogEvents', () => {
  const get = (input: object) => logs.send(new GetLogEventsCommand({ logGroupName: group, logStreamName: 's', ...input }))
  const text = ({ events }: { events?: { message?: string }[] }) => events!.map((e) => e.message).join('')
  let now: number
  beforeEach(async () => {
    now = Date.now() - 10_000
    await stream('s')
    await put('s', ...[...'abcdef'].map((letter, i) => at(now + i, letter)))
  })

  it('gives the latest events, oldest of them first, and walks backward by token', async () => {
    const last = await get({ limit: 2 })
    expect(text(last)).toBe('ef')
    const before = await get({ limit: 3, nextToken: last.nextBackwardToken })
    expect(text(before)).toBe('bcd')
    const first = await get({ limit: 3, nextToken: before.nextBackwardToken })
    expect(text(first)).toBe('a')
    const end = await get({ limit: 3, nextToken: first.nextBackwardToken })
    expect(text(end)).toBe('')
    expect(end.nextBackwardToken).toBe(first.nextBackwardToken)
  })

  it('walks forward from the head and goes on when more comes', async () => {
    const first = await get({ limit: 4, startFromHead: true })
    expect(text(first)).toBe('abcd')
    const second = await get({ limit: 4, nextToken: first.nextForwardToken })
    expect(text(second)).toBe('ef')
    const end = await get({ nextToken: second.nextForwardToken })
    expect(end.nextForwardToken).toBe(second.nextForwardToken)
    await put('s', at(now + 5, 'g'))
    expect(text(await get({ nextToken: end.nextForwardToken }))).toBe('g')
  })

  it('keeps to a range of time, end left out', async () => {
    expect(text(await get({ startTime: now + 1, endTime: now + 4, startFromHead: true }))).toBe('bcd')
    expect(text(await get({ startTime: now + 1, endTime: now + 4 }))).toBe('bcd')
  })

  it('refuses a token that it did not make', async () => {
    await expect(get({ nextToken: 'f/1' })).rejects.toMatchObject({ name: 'InvalidParameterException', message: 'The specified nextToken is invalid.' })
  })
})

describe('FilterLogEvents', () => {
  it('merges streams by time and pages through them', async () => {
    const now = Date.now() - 5000
    for (const name of ['x1', 'x2', 'y']) await stream(name)
    for (let i = 0; i < 30; i += 1) await put(['x1', 'x2', 'y'][i % 3]!, at(now + i, `${i} ${i % 2 ? 'odd' : 'even'}`))
    const seen: string[] = []
    for await (const page of paginateFilterLogEvents({ client: logs, pageSize: 7 }, { logGroupName: group, filterPattern: 'odd' })) seen.push(...page.events!.map((e) => e.message!.split(' ')[0]!))
    expect(seen).toEqual(Array.from({ length: 15 }, (_, i) => String(2 * i + 1)))
    const some = await logs.send(new FilterLogEventsCommand({ logGroupName: group, logStreamNamePrefix: 'x', startTime: now + 3, endTime: now + 6 }))
    expect(some.events!.map((e) => `${e.logStreamName} ${e.message}`)).toEqual(['x1 3 odd', 'x2 4 even'])
    expect(new Set(some.events!.map((e) => e.eventId)).size).toBe(2)
    const named = await logs.send(new FilterLogEventsCommand({ logGroupName: group, logStreamNames: ['y'], limit: 2 }))
    expect(named.events!.map((e) => e.message)).toEqual(['2 even', '5 odd'])
  })

  it('refuses what it cannot do', async () => {
    await expect(logs.send(new FilterLogEventsCommand({ logGroupName: group, logStreamNames: ['no'] }))).rejects.toMatchObject({ name: 'ResourceNotFoundException' })
    await expect(logs.send(new FilterLogEventsCommand({ logGroupName: group, logStreamNames: ['a'], logStreamNamePrefix: 'a' }))).rejects.toMatchObject({ name: 'InvalidParameterException' })
    await expect(logs.send(new FilterLogEventsCommand({ logGroupName: group, filterPattern: '{ $.a' }))).rejects.toMatchObject({ name: 'InvalidParameterException', message: /Invalid filter pattern/ })
    await expect(logs.send(new FilterLogEventsCommand({ logGroupName: 'no' }))).rejects.toMatchObject({ name: 'ResourceNotFoundException' })
  })
})

describe('retention', () => {
  it('deletes what is older, for ever', async () => {
    const now = Date.now()
    await stream('s')
    await put('s', at(now - 3 * 86_400_000, 'old'))
    await put('s', at(now - 1000, 'new'))
    const before = (await logs.send(new DescribeLogGroupsCommand({ logGroupNamePrefix: group }))).logGroups![0]!
    expect(before.storedBytes).toBe(2 * (26 + 3))
    await logs.send(new PutRetentionPolicyCommand({ logGroupName: group, retentionInDays: 1 }))
    expect((await logs.send(new DescribeLogGroupsCommand({ logGroupNamePrefix: group }))).logGroups).toMatchObject([{ retentionInDays: 1, storedBytes: 29 }])
    await logs.send(new DeleteRetentionPolicyCommand({ logGroupName: group }))
    const after = (await logs.send(new DescribeLogGroupsCommand({ logGroupNamePrefix: group }))).logGroups![0]!
    expect(after.retentionInDays).toBeUndefined()
    const { events } = await logs.send(new FilterLogEventsCommand({ logGroupName: group }))
    expect(events!.map((e) => e.message)).toEqual(['new'])
    expect((await logs.send(new DescribeLogStreamsCommand({ logGroupName: group }))).logStreams).toMatchObject([{ firstEventTimestamp: now - 1000 }])
  })

  it('takes only the numbers of days that AWS does', async () => {
    await expect(logs.send(new PutRetentionPolicyCommand({ logGroupName: group, retentionInDays: 2 }))).rejects.toMatchObject({
      name: 'InvalidParameterException',
      message: /Value '2' at 'retentionInDays' failed to satisfy constraint: Member must satisfy enum value set: \[1, 3, 5/,
    })
  })
})

describe('permissions', () => {
  it('are asked for by the ARNs that AWS uses', async () => {
    const iam = new IAMClient(sandbox.learner)
    await iam.send(new CreateUserCommand({ UserName: 'writer' }))
    const arn = `arn:aws:logs:us-east-1:${sandbox.accountId}:log-group:${group}`
    const allow = (Action: string[], Resource: string) => JSON.stringify({ Version: '2012-10-17', Statement: [{ Effect: 'Allow', Action, Resource }] })
    await iam.send(new PutUserPolicyCommand({ UserName: 'writer', PolicyName: 'p', PolicyDocument: allow(['logs:CreateLogStream', 'logs:PutLogEvents', 'logs:FilterLogEvents'], `${arn}:*`) }))
    await iam.send(new PutUserPolicyCommand({ UserName: 'writer', PolicyName: 'bare', PolicyDocument: allow(['logs:DeleteLogGroup', 'logs:ListTagsForResource'], arn) }))
    const { AccessKey } = await iam.send(new CreateAccessKeyCommand({ UserName: 'writer' }))
    const writer = new CloudWatchLogsClient(sandbox.as({ accessKeyId: AccessKey!.AccessKeyId!, secretAccessKey: AccessKey!.SecretAccessKey! }))
    await writer.send(new CreateLogStreamCommand({ logGroupName: group, logStreamName: 's' }))
    await writer.send(new PutLogEventsCommand({ logGroupName: group, logStreamName: 's', logEvents: [at(Date.now(), 'x')] }))
    expect((await writer.send(new FilterLogEventsCommand({ logGroupName: group }))).events).toHaveLength(1)
    expect((await writer.send(new ListTagsForResourceCommand({ resourceArn: arn }))).tags).toEqual({})
    await expect(writer.send(new GetLogEventsCommand({ logGroupName: group, logStreamName: 's' }))).rejects.toMatchObject({
      name: 'AccessDeniedException',
      message: expect.stringContaining(`is not authorized to perform: logs:GetLogEvents on resource: ${arn}:log-stream:s because no identity-based policy allows the logs:GetLogEvents action`),
    })
    // The bare ARN does not match: AWS asks with an empty stream name.
    await expect(writer.send(new DeleteLogGroupCommand({ logGroupName: group }))).rejects.toMatchObject({ name: 'AccessDeniedException' })
    await iam.send(new AttachUserPolicyCommand({ UserName: 'writer', PolicyArn: 'arn:aws:iam::aws:policy/CloudWatchLogsFullAccess' }))
    await writer.send(new DeleteLogGroupCommand({ logGroupName: group }))
  })
})

it('names an operation that the sandbox does not have', async () => {
  await expect(logs.send(new StartQueryCommand({ logGroupName: group, queryString: 'fields @message', startTime: 0, endTime: 1 }))).rejects.toMatchObject({ $metadata: { httpStatusCode: 501 }, message: expect.stringContaining('StartQuery') })
})
