import { ApiGatewayV2Client, CreateIntegrationCommand, UpdateIntegrationCommand } from '@aws-sdk/client-apigatewayv2'
import { EventBridgeClient, PutRuleCommand, PutTargetsCommand } from '@aws-sdk/client-eventbridge'
import { IAMClient, PutRolePolicyCommand } from '@aws-sdk/client-iam'
import { CreateQueueCommand, ReceiveMessageCommand, SetQueueAttributesCommand, SQSClient } from '@aws-sdk/client-sqs'
import { afterAll, beforeAll, beforeEach, expect, it } from 'vitest'
import { eventually, makeRole } from '../../services/lambda/testing'
import { startTestSandbox, type TestSandbox } from '../../testing'
import { hostCaller, makeHttpApi, type TestHttpApi } from './testing'

let sandbox: TestSandbox
let client: ApiGatewayV2Client
let sqs: SQSClient
let QueueUrl: string
let role: string
let powerless: string
let api: TestHttpApi
let call: ReturnType<typeof hostCaller>

beforeAll(async () => {
  sandbox = await startTestSandbox()
  client = new ApiGatewayV2Client(sandbox.learner)
  sqs = new SQSClient(sandbox.learner)
  QueueUrl = (await sqs.send(new CreateQueueCommand({ QueueName: 'orders' }))).QueueUrl!
  role = await makeRole(sandbox.learner, 'gateway', [], 'apigateway.amazonaws.com')
  powerless = await makeRole(sandbox.learner, 'powerless', [], 'apigateway.amazonaws.com')
  await new IAMClient(sandbox.learner).send(new PutRolePolicyCommand({ RoleName: 'gateway', PolicyName: 'p', PolicyDocument: JSON.stringify({ Version: '2012-10-17', Statement: { Effect: 'Allow', Action: ['sqs:*', 'events:PutEvents'], Resource: '*' } }) }))
})
afterAll(() => sandbox.remove())
beforeEach(async () => {
  api = await makeHttpApi(client)
  call = hostCaller(sandbox, api.id)
})

const make = (more: object) => client.send(new CreateIntegrationCommand({ ApiId: api.id, IntegrationType: 'AWS_PROXY', PayloadFormatVersion: '1.0', CredentialsArn: role, ...more }))
async function route(RouteKey: string, IntegrationSubtype: string, RequestParameters: Record<string, string>, more: object = {}) {
  const { IntegrationId } = await make({ IntegrationSubtype, RequestParameters, ...more })
  await api.route(RouteKey, undefined, { route: { Target: `integrations/${IntegrationId}` } })
}
const received = async () => (await sqs.send(new ReceiveMessageCommand({ QueueUrl, MessageAttributeNames: ['All'] }))).Messages?.[0]
const JSON_TYPE = { 'content-type': 'application/json' }

it('sends the request to a queue, with attributes, and takes it out again', async () => {
  await route('POST /orders', 'SQS-SendMessage', { QueueUrl, MessageBody: '$request.body.text', MessageAttributes: '{"who": {"DataType": "String", "StringValue": "${request.header.x-who}"}}' })
  await route('GET /orders', 'SQS-ReceiveMessage', { QueueUrl, MaxNumberOfMessages: '1' })
  await route('DELETE /orders', 'SQS-PurgeQueue', { QueueUrl })
  const sent = await call('/orders', { method: 'POST', headers: { ...JSON_TYPE, 'x-who': 'me' }, body: '{"text": "a & b"}' })
  expect(sent).toMatchObject({ status: 200, headers: { 'content-type': expect.stringContaining('xml') } })
  expect(sent.text).toMatch(/<MessageId>[0-9a-f-]{36}<\/MessageId>/)
  expect(await received()).toMatchObject({ Body: 'a & b', MessageAttributes: { who: { StringValue: 'me' } } })
  await call('/orders', { method: 'POST', headers: { ...JSON_TYPE, 'x-who': 'me' }, body: '{"text": "second"}' })
  expect((await call('/orders')).text).toContain('<Body>second</Body>')
  expect((await call('/orders', { method: 'DELETE' })).status).toBe(200)
})

