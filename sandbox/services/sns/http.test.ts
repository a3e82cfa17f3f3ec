import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { createVerify, X509Certificate } from 'node:crypto'
import { ApiGatewayV2Client, CreateApiCommand } from '@aws-sdk/client-apigatewayv2'
import { AddPermissionCommand, LambdaClient } from '@aws-sdk/client-lambda'
import { ConfirmSubscriptionCommand, GetSubscriptionAttributesCommand, ListSubscriptionsByTopicCommand, PublishCommand, SNSClient, SubscribeCommand, SetTopicAttributesCommand, UnsubscribeCommand } from '@aws-sdk/client-sns'
import { SQSClient } from '@aws-sdk/client-sqs'
import { afterAll, afterEach, beforeAll, beforeEach, expect, it } from 'vitest'
import { startTestSandbox, type TestSandbox } from '../../testing'
import { eventually, functionMaker, handlerZip, makeRole } from '../lambda/testing'
import { topicTools } from './testing'

interface Post {
  path: string
  headers: Record<string, string | string[] | undefined>
  body: string
}

let endpoint: Server
let address: string
let posts: Post[]
/** Status codes of the next answers, 200 where there are none. */
let statuses: number[]
let sandbox: TestSandbox
let sns: SNSClient
let tools: ReturnType<typeof topicTools>

beforeAll(async () => {
  endpoint = createServer((request, response) => {
    const chunks: Buffer[] = []
    request.on('data', (chunk: Buffer) => chunks.push(chunk))
    request.on('end', () => {
      posts.push({ path: request.url!, headers: request.headers, body: Buffer.concat(chunks).toString() })
      response.writeHead(statuses.shift() ?? 200).end()
    })
  })
  await new Promise<void>((resolve) => endpoint.listen(0, '127.0.0.1', resolve))
  address = `127.0.0.1:${(endpoint.address() as AddressInfo).port}`
  sandbox = await startTestSandbox({ allowOutgoing: [address] })
  sns = new SNSClient(sandbox.learner)
  tools = topicTools(sns, new SQSClient(sandbox.learner), () => sandbox.accountId)
})
afterAll(async () => {
  await sandbox.remove()
  endpoint.close()
})
beforeEach(() => {
  posts = []
  statuses = []
})
afterEach(() => expect(posts).toEqual([]))

const next = () => eventually(async () => posts.shift())
const quickly = JSON.stringify({ healthyRetryPolicy: { minDelayTarget: 1, maxDelayTarget: 1, numRetries: 2, numNoDelayRetries: 2 } })

async function confirmed(name: string, Attributes: Record<string, string> = {}) {
  const TopicArn = await tools.topic(name)
  const { SubscriptionArn } = await sns.send(new SubscribeCommand({ TopicArn, Protocol: 'http', Endpoint: `http://${address}/${name}`, Attributes, ReturnSubscriptionArn: true }))
  const question = await next()
  await sns.send(new ConfirmSubscriptionCommand({ TopicArn, Token: JSON.parse(question.body).Token }))
  return { TopicArn, SubscriptionArn: SubscriptionArn! }
}

/** Checks a document as receivers are told to. */
async function isGenuine(document: Record<string, string>, version: 'SHA1' | 'SHA256'): Promise<boolean> {
  const names = document.Type === 'Notification' ? ['Message', 'MessageId', 'Subject', 'Timestamp', 'TopicArn', 'Type'] : ['Message', 'MessageId', 'SubscribeURL', 'Timestamp', 'Token', 'TopicArn', 'Type']
  const text = names.filter((name) => document[name] !== undefined).map((name) => `${name}\n${document[name]}\n`).join('')
  const certificate = new X509Certificate(await (await fetch(document.SigningCertURL!)).text())
  expect(certificate.verify(certificate.publicKey)).toBe(true)
  return createVerify(`RSA-${version}`).update(text).verify(certificate.publicKey, document.Signature!, 'base64')
}

