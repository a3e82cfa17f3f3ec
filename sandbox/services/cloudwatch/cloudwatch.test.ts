import { APIGatewayClient, CreateDeploymentCommand, CreateRestApiCommand, GetResourcesCommand, PutIntegrationCommand, PutIntegrationResponseCommand, PutMethodCommand, PutMethodResponseCommand } from '@aws-sdk/client-api-gateway'
import { ApiGatewayV2Client, CreateApiCommand, CreateRouteCommand, CreateStageCommand } from '@aws-sdk/client-apigatewayv2'
import {
  CloudWatchClient,
  DeleteAlarmsCommand,
  DescribeAlarmHistoryCommand,
  DescribeAlarmsCommand,
  DescribeAlarmsForMetricCommand,
  DisableAlarmActionsCommand,
  EnableAlarmActionsCommand,
  GetMetricDataCommand,
  GetMetricStatisticsCommand,
  ListMetricsCommand,
  ListTagsForResourceCommand,
  PutMetricAlarmCommand,
  PutMetricDataCommand,
  SetAlarmStateCommand,
  TagResourceCommand,
  UntagResourceCommand,
  type MetricDatum,
  type PutMetricAlarmInput,
} from '@aws-sdk/client-cloudwatch'
import { InvokeCommand, LambdaClient } from '@aws-sdk/client-lambda'
import { CreateTopicCommand, SNSClient, SubscribeCommand } from '@aws-sdk/client-sns'
import { CreateQueueCommand, ReceiveMessageCommand, SetQueueAttributesCommand, SQSClient } from '@aws-sdk/client-sqs'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { awsCli, awsCliVersion } from '../../aws-cli-testing'
import { boto3, hasBoto3 } from '../../boto3-testing'
import { itAnswersTheDocumentedErrors } from '../../documented-errors-testing'
import { startTestSandbox, type ClientConfig, type TestSandbox } from '../../testing'
import { eventually, functionMaker, handlerZip, makeRole } from '../lambda/testing'
import documented from './documented-errors.json' with { type: 'json' }
import { cloudWatch as service } from './index'

let sandbox: TestSandbox
let accountId: string
let config: ClientConfig
let client: CloudWatchClient

beforeAll(async () => {
  sandbox = await startTestSandbox()
})
afterAll(() => sandbox.remove())

// Clocks only go forward: each test has an account of its own.
beforeEach(async () => {
  ;({ accountId, config } = await sandbox.newAccount())
  client = new CloudWatchClient(config)
})

const forward = (forwardSeconds: number) =>
  fetch(`${sandbox.url}/_worklab/accounts/${accountId}/clock`, { method: 'POST', headers: { authorization: `Bearer ${sandbox.adminToken}` }, body: JSON.stringify({ forwardSeconds }) })
const put = (...MetricData: MetricDatum[]) => client.send(new PutMetricDataCommand({ Namespace: 'Bookshop', MetricData }))
const minutes = (count: number) => new Date(Date.now() + count * 60_000)
const range = { StartTime: minutes(-60), EndTime: minutes(60) }
const SHOP = [{ Name: 'Shop', Value: 'Hà Nội' }]

const alarm = (AlarmName: string, more: Partial<PutMetricAlarmInput> = {}) =>
  client.send(new PutMetricAlarmCommand({ AlarmName, Namespace: 'Bookshop', MetricName: 'Failures', Statistic: 'Sum', Period: 60, EvaluationPeriods: 1, Threshold: 0, ComparisonOperator: 'GreaterThanThreshold', ...more }))
const stateOf = async (name: string) => (await client.send(new DescribeAlarmsCommand({ AlarmNames: [name] }))).MetricAlarms![0]!.StateValue
const becomes = (name: string, state: string) => eventually(async () => ((await stateOf(name)) === state ? true : undefined))

