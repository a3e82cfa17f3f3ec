import { APIGatewayClient } from '@aws-sdk/client-api-gateway'
import { IAMClient, PutRolePolicyCommand } from '@aws-sdk/client-iam'
import { CreateQueueCommand, ReceiveMessageCommand, SQSClient } from '@aws-sdk/client-sqs'
import { afterAll, beforeAll, beforeEach, expect, it } from 'vitest'
import { makeApi, type TestApi } from '../../services/apigateway/testing'
import { policy } from '../../services/iam/test-account'
import { makeRole } from '../../services/lambda/testing'
import { startTestSandbox, type TestSandbox } from '../../testing'
import { callerOf } from '../testing'

let sandbox: TestSandbox
let client: APIGatewayClient
let sqs: SQSClient
let QueueUrl: string
let api: TestApi
let call: ReturnType<typeof callerOf>
let sender: string
let powerless: string
const JSON_TYPE = { 'content-type': 'application/json' }
const FORM = { 'integration.request.header.Content-Type': "'application/x-www-form-urlencoded'" }
const received = async () => (await sqs.send(new ReceiveMessageCommand({ QueueUrl, MaxNumberOfMessages: 10 }))).Messages?.map(({ Body }) => Body)

beforeAll(async () => {
  sandbox = await startTestSandbox()
  client = new APIGatewayClient(sandbox.learner)
  sqs = new SQSClient(sandbox.learner)
  QueueUrl = (await sqs.send(new CreateQueueCommand({ QueueName: 'orders' }))).QueueUrl!
  sender = await makeRole(sandbox.learner, 'sender', [], 'apigateway.amazonaws.com')
  powerless = await makeRole(sandbox.learner, 'powerless', [], 'apigateway.amazonaws.com')
  await new IAMClient(sandbox.learner).send(new PutRolePolicyCommand({ RoleName: 'sender', PolicyName: 'own', PolicyDocument: policy({ Effect: 'Allow', Action: ['sqs:*', 'logs:*'], Resource: '*' }) }))
})
afterAll(() => sandbox.remove())
beforeEach(async () => {
  api = await makeApi(client)
  call = callerOf(sandbox, api.id)
})

it('sends to a queue by path, with a form that the template makes, and reads the answer as JSON', async () => {
  await api.method('/orders', 'POST', {
    integration: { type: 'AWS', uri: `arn:aws:apigateway:us-east-1:sqs:path/${sandbox.accountId}/orders`, credentials: sender, requestParameters: FORM, requestTemplates: { 'application/json': 'Action=SendMessage&MessageBody=$util.urlEncode($input.body)' } },
    responses: [{ responseTemplates: { 'application/json': '{"id": "$input.path(\'$.SendMessageResponse.SendMessageResult.MessageId\')"}' } }],
  })
  await api.deploy()
  const { status, json } = await call('/orders', { method: 'POST', headers: JSON_TYPE, body: '{"a": "1 & 2"}' })
  expect(status).toBe(200)
  expect(json.id).toMatch(/^[0-9a-f-]{36}$/)
  expect(await received()).toEqual(['{"a": "1 & 2"}'])
})

it('calls an action with mapped query parameters', async () => {
  await api.method('/send', 'GET', {
    method: { requestParameters: { 'method.request.querystring.text': true } },
    integration: { type: 'AWS', uri: 'arn:aws:apigateway:us-east-1:sqs:action/SendMessage', credentials: sender, requestParameters: { 'integration.request.querystring.MessageBody': 'method.request.querystring.text', 'integration.request.querystring.QueueUrl': `'${QueueUrl}'` } },
    responses: [{}],
  })
  await api.deploy()
  const { json } = await call('/send?text=hello')
  expect(json.SendMessageResponse.SendMessageResult.MD5OfMessageBody).toBe('5d41402abc4b2a76b9719d911017c592')
  expect(await received()).toEqual(['hello'])
})

it('calls an action of a service that speaks JSON', async () => {
  await api.method('/groups', 'POST', { integration: { type: 'AWS', uri: 'arn:aws:apigateway:us-east-1:logs:action/CreateLogGroup', credentials: sender, requestTemplates: { 'application/json': '{"logGroupName": "$input.path(\'$.name\')"}' } }, responses: [{ responseTemplates: { 'application/json': '{"made": true}' } }, { statusCode: '400', selectionPattern: '4\\d\\d' }] })
  await api.deploy()
  const make = () => call('/groups', { method: 'POST', headers: JSON_TYPE, body: '{"name": "made-by-api"}' })
  expect(await make()).toMatchObject({ status: 200, json: { made: true } })
  expect(await make()).toMatchObject({ status: 400, json: { message: 'The specified log group already exists' } })
})

it('shows what the service refuses by the pattern for its status, and says why where the role cannot be assumed', async () => {
  const integration = { type: 'AWS', uri: 'arn:aws:apigateway:us-east-1:sqs:action/GetQueueUrl', requestParameters: { 'integration.request.querystring.QueueName': "'orders'" } } as const
  await api.method('/denied', 'GET', { integration: { ...integration, credentials: powerless }, responses: [{}, { statusCode: '403', selectionPattern: '403' }] })
  await api.method('/default', 'GET', { integration: { ...integration, credentials: powerless }, responses: [{}] })
  await api.method('/untrusted', 'GET', { integration: { ...integration, credentials: await makeRole(sandbox.learner, 'of-lambda') }, responses: [{}] })
  await api.deploy()
  const denied = await call('/denied')
  expect(denied).toMatchObject({ status: 403, json: { Error: { Code: 'AccessDenied', Type: 'Sender' } } })
  expect(denied.json.Error.Message).toMatch(/is not authorized to perform: sqs:getqueueurl/i)
  expect((await call('/default')).status).toBe(200)
  expect(await call('/untrusted')).toMatchObject({ status: 500, json: { message: 'Internal server error' } })
})

it('refuses an integration without a role, or with an ARN that has neither path nor action', async () => {
  const put = (integration: object) => api.method('/x', 'GET', { integration: { type: 'AWS', ...integration } as never })
  await expect(put({ uri: 'arn:aws:apigateway:us-east-1:sqs:action/SendMessage' })).rejects.toMatchObject({ name: 'BadRequestException', message: 'Role ARN must be specified for AWS integrations' })
  api = await makeApi(client)
  await expect(put({ uri: 'arn:aws:apigateway:us-east-1:sqs:SendMessage', credentials: sender })).rejects.toMatchObject({ name: 'BadRequestException', message: 'AWS ARN for integration must contain path or action' })
})