it('asks an endpoint first, and posts signed notifications once its link was followed', async () => {
  const TopicArn = await tools.topic('news')
  const { SubscriptionArn } = await sns.send(new SubscribeCommand({ TopicArn, Protocol: 'http', Endpoint: `http://user:secret@${address}/news` }))
  expect(SubscriptionArn).toBe('pending confirmation')
  const question = await next()
  expect(question).toMatchObject({ path: '/news', headers: { 'x-amz-sns-message-type': 'SubscriptionConfirmation', 'x-amz-sns-topic-arn': TopicArn, 'content-type': 'text/plain; charset=UTF-8', authorization: `Basic ${Buffer.from('user:secret').toString('base64')}` } })
  const asked = JSON.parse(question.body)
  expect(await isGenuine(asked, 'SHA1')).toBe(true)
  await sns.send(new PublishCommand({ TopicArn, Message: 'too early' }))
  const answer = await fetch(asked.SubscribeURL)
  expect([answer.status, await answer.text()]).toEqual([200, expect.stringContaining(`<SubscriptionArn>${TopicArn}:`)])
  const { MessageId } = await sns.send(new PublishCommand({ TopicArn, Message: 'news', Subject: 'Today' }))
  const notification = await next()
  expect(notification.headers).toMatchObject({ 'x-amz-sns-message-type': 'Notification', 'x-amz-sns-message-id': MessageId, 'x-amz-sns-subscription-arn': expect.stringContaining(`${TopicArn}:`) })
  const told = JSON.parse(notification.body)
  expect(told).toMatchObject({ Message: 'news', Subject: 'Today' })
  expect(await isGenuine(told, 'SHA1')).toBe(true)
  expect(await isGenuine({ ...told, Message: 'forged' }, 'SHA1')).toBe(false)
  // The link at the end of each notification needs no keys either.
  expect((await fetch(told.UnsubscribeURL)).status).toBe(200)
  expect((await next()).headers['x-amz-sns-message-type']).toBe('UnsubscribeConfirmation')
  expect((await sns.send(new ListSubscriptionsByTopicCommand({ TopicArn }))).Subscriptions).toEqual([])
})

it('signs by SHA-256 where the topic says so', async () => {
  const { TopicArn } = await confirmed('strong')
  await sns.send(new SetTopicAttributesCommand({ TopicArn, AttributeName: 'SignatureVersion', AttributeValue: '2' }))
  await sns.send(new PublishCommand({ TopicArn, Message: 'x' }))
  const told = JSON.parse((await next()).body)
  expect(told.SignatureVersion).toBe('2')
  expect(await isGenuine(told, 'SHA256')).toBe(true)
})

it('posts the bare message where that is asked', async () => {
  const { TopicArn } = await confirmed('bare', { RawMessageDelivery: 'true', DeliveryPolicy: JSON.stringify({ requestPolicy: { headerContentType: 'application/json' } }) })
  await sns.send(new PublishCommand({ TopicArn, Message: '{"a":1}' }))
  expect(await next()).toMatchObject({ body: '{"a":1}', headers: { 'x-amz-sns-rawdelivery': 'true', 'content-type': 'application/json' } })
})

it('tries again while the endpoint fails, and then gives the message to the dead-letter queue', async () => {
  const dead = await tools.queue('dead')
  const { TopicArn } = await confirmed('failing', { DeliveryPolicy: quickly, RedrivePolicy: JSON.stringify({ deadLetterTargetArn: tools.queueArn('dead') }) })
  statuses = [503, 500]
  await sns.send(new PublishCommand({ TopicArn, Message: 'at last' }))
  const ids = [await next(), await next(), await next()].map(({ headers }) => headers['x-amz-sns-message-id'])
  expect(new Set(ids).size).toBe(1)
  statuses = [500, 500, 500]
  await sns.send(new PublishCommand({ TopicArn, Message: 'never' }))
  expect(JSON.parse((await tools.take(dead))[0]!.Body!)).toMatchObject({ Type: 'Notification', Message: 'never' })
  expect(posts.splice(0)).toHaveLength(3)
  // The endpoint's refusal is final.
  statuses = [404]
  await sns.send(new PublishCommand({ TopicArn, Message: 'refused' }))
  expect(JSON.parse((await tools.take(dead))[0]!.Body!)).toMatchObject({ Message: 'refused' })
  expect(posts.splice(0)).toHaveLength(1)
})