describe('metrics', () => {
  it('are told by their statistics, period by period', async () => {
    const base = Math.floor(Date.now() / 60_000) * 60_000 - 300_000
    const at = (minute: number) => new Date(base + minute * 60_000)
    await put(
      { MetricName: 'Sold', Dimensions: SHOP, Value: 3, Unit: 'Count', Timestamp: at(0) },
      { MetricName: 'Sold', Dimensions: SHOP, Values: [1, 5], Counts: [2, 1], Unit: 'Count', Timestamp: at(0) },
      { MetricName: 'Sold', Dimensions: SHOP, StatisticValues: { SampleCount: 2, Sum: 10, Minimum: 4, Maximum: 6 }, Unit: 'Count', Timestamp: at(1) },
    )
    await put({ MetricName: 'Sold', Dimensions: SHOP, Value: 2, Unit: 'Count', Timestamp: at(0) })
    const { Datapoints } = await client.send(
      new GetMetricStatisticsCommand({ Namespace: 'Bookshop', MetricName: 'Sold', Dimensions: SHOP, StartTime: at(-1), EndTime: at(5), Period: 60, Statistics: ['Sum', 'Average', 'Minimum', 'Maximum', 'SampleCount'], ExtendedStatistics: ['p50'] }),
    )
    expect(Datapoints).toEqual([
      { Timestamp: at(0), Unit: 'Count', Sum: 12, Average: 2.4, Minimum: 1, Maximum: 5, SampleCount: 5, ExtendedStatistics: { p50: 2 } },
      { Timestamp: at(1), Unit: 'Count', Sum: 10, Average: 5, Minimum: 4, Maximum: 6, SampleCount: 2 },
    ])
    const stat = (Id: string, Stat: string, Period: number) => ({ Id, MetricStat: { Metric: { Namespace: 'Bookshop', MetricName: 'Sold', Dimensions: SHOP }, Period, Stat } })
    const { MetricDataResults } = await client.send(new GetMetricDataCommand({ MetricDataQueries: [stat('sum', 'Sum', 86_400), stat('most', 'Maximum', 60)], StartTime: at(-1), EndTime: at(5), ScanBy: 'TimestampAscending' }))
    expect(MetricDataResults!.map(({ Id, Values, StatusCode }) => ({ Id, Values, StatusCode }))).toEqual([
      { Id: 'sum', Values: [22], StatusCode: 'Complete' },
      { Id: 'most', Values: [5, 6], StatusCode: 'Complete' },
    ])
  })

  it('are listed by namespace, name and dimension', async () => {
    await put({ MetricName: 'Sold', Dimensions: SHOP, Value: 1 }, { MetricName: 'Sold', Value: 1 }, { MetricName: 'Lent', Value: 1 })
    const list = async (filter: object) => (await client.send(new ListMetricsCommand(filter))).Metrics!.map(({ MetricName, Dimensions }) => `${MetricName} ${Dimensions!.map(({ Value }) => Value).join()}`.trim()).sort()
    expect(await list({ Namespace: 'Bookshop' })).toEqual(['Lent', 'Sold', 'Sold Hà Nội'])
    expect(await list({ MetricName: 'Sold', Dimensions: [{ Name: 'Shop' }] })).toEqual(['Sold Hà Nội'])
    expect(await list({ Namespace: 'Other' })).toEqual([])
  })

  it('count a function’s invocations, errors and time', async () => {
    const lambda = new LambdaClient(config)
    await functionMaker(lambda, await makeRole(config, 'r'))('f', { zip: handlerZip('async (event) => { if (event.fail) throw new Error("no") }') })
    for (const fail of [false, true, false]) await lambda.send(new InvokeCommand({ FunctionName: 'f', Payload: Buffer.from(JSON.stringify({ fail })) }))
    const sum = async (MetricName: string, Dimensions = [{ Name: 'FunctionName', Value: 'f' }]) => {
      const { Datapoints } = await client.send(new GetMetricStatisticsCommand({ Namespace: 'AWS/Lambda', MetricName, Dimensions, ...range, Period: 3600, Statistics: ['Sum', 'SampleCount'] }))
      return Datapoints!.reduce((all, { Sum }) => all + Sum!, 0)
    }
    expect([await sum('Invocations'), await sum('Errors'), await sum('Throttles'), await sum('Invocations', [])]).toEqual([3, 1, 0, 3])
    expect(await sum('Duration')).toBeGreaterThan(0)
  })
})

