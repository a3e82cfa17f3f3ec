import { gunzipSync } from 'node:zlib'
import { CloudWatchClient, GetMetricStatisticsCommand } from '@aws-sdk/client-cloudwatch'
import {
  CloudWatchLogsClient,
  CreateLogGroupCommand,
  CreateLogStreamCommand,
  DeleteMetricFilterCommand,
  DeleteSubscriptionFilterCommand,
  DescribeLogGroupsCommand,
  DescribeMetricFiltersCommand,
  DescribeSubscriptionFiltersCommand,
  FilterLogEventsCommand,
  ListLogGroupsCommand,
  ListTagsLogGroupCommand,
  PutLogEventsCommand,
  PutMetricFilterCommand,
  PutSubscriptionFilterCommand,
  TagLogGroupCommand,
  TestMetricFilterCommand,
  UntagLogGroupCommand,
} from '@aws-sdk/client-cloudwatch-logs'
import { AddPermissionCommand, LambdaClient } from '@aws-sdk/client-lambda'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { startTestSandbox, type TestSandbox } from '../../testing'
import { eventually, functionMaker, handlerZip, makeRole } from '../lambda/testing'

let sandbox: TestSandbox
let logs: CloudWatchLogsClient
beforeAll(async () => {
  sandbox = await startTestSandbox()
  logs = new CloudWatchLogsClient(sandbox.learner)
})
afterAll(() => sandbox.remove())

async function makeGroup(logGroupName: string) {
  await logs.send(new CreateLogGroupCommand({ logGroupName }))
  await logs.send(new CreateLogStreamCommand({ logGroupName, logStreamName: 'one' }))
  return (...messages: string[]) => logs.send(new PutLogEventsCommand({ logGroupName, logStreamName: 'one', logEvents: messages.map((message) => ({ timestamp: Date.now(), message })) }))
}

describe('a metric filter', () => {
  it('takes regular expressions, five in a group', async () => {
    const put = await makeGroup('regex')
    const filter = (filterName: string, filterPattern: string) =>
      logs.send(new PutMetricFilterCommand({ logGroupName: 'regex', filterName, filterPattern, metricTransformations: [{ metricName: filterName, metricNamespace: 'Regex', metricValue: '1' }] }))
    for (const name of ['a', 'b', 'c', 'd', 'e']) await filter(name, `%^${name}[0-9]+%`)
    await expect(filter('f', '%^f%')).rejects.toMatchObject({ name: 'LimitExceededException' })
    await filter('f', 'f')
    await filter('a', '{ $.code = %^5% }')
    await put('a1', 'b22', '{"code":503}')
    expect((await logs.send(new FilterLogEventsCommand({ logGroupName: 'regex', filterPattern: '%\\d{2}$%' }))).events).toMatchObject([{ message: 'b22' }])
  })

  it('makes a metric of what its group takes', async () => {
    const put = await makeGroup('shop')
    const filter = { logGroupName: 'shop', filterName: 'latency', filterPattern: '{ $.ms > 0 }', metricTransformations: [{ metricName: 'Latency', metricNamespace: 'Shop', metricValue: '$.ms', unit: 'Milliseconds' as const, dimensions: { Path: '$.path' } }] }
    await logs.send(new PutMetricFilterCommand(filter))
    await logs.send(new PutMetricFilterCommand({ logGroupName: 'shop', filterName: 'errors', filterPattern: 'ERROR', metricTransformations: [{ metricName: 'Errors', metricNamespace: 'Shop', metricValue: '1', defaultValue: 0 }] }))
    await put('nothing of note')
    await put('{"ms":10,"path":"/a"}', '{"ms":30,"path":"/a"}', '{"ms":7}', 'ERROR: no', 'fine')
    const cloudWatch = new CloudWatchClient(sandbox.learner)
    const statistics = (MetricName: string, Dimensions: { Name: string; Value: string }[] = []) =>
      eventually(async () => {
        const { Datapoints } = await cloudWatch.send(new GetMetricStatisticsCommand({ Namespace: 'Shop', MetricName, Dimensions, StartTime: new Date(Date.now() - 600_000), EndTime: new Date(Date.now() + 60_000), Period: 3600, Statistics: ['Sum', 'SampleCount'] }))
        return Datapoints!.length > 0 ? Datapoints![0] : undefined
      })
    expect(await statistics('Latency', [{ Name: 'Path', Value: '/a' }])).toMatchObject({ Sum: 40, SampleCount: 2, Unit: 'Milliseconds' })
    // What its group took first counts by the default value.
    expect(await statistics('Errors')).toMatchObject({ Sum: 1, SampleCount: 2 })
    const { metricFilters } = await logs.send(new DescribeMetricFiltersCommand({ logGroupName: 'shop', filterNamePrefix: 'lat' }))
    expect(metricFilters).toMatchObject([{ ...filter, creationTime: expect.any(Number) }])
    expect((await logs.send(new DescribeMetricFiltersCommand({ metricName: 'Errors', metricNamespace: 'Shop' }))).metricFilters).toHaveLength(1)
    expect((await logs.send(new DescribeLogGroupsCommand({ logGroupNamePrefix: 'shop' }))).logGroups![0]!.metricFilterCount).toBe(2)
    await logs.send(new DeleteMetricFilterCommand({ logGroupName: 'shop', filterName: 'errors' }))
    expect((await logs.send(new DescribeMetricFiltersCommand({ logGroupName: 'shop' }))).metricFilters).toHaveLength(1)
  })

  it('is tried on messages before it is put', async () => {
    const test = async (filterPattern: string, ...logEventMessages: string[]) => (await logs.send(new TestMetricFilterCommand({ filterPattern, logEventMessages }))).matches
    expect(await test('[ip, user, status = 4*]', '10.0.0.1 an 404', '10.0.0.1 an 200')).toEqual([{ eventNumber: 1, eventMessage: '10.0.0.1 an 404', extractedValues: { $ip: '10.0.0.1', $user: 'an', $status: '404' } }])
    expect(await test('{ $.level = "error" && $.ms > 5 }', 'text', '{"level":"error","ms":6}')).toEqual([{ eventNumber: 2, eventMessage: '{"level":"error","ms":6}', extractedValues: { '$.level': 'error', '$.ms': '6' } }])
    expect(await test('ERROR', 'ERROR x')).toEqual([{ eventNumber: 1, eventMessage: 'ERROR x', extractedValues: {} }])
    await expect(test('{ $.a', 'x')).rejects.toMatchObject({ name: 'InvalidParameterException' })
  })
})