it('ends a guarded subscription only for those who may, and begins it anew by the farewell', async () => {
  const TopicArn = await tools.topic('guarded')
  await sns.send(new SubscribeCommand({ TopicArn, Protocol: 'http', Endpoint: `http://${address}/guarded` }))
  const { SubscriptionArn } = await sns.send(new ConfirmSubscriptionCommand({ TopicArn, Token: JSON.parse((await next()).body).Token, AuthenticateOnUnsubscribe: 'true' }))
  expect((await fetch(`${sandbox.url}/?Action=Unsubscribe&SubscriptionArn=${SubscriptionArn}`)).status).toBe(403)
  await expect(new SNSClient((await sandbox.newAccount()).config).send(new UnsubscribeCommand({ SubscriptionArn }))).rejects.toMatchObject({ name: 'AuthorizationErrorException' })
  await sns.send(new UnsubscribeCommand({ SubscriptionArn }))
  const farewell = JSON.parse((await next()).body)
  expect(farewell).toMatchObject({ Type: 'UnsubscribeConfirmation', Message: expect.stringContaining('deactivate subscription') })
  await fetch(farewell.SubscribeURL)
  expect((await sns.send(new GetSubscriptionAttributesCommand({ SubscriptionArn }))).Attributes).toMatchObject({ PendingConfirmation: 'false', Endpoint: `http://${address}/guarded` })
})

it('reaches no host that the operator does not name', async () => {
  const { TopicArn } = await confirmed('kept-in')
  await sns.send(new SubscribeCommand({ TopicArn, Protocol: 'http', Endpoint: `http://localhost:${address.split(':')[1]}/out`, Attributes: { DeliveryPolicy: quickly } }))
  await sns.send(new PublishCommand({ TopicArn, Message: 'x' }))
  expect((await next()).path).toBe('/kept-in')
})

it('reaches deployed APIs of the sandbox by itself', { timeout: 30_000 }, async () => {
  const TopicArn = await tools.topic('to-api')
  const lambda = new LambdaClient(sandbox.learner)
  const { FunctionArn } = await functionMaker(lambda, await makeRole(sandbox.learner, 'web', ['AmazonSQSFullAccess']))('web', {
    zip: handlerZip(`async ({ headers, body }) => { const { SQSClient, SendMessageCommand } = await import('@aws-sdk/client-sqs'); await new SQSClient({}).send(new SendMessageCommand({ QueueUrl: process.env.HEARD, MessageBody: JSON.stringify([headers['x-amz-sns-message-type'], JSON.parse(body)]) })); return { statusCode: 200 } }`),
    Timeout: 20,
    Environment: { Variables: { HEARD: await tools.queue('heard') } },
  })
  await lambda.send(new AddPermissionCommand({ FunctionName: 'web', StatementId: 'api', Action: 'lambda:InvokeFunction', Principal: 'apigateway.amazonaws.com' }))
  const { ApiId } = await new ApiGatewayV2Client(sandbox.learner).send(new CreateApiCommand({ Name: 'web', ProtocolType: 'HTTP', Target: FunctionArn }))
  await sns.send(new SubscribeCommand({ TopicArn, Protocol: 'http', Endpoint: `${sandbox.url}/_aws/execute-api/${ApiId}/$default/hook` }))
  const heard = `${sandbox.url}/${sandbox.accountId}/heard`
  const [type, { SubscribeURL }] = JSON.parse((await tools.take(heard))[0]!.Body!)
  expect(type).toBe('SubscriptionConfirmation')
  await fetch(SubscribeURL)
  await sns.send(new PublishCommand({ TopicArn, Message: 'to the API' }))
  expect(JSON.parse((await tools.take(heard))[0]!.Body!)).toMatchObject(['Notification', { Message: 'to the API' }])
})

it('does not take a token that is none, nor another topic by it', async () => {
  const TopicArn = await tools.topic('tokens')
  await sns.send(new SubscribeCommand({ TopicArn, Protocol: 'http', Endpoint: `http://${address}/tokens` }))
  const { Token } = JSON.parse((await next()).body)
  await expect(sns.send(new ConfirmSubscriptionCommand({ TopicArn, Token: 'x' }))).rejects.toThrow('Invalid parameter: Token')
  await expect(sns.send(new ConfirmSubscriptionCommand({ TopicArn: await tools.topic('other'), Token }))).rejects.toThrow('Invalid parameter: Token')
})