describe('metrics of deployed APIs', () => {
  const sums = async (names: string[], Dimensions: { Name: string; Value: string }[]) => {
    const found = names.map(async (MetricName) => {
      const { Datapoints } = await client.send(new GetMetricStatisticsCommand({ Namespace: 'AWS/ApiGateway', MetricName, Dimensions, ...range, Period: 3600, Statistics: ['Sum'] }))
      return Datapoints!.reduce((all, { Sum }) => all + Sum!, 0)
    })
    return Promise.all(found)
  }

  it('count requests and errors of a REST API by its name', async () => {
    const gateway = new APIGatewayClient(config)
    const { id: restApiId } = await gateway.send(new CreateRestApiCommand({ name: 'counted' }))
    const { items } = await gateway.send(new GetResourcesCommand({ restApiId }))
    const method = { restApiId, resourceId: items![0]!.id, httpMethod: 'GET' }
    await gateway.send(new PutMethodCommand({ ...method, authorizationType: 'NONE' }))
    await gateway.send(new PutIntegrationCommand({ ...method, type: 'MOCK', requestTemplates: { 'application/json': '{"statusCode":200}' } }))
    await gateway.send(new PutMethodResponseCommand({ ...method, statusCode: '200' }))
    await gateway.send(new PutIntegrationResponseCommand({ ...method, statusCode: '200' }))
    await gateway.send(new CreateDeploymentCommand({ restApiId, stageName: 'dev' }))
    const get = (path: string) => fetch(`${sandbox.url}/_aws/execute-api/${restApiId}/dev${path}`)
    expect([(await get('/')).status, (await get('/none')).status]).toEqual([200, 403])
    const stage = [{ Name: 'ApiName', Value: 'counted' }, { Name: 'Stage', Value: 'dev' }]
    expect(await sums(['Count', '4XXError', '5XXError'], stage)).toEqual([2, 1, 0])
    expect(await sums(['Count'], stage.slice(0, 1))).toEqual([2])
  })

  it('count requests and errors of an HTTP API by its id', async () => {
    const gateway = new ApiGatewayV2Client(config)
    const { ApiId } = await gateway.send(new CreateApiCommand({ Name: 'counted', ProtocolType: 'HTTP' }))
    await gateway.send(new CreateStageCommand({ ApiId, StageName: '$default', AutoDeploy: true }))
    await gateway.send(new CreateRouteCommand({ ApiId, RouteKey: 'GET /books' }))
    expect((await fetch(`${sandbox.url}/_aws/execute-api/${ApiId}/none`)).status).toBe(404)
    expect(await sums(['Count', '4xx', '5xx'], [{ Name: 'ApiId', Value: ApiId! }])).toEqual([1, 1, 0])
  })
})