describe('a subscription filter', () => {
  it('hands what its group takes to a function that lets CloudWatch Logs in', { timeout: 30_000 }, async () => {
    const put = await makeGroup('source')
    const lambda = new LambdaClient(sandbox.learner)
    const make = functionMaker(lambda, await makeRole(sandbox.learner, 'collector', ['service-role/AWSLambdaBasicExecutionRole']))
    const { FunctionArn } = await make('collector', { zip: handlerZip('async (event) => console.log("GOT " + event.awslogs.data)') })
    const subscribe = () => logs.send(new PutSubscriptionFilterCommand({ logGroupName: 'source', filterName: 'errors', filterPattern: 'ERROR', destinationArn: FunctionArn }))
    await expect(subscribe()).rejects.toMatchObject({ name: 'InvalidParameterException', message: expect.stringContaining('Make sure you have given CloudWatch Logs permission to execute your function') })
    const SourceArn = `arn:aws:logs:us-east-1:${sandbox.accountId}:log-group:source:*`
    await lambda.send(new AddPermissionCommand({ FunctionName: 'collector', StatementId: 'logs', Action: 'lambda:InvokeFunction', Principal: 'logs.amazonaws.com', SourceArn, SourceAccount: sandbox.accountId }))
    await subscribe()
    expect((await logs.send(new DescribeSubscriptionFiltersCommand({ logGroupName: 'source' }))).subscriptionFilters).toMatchObject([{ filterName: 'errors', filterPattern: 'ERROR', destinationArn: FunctionArn, distribution: 'ByLogStream' }])
    await put('fine', 'ERROR: one', 'ERROR: two')
    const line = await eventually(async () => (await logs.send(new FilterLogEventsCommand({ logGroupName: '/aws/lambda/collector', filterPattern: 'GOT' })).catch(() => undefined))?.events?.[0]?.message)
    const document = JSON.parse(gunzipSync(Buffer.from(line.split('GOT ')[1]!, 'base64')).toString())
    expect(document).toMatchObject({ messageType: 'DATA_MESSAGE', owner: sandbox.accountId, logGroup: 'source', logStream: 'one', subscriptionFilters: ['errors'] })
    expect(document.logEvents).toMatchObject([{ id: expect.stringMatching(/^\d{56}$/), message: 'ERROR: one' }, { message: 'ERROR: two' }])
    await logs.send(new DeleteSubscriptionFilterCommand({ logGroupName: 'source', filterName: 'errors' }))
    expect((await logs.send(new DescribeSubscriptionFiltersCommand({ logGroupName: 'source' }))).subscriptionFilters).toEqual([])
    await expect(logs.send(new PutSubscriptionFilterCommand({ logGroupName: 'source', filterName: 'stream', filterPattern: '', destinationArn: `arn:aws:kinesis:us-east-1:${sandbox.accountId}:stream/s` }))).rejects.toMatchObject({ $metadata: { httpStatusCode: 501 } })
  })
})

it('lists groups by a pattern of names and by tags, and tags them in the older form', async () => {
  await logs.send(new CreateLogGroupCommand({ logGroupName: '/team/a', tags: { team: 'a' } }))
  await logs.send(new CreateLogGroupCommand({ logGroupName: '/team/b' }))
  await logs.send(new TagLogGroupCommand({ logGroupName: '/team/b', tags: { team: 'b', env: 'dev' } }))
  await logs.send(new UntagLogGroupCommand({ logGroupName: '/team/b', tags: ['env'] }))
  expect((await logs.send(new ListTagsLogGroupCommand({ logGroupName: '/team/b' }))).tags).toEqual({ team: 'b' })
  const list = async (input: object) => (await logs.send(new ListLogGroupsCommand(input))).logGroups!.map(({ logGroupName }) => logGroupName)
  expect(await list({ logGroupNamePattern: '^/team/' })).toEqual(['/team/a', '/team/b'])
  expect(await list({ logGroupNamePattern: 'm/a' })).toEqual(['/team/a'])
  expect(await list({ logGroupTags: [{ key: 'team', values: ['b'] }] })).toEqual(['/team/b'])
})
