import { ApiGatewayV2Client, DeleteAccessLogSettingsCommand, UpdateStageCommand } from '@aws-sdk/client-apigatewayv2'
import { CloudWatchLogsClient, CreateLogGroupCommand, DeleteLogGroupCommand, FilterLogEventsCommand } from '@aws-sdk/client-cloudwatch-logs'
import { LambdaClient } from '@aws-sdk/client-lambda'
import { afterAll, beforeAll, beforeEach, expect, it } from 'vitest'
import { permit } from '../../services/apigateway/testing'
import { functionMaker, handlerZip, makeRole } from '../../services/lambda/testing'
import { startTestSandbox, type TestSandbox } from '../../testing'
import { hostCaller, makeHttpApi, type TestHttpApi } from './testing'

let sandbox: TestSandbox
let client: ApiGatewayV2Client
let logs: CloudWatchLogsClient
let functionArn: string
let api: TestHttpApi
let call: ReturnType<typeof hostCaller>
const GROUP = '/api/access'
const FIELDS = ['requestId', 'httpMethod', 'path', 'routeKey', 'status', 'protocol', 'responseLength', 'identity.sourceIp', 'stage', 'error.message', 'error.messageString', 'integrationErrorMessage', 'integration.status', 'integrationStatus', 'authorizer.claims.sub', 'nonsense']
const FORMAT = `{ ${FIELDS.map((name) => `"${name}": "$context.${name}"`).join(', ')}, "time": "$context.requestTime", "latency": $context.responseLatency }`.replace('"$context.error.messageString"', '$context.error.messageString')

beforeAll(async () => {
  sandbox = await startTestSandbox()
  client = new ApiGatewayV2Client(sandbox.learner)
  logs = new CloudWatchLogsClient(sandbox.learner)
  const lambda = new LambdaClient(sandbox.learner)
  const handler = handlerZip("async (event) => { if (event.queryStringParameters?.fail) throw new Error('broken'); return { statusCode: 201, body: 'hello' } }")
  functionArn = (await functionMaker(lambda, await makeRole(sandbox.learner, 'r'))('f', { zip: handler })).FunctionArn!
  await permit(lambda, 'f')
})
afterAll(() => sandbox.remove())
beforeEach(async () => {
  api = await makeHttpApi(client)
  call = hostCaller(sandbox, api.id)
  await api.route('GET /pets/{id}', functionArn)
})

const logTo = (group: string, Format = FORMAT) => client.send(new UpdateStageCommand({ ApiId: api.id, StageName: '$default', AccessLogSettings: { DestinationArn: `arn:aws:logs:us-east-1:${sandbox.accountId}:log-group:${group}`, Format } }))
const lines = async () => (await logs.send(new FilterLogEventsCommand({ logGroupName: GROUP }))).events!.map(({ message }) => message!)

it('writes a line for each request to the log group, in the stage’s format', async () => {
  await logs.send(new CreateLogGroupCommand({ logGroupName: GROUP }))
  await logTo(GROUP)
  const answered = await call('/pets/7?a=1')
  await call('/pets/7?fail=1')
  await call('/nowhere')
  const [fine, failed, lost] = (await lines()).map((line) => JSON.parse(line.replace(/"error.messageString": -/, '"error.messageString": null')))
  expect(fine).toEqual({ requestId: answered.headers['apigw-requestid'], httpMethod: 'GET', path: '/pets/7', routeKey: 'GET /pets/{id}', status: '201', protocol: 'HTTP/1.1', responseLength: '5', 'identity.sourceIp': '127.0.0.1', stage: '$default', 'error.message': '-', 'error.messageString': null, integrationErrorMessage: '-', 'integration.status': '201', integrationStatus: '200', 'authorizer.claims.sub': '-', nonsense: '-', time: expect.stringMatching(/^\d\d\/\w{3}\/\d{4}:/), latency: expect.any(Number) })
  expect(failed).toMatchObject({ status: '500', 'error.message': 'Internal Server Error', 'error.messageString': 'Internal Server Error', integrationErrorMessage: expect.stringContaining('broken'), 'integration.status': '-', integrationStatus: '200' })
  expect(lost).toMatchObject({ status: '404', routeKey: '-', path: '/nowhere', 'error.message': 'Not Found' })
  await client.send(new DeleteAccessLogSettingsCommand({ ApiId: api.id, StageName: '$default' }))
  await call('/pets/7')
  expect(await lines()).toHaveLength(3)
  await logs.send(new DeleteLogGroupCommand({ logGroupName: GROUP }))
})

it('answers all the same where the log group is gone', async () => {
  await logTo('/api/gone:*')
  expect((await call('/pets/7')).status).toBe(201)
})

it.each([
  ['a destination that is no log group', { DestinationArn: 'arn:aws:s3:::bucket', Format: '$context.requestId' }],
  ['Firehose', { DestinationArn: 'arn:aws:firehose:us-east-1:123456789012:deliverystream/amazon-apigateway-x', Format: '$context.requestId' }],
  ['a format alone', { Format: '$context.requestId' }],
  ['several lines', { DestinationArn: 'arn:aws:logs:us-east-1:123456789012:log-group:g', Format: 'a\nb' }],
])('refuses %s', async (_, AccessLogSettings) => {
  await expect(client.send(new UpdateStageCommand({ ApiId: api.id, StageName: '$default', AccessLogSettings }))).rejects.toMatchObject({ name: 'BadRequestException' })
})