describe('an alarm', () => {
  it('goes off as its metric crosses the threshold, tells its topic, and calms down again', async () => {
    const [sns, sqs] = [new SNSClient(config), new SQSClient(config)]
    const { TopicArn } = await sns.send(new CreateTopicCommand({ Name: 'alarms' }))
    const { QueueUrl } = await sqs.send(new CreateQueueCommand({ QueueName: 'inbox' }))
    const queueArn = `arn:aws:sqs:us-east-1:${accountId}:inbox`
    const statement = { Effect: 'Allow', Principal: { Service: 'sns.amazonaws.com' }, Action: 'sqs:SendMessage', Resource: queueArn, Condition: { ArnEquals: { 'aws:SourceArn': TopicArn } } }
    await sqs.send(new SetQueueAttributesCommand({ QueueUrl, Attributes: { Policy: JSON.stringify({ Version: '2012-10-17', Statement: [statement] }) } }))
    await sns.send(new SubscribeCommand({ TopicArn, Protocol: 'sqs', Endpoint: queueArn }))
    await alarm('failing', { AlarmActions: [TopicArn!], TreatMissingData: 'notBreaching' })
    await becomes('failing', 'OK')
    await put({ MetricName: 'Failures', Value: 2 })
    await forward(60)
    await becomes('failing', 'ALARM')
    const { Messages } = await sqs.send(new ReceiveMessageCommand({ QueueUrl, WaitTimeSeconds: 10 }))
    const envelope = JSON.parse(Messages![0]!.Body!)
    expect(envelope).toMatchObject({ TopicArn, Subject: 'ALARM: "failing" in US East (N. Virginia)' })
    expect(JSON.parse(envelope.Message)).toMatchObject({ AlarmName: 'failing', NewStateValue: 'ALARM', OldStateValue: 'OK', AWSAccountId: accountId, Trigger: { MetricName: 'Failures', Namespace: 'Bookshop', Statistic: 'SUM', Threshold: 0 } })
    await forward(120)
    await becomes('failing', 'OK')
    const { AlarmHistoryItems } = await client.send(new DescribeAlarmHistoryCommand({ AlarmName: 'failing' }))
    expect(AlarmHistoryItems!.map(({ HistorySummary }) => HistorySummary)).toEqual([
      'Alarm updated from ALARM to OK',
      expect.stringMatching(/^(Successfully executed action|Alarm updated from OK to ALARM)/),
      expect.stringMatching(/^(Successfully executed action|Alarm updated from OK to ALARM)/),
      'Alarm updated from INSUFFICIENT_DATA to OK',
      'Alarm "failing" created',
    ])
  })

  it.each([
    ['missing', 'INSUFFICIENT_DATA'],
    ['breaching', 'ALARM'],
    ['notBreaching', 'OK'],
    ['ignore', 'INSUFFICIENT_DATA'],
  ])('without values, which are treated as %s, is %s', async (TreatMissingData, state) => {
    await alarm('silent', { TreatMissingData })
    await becomes('silent', state)
  })

  it('asks for so many values of so many periods', async () => {
    const base = Math.floor(Date.now() / 60_000) * 60_000
    for (const [minute, Value] of [1, 0, 1].entries()) await put({ MetricName: 'Failures', Value, Timestamp: new Date(base - (minute + 1) * 60_000) })
    await alarm('two-of-three', { EvaluationPeriods: 3, DatapointsToAlarm: 2 })
    await alarm('three-of-three', { EvaluationPeriods: 3 })
    await becomes('two-of-three', 'ALARM')
    await becomes('three-of-three', 'OK')
  })

  it('is told as it was made, changed, set by hand, tagged, silenced and deleted', async () => {
    await alarm('told', { AlarmDescription: 'Failures', Dimensions: SHOP, Tags: [{ Key: 'team', Value: 'shop' }] })
    const describe = async () => (await client.send(new DescribeAlarmsCommand({ AlarmNamePrefix: 'to' }))).MetricAlarms![0]!
    const ResourceARN = `arn:aws:cloudwatch:us-east-1:${accountId}:alarm:told`
    expect(await describe()).toMatchObject({ AlarmName: 'told', AlarmArn: ResourceARN, AlarmDescription: 'Failures', Dimensions: SHOP, Statistic: 'Sum', Period: 60, Threshold: 0, ActionsEnabled: true })
    expect((await client.send(new DescribeAlarmsForMetricCommand({ Namespace: 'Bookshop', MetricName: 'Failures', Dimensions: SHOP }))).MetricAlarms).toHaveLength(1)
    await client.send(new SetAlarmStateCommand({ AlarmName: 'told', StateValue: 'ALARM', StateReason: 'to try it' }))
    expect(await describe()).toMatchObject({ StateValue: 'ALARM', StateReason: 'to try it' })
    await client.send(new DisableAlarmActionsCommand({ AlarmNames: ['told'] }))
    expect((await describe()).ActionsEnabled).toBe(false)
    await client.send(new EnableAlarmActionsCommand({ AlarmNames: ['told'] }))
    await client.send(new TagResourceCommand({ ResourceARN, Tags: [{ Key: 'env', Value: 'dev' }] }))
    await client.send(new UntagResourceCommand({ ResourceARN, TagKeys: ['team'] }))
    expect((await client.send(new ListTagsForResourceCommand({ ResourceARN }))).Tags).toEqual([{ Key: 'env', Value: 'dev' }])
    await client.send(new DeleteAlarmsCommand({ AlarmNames: ['told'] }))
    expect((await client.send(new DescribeAlarmsCommand({}))).MetricAlarms).toEqual([])
  })
})