it('puts an event on a bus, whose rule then finds it', async () => {
  const events = new EventBridgeClient(sandbox.learner)
  const Arn = `arn:aws:sqs:us-east-1:${sandbox.accountId}:orders`
  await sqs.send(new SetQueueAttributesCommand({ QueueUrl, Attributes: { Policy: JSON.stringify({ Version: '2012-10-17', Statement: { Effect: 'Allow', Principal: { Service: 'events.amazonaws.com' }, Action: 'sqs:SendMessage', Resource: Arn } }) } }))
  await events.send(new PutRuleCommand({ Name: 'shop', EventPattern: JSON.stringify({ source: ['shop'], resources: ['r1'] }) }))
  await events.send(new PutTargetsCommand({ Rule: 'shop', Targets: [{ Id: '1', Arn }] }))
  await route('POST /events', 'EventBridge-PutEvents', { Source: 'shop', DetailType: '$request.header.x-type', Detail: '$request.body', Resources: '["r1", "r2"]' })
  const { status, json } = await call('/events', { method: 'POST', headers: { ...JSON_TYPE, 'x-type': 'sold' }, body: '{"id": 7}' })
  expect({ status, json }).toEqual({ status: 200, json: { FailedEntryCount: 0, Entries: [{ EventId: expect.any(String) }] } })
  const event = JSON.parse((await eventually(received)).Body!)
  expect(event).toMatchObject({ source: 'shop', 'detail-type': 'sold', detail: { id: 7 }, resources: ['r1', 'r2'] })
})

it('passes on what the service refuses, and maps it', async () => {
  await route('POST /denied', 'SQS-SendMessage', { QueueUrl, MessageBody: 'x' }, { CredentialsArn: powerless, ResponseParameters: { 403: { 'overwrite:statuscode': '418' } } })
  await route('POST /none', 'SQS-SendMessage', { QueueUrl: `${QueueUrl}-none`, MessageBody: 'x' })
  expect(await call('/denied', { method: 'POST' })).toMatchObject({ status: 418, text: expect.stringContaining('AccessDenied') })
  expect((await call('/none', { method: 'POST' })).status).toBe(400)
})

it('answers 500 where the role cannot be assumed', async () => {
  const stranger = await makeRole(sandbox.learner, 'stranger')
  await route('POST /', 'SQS-PurgeQueue', { QueueUrl }, { CredentialsArn: stranger })
  expect(await call('/', { method: 'POST' })).toMatchObject({ status: 500, json: { message: 'Internal Server Error' } })
})

it('holds such integrations to what their subtype takes', async () => {
  const bad = (message: string) => ({ name: 'BadRequestException', message: expect.stringContaining(message) })
  const good = { IntegrationSubtype: 'SQS-PurgeQueue', RequestParameters: { QueueUrl } }
  await expect(make({ ...good, RequestParameters: {} })).rejects.toMatchObject(bad('QueueUrl'))
  await expect(make({ ...good, RequestParameters: { QueueUrl, Colour: 'red' } })).rejects.toMatchObject(bad('Colour'))
  await expect(make({ ...good, IntegrationSubtype: 'Kinesis-PutRecord' })).rejects.toMatchObject(bad('Kinesis-PutRecord'))
  await expect(make({ ...good, CredentialsArn: undefined })).rejects.toMatchObject(bad('CredentialsArn'))
  await expect(make({ ...good, PayloadFormatVersion: '2.0' })).rejects.toMatchObject(bad('PayloadFormatVersion'))
  await expect(make({ ...good, IntegrationType: 'HTTP_PROXY' })).rejects.toMatchObject(bad('AWS_PROXY'))
  const { IntegrationId } = await make(good)
  expect(await client.send(new UpdateIntegrationCommand({ ApiId: api.id, IntegrationId, RequestParameters: { Region: 'us-east-1' } }))).toMatchObject({ IntegrationSubtype: 'SQS-PurgeQueue', RequestParameters: { QueueUrl, Region: 'us-east-1' } })
})