describe('errors', () => {
  const history = (input: object) => client.send(new DescribeAlarmHistoryCommand(input))
  const stats = (more: object) => client.send(new GetMetricStatisticsCommand({ Namespace: 'Bookshop', MetricName: 'Sold', ...range, Period: 60, Statistics: ['Sum'], ...more }))
  const arn = (name: string) => `arn:aws:cloudwatch:us-east-1:${accountId}:alarm:${name}`
  itAnswersTheDocumentedErrors({
    service,
    documented,
    provoked: {
      'DeleteAlarms ResourceNotFound': () => client.send(new DeleteAlarmsCommand({ AlarmNames: ['none'] })),
      'SetAlarmState ResourceNotFound': () => client.send(new SetAlarmStateCommand({ AlarmName: 'none', StateValue: 'OK', StateReason: 'x' })),
      'SetAlarmState InvalidFormatFault': () => client.send(new SetAlarmStateCommand({ AlarmName: 'none', StateValue: 'OK', StateReason: 'x', StateReasonData: 'no JSON' })),
      'DescribeAlarmHistory InvalidNextToken': () => history({ NextToken: 'none' }),
      'DescribeAlarms InvalidNextToken': () => client.send(new DescribeAlarmsCommand({ NextToken: 'none' })),
      'GetMetricStatistics InvalidParameterValueException': () => stats({ Period: 90 }),
      'GetMetricStatistics MissingRequiredParameterException': () => stats({ Statistics: undefined }),
      'GetMetricStatistics InvalidParameterCombinationException': () => stats({ EndTime: range.StartTime }),
      'ListMetrics InvalidParameterValueException': () => client.send(new ListMetricsCommand({ NextToken: 'none' })),
      'PutMetricData InvalidParameterValueException': () => client.send(new PutMetricDataCommand({ Namespace: 'AWS/Lambda', MetricData: [{ MetricName: 'x', Value: 1 }] })),
      'PutMetricData MissingRequiredParameterException': () => put({ MetricName: 'x' }),
      'PutMetricData InvalidParameterCombinationException': () => put({ MetricName: 'x', Value: 1, Values: [1] }),
      'ListTagsForResource InvalidParameterValueException': () => client.send(new ListTagsForResourceCommand({ ResourceARN: 'nothing' })),
      'ListTagsForResource ResourceNotFoundException': () => client.send(new ListTagsForResourceCommand({ ResourceARN: arn('none') })),
      'TagResource InvalidParameterValueException': () => client.send(new TagResourceCommand({ ResourceARN: 'nothing', Tags: [] })),
      'TagResource ResourceNotFoundException': () => client.send(new TagResourceCommand({ ResourceARN: arn('none'), Tags: [] })),
      'UntagResource InvalidParameterValueException': () => client.send(new UntagResourceCommand({ ResourceARN: 'nothing', TagKeys: [] })),
      'UntagResource ResourceNotFoundException': () => client.send(new UntagResourceCommand({ ResourceARN: arn('none'), TagKeys: [] })),
    },
    never: {
      InternalServiceFault: "AWS's own failure: here only a defect of the sandbox would show it",
      ConcurrentModificationException: 'changes of one account wait for one another here',
      ConflictException: 'changes of one account wait for one another here',
      'PutMetricAlarm LimitExceededFault': 'the quota is five thousand alarms; it is checked',
      'GetMetricData InvalidNextToken': 'all is answered in one page, so that no token is given out',
    },
  })

  it.each([
    ['math', { Metrics: [] }, 'UnsupportedOperation'],
    ['a period that is none', { Period: 45 }, 'ValidationException'],
    ['more values than periods', { DatapointsToAlarm: 2 }, 'ValidationException'],
    ['an action that nobody takes', { AlarmActions: ['arn:aws:automate:us-east-1:ec2:stop'] }, 'ValidationException'],
    ['two statistics', { ExtendedStatistic: 'p90' }, 'ValidationException'],
  ])('an alarm with %s is refused', async (_what, more, name) => {
    await expect(alarm('wrong', more)).rejects.toMatchObject({ name })
  })
})

it.skipIf(!awsCliVersion)(awsCliVersion ? 'the AWS CLI puts and reads metrics and alarms' : 'the AWS CLI is not installed: left out', { timeout: 60_000 }, async () => {
  const aws = (...args: string[]) => awsCli(config, ['cloudwatch', ...args])
  await aws('put-metric-data', '--namespace', 'Cli', '--metric-name', 'Sold', '--value', '3', '--dimensions', 'Shop=Hue')
  expect(await aws('list-metrics', '--namespace', 'Cli')).toEqual({ Metrics: [{ Namespace: 'Cli', MetricName: 'Sold', Dimensions: [{ Name: 'Shop', Value: 'Hue' }] }] })
  const times = ['--start-time', minutes(-5).toISOString(), '--end-time', minutes(5).toISOString(), '--period', '300']
  const { Datapoints } = await aws('get-metric-statistics', '--namespace', 'Cli', '--metric-name', 'Sold', '--dimensions', 'Name=Shop,Value=Hue', ...times, '--statistics', 'Sum')
  expect(Datapoints).toMatchObject([{ Sum: 3, Unit: 'None' }])
  await aws('put-metric-alarm', '--alarm-name', 'cli', '--namespace', 'Cli', '--metric-name', 'Sold', '--statistic', 'Sum', '--period', '60', '--evaluation-periods', '1', '--threshold', '1', '--comparison-operator', 'GreaterThanThreshold')
  expect((await aws('describe-alarms')).MetricAlarms).toMatchObject([{ AlarmName: 'cli', Threshold: 1 }])
  await expect(aws('delete-alarms', '--alarm-names', 'none')).rejects.toThrow('(ResourceNotFound) when calling the DeleteAlarms operation: Alarm none does not exist.')
})

it.skipIf(!hasBoto3)(hasBoto3 ? 'boto3 puts and reads metrics' : 'boto3 is not installed: left out', { timeout: 60_000 }, async () => {
  const found = await boto3(
    config,
    `
import datetime
cw = boto3.client("cloudwatch")
now = datetime.datetime.now(datetime.timezone.utc)
cw.put_metric_data(Namespace="Boto", MetricData=[{"MetricName": "Sold", "Values": [1.5, 2.5], "Counts": [1, 3], "Timestamp": now}])
data = cw.get_metric_data(MetricDataQueries=[{"Id": "a", "MetricStat": {"Metric": {"Namespace": "Boto", "MetricName": "Sold"}, "Period": 60, "Stat": "Sum"}}], StartTime=now - datetime.timedelta(minutes=5), EndTime=now + datetime.timedelta(minutes=5))
try: cw.set_alarm_state(AlarmName="none", StateValue="OK", StateReason="x")
except cw.exceptions.ResourceNotFound as e: error = e.response["Error"]["Code"]
print(json.dumps({"values": data["MetricDataResults"][0]["Values"], "error": error}))
`,
  )
  expect(found).toEqual({ values: [9], error: 'ResourceNotFound' })
})
