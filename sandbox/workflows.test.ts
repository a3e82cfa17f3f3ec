import { APIGatewayClient, CreateDeploymentCommand, CreateResourceCommand, CreateRestApiCommand, GetResourcesCommand, PutIntegrationCommand, PutMethodCommand } from '@aws-sdk/client-api-gateway'
import { CreateTableCommand, DynamoDBClient, GetItemCommand, ScanCommand } from '@aws-sdk/client-dynamodb'
import { EventBridgeClient, PutRuleCommand, PutTargetsCommand } from '@aws-sdk/client-eventbridge'
import { AddPermissionCommand, CreateEventSourceMappingCommand, LambdaClient } from '@aws-sdk/client-lambda'
import { CreateBucketCommand, PutBucketNotificationConfigurationCommand, PutObjectCommand, S3Client } from '@aws-sdk/client-s3'
import { CreateTopicCommand, SetTopicAttributesCommand, SNSClient, SubscribeCommand } from '@aws-sdk/client-sns'
import { CreateQueueCommand, SQSClient } from '@aws-sdk/client-sqs'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { sandboxProgram } from './program-testing'
import { eventually, functionMaker, handlerZip, makeRole } from './services/lambda/testing'
import { startTestSandbox, type ClientConfig, type TestSandbox } from './testing'

const POLICIES = ['service-role/AWSLambdaBasicExecutionRole', 'service-role/AWSLambdaSQSQueueExecutionRole', 'AmazonDynamoDBFullAccess', 'AmazonS3ReadOnlyAccess']

/** A handler that puts what this expression makes of its event into the table `books`; `s3` reads objects. */
const storing = (items: string) =>
  handlerZip(`async (event) => {
    const { DynamoDBClient, PutItemCommand } = require('@aws-sdk/client-dynamodb')
    const { S3Client, GetObjectCommand } = require('@aws-sdk/client-s3')
    const table = new DynamoDBClient({})
    const s3 = new S3Client({ forcePathStyle: true })
    const read = async (record) => (await s3.send(new GetObjectCommand({ Bucket: record.s3.bucket.name, Key: record.s3.object.key }))).Body.transformToString()
    for (const [id, text] of await (${items})(event, read)) await table.send(new PutItemCommand({ TableName: 'books', Item: { id: { S: id }, text: { S: text } } }))
    return { statusCode: 201, body: 'stored' }
  }`)

async function makeTable(config: ClientConfig): Promise<void> {
  await new DynamoDBClient(config).send(new CreateTableCommand({ TableName: 'books', BillingMode: 'PAY_PER_REQUEST', AttributeDefinitions: [{ AttributeName: 'id', AttributeType: 'S' }], KeySchema: [{ AttributeName: 'id', KeyType: 'HASH' }] }))
}

function stored(config: ClientConfig, id: string): Promise<string> {
  const table = new DynamoDBClient(config)
  return eventually(async () => (await table.send(new GetItemCommand({ TableName: 'books', Key: { id: { S: id } } }))).Item?.text?.S)
}

describe('the workflows of the course', () => {
  let sandbox: TestSandbox
  let config: ClientConfig
  let account: string
  let lambda: LambdaClient
  let make: ReturnType<typeof functionMaker>
  beforeAll(async () => {
    sandbox = await startTestSandbox()
    config = sandbox.learner
    account = sandbox.accountId
    lambda = new LambdaClient(config)
    make = functionMaker(lambda, await makeRole(config, 'bookshop', POLICIES))
    await makeTable(config)
  })
  afterAll(() => sandbox.remove())

  const functionArn = (name: string) => `arn:aws:lambda:us-east-1:${account}:function:${name}`
  const allow = (FunctionName: string, Principal: string, SourceArn: string) => lambda.send(new AddPermissionCommand({ FunctionName, StatementId: 'caller', Action: 'lambda:InvokeFunction', Principal, SourceArn }))

  it('an API calls a function, which writes into a table', async () => {
    await make('on-request', { Timeout: 20, zip: storing('(event) => [[JSON.parse(event.body).id, event.httpMethod]]') })
    const gateway = new APIGatewayClient(config)
    const { id: restApiId } = await gateway.send(new CreateRestApiCommand({ name: 'bookshop' }))
    const { items } = await gateway.send(new GetResourcesCommand({ restApiId }))
    const { id: resourceId } = await gateway.send(new CreateResourceCommand({ restApiId, parentId: items![0]!.id, pathPart: 'books' }))
    await gateway.send(new PutMethodCommand({ restApiId, resourceId, httpMethod: 'POST', authorizationType: 'NONE' }))
    const uri = `arn:aws:apigateway:us-east-1:lambda:path/2015-03-31/functions/${functionArn('on-request')}/invocations`
    await gateway.send(new PutIntegrationCommand({ restApiId, resourceId, httpMethod: 'POST', type: 'AWS_PROXY', integrationHttpMethod: 'POST', uri }))
    await gateway.send(new CreateDeploymentCommand({ restApiId, stageName: 'dev' }))
    const post = () => fetch(`${sandbox.url}/_aws/execute-api/${restApiId}/dev/books`, { method: 'POST', body: '{"id":"by-api"}' })
    // Without the function's permission API Gateway cannot call it, as on AWS.
    expect((await post()).status).toBe(500)
    await allow('on-request', 'apigateway.amazonaws.com', `arn:aws:execute-api:us-east-1:${account}:${restApiId}/*/POST/books`)
    const answer = await post()
    expect([answer.status, await answer.text()]).toEqual([201, 'stored'])
    expect(await stored(config, 'by-api')).toBe('POST')
  })

  it('an upload runs a function, which reads the object', async () => {
    await make('on-upload', { Timeout: 20, zip: storing('(event, read) => Promise.all(event.Records.map(async (record) => [record.s3.object.key, await read(record)]))') })
    const s3 = new S3Client({ ...config, forcePathStyle: true })
    await s3.send(new CreateBucketCommand({ Bucket: 'bookshop-covers' }))
    const notify = () =>
      s3.send(
        new PutBucketNotificationConfigurationCommand({
          Bucket: 'bookshop-covers',
          NotificationConfiguration: { LambdaFunctionConfigurations: [{ LambdaFunctionArn: functionArn('on-upload'), Events: ['s3:ObjectCreated:*'], Filter: { Key: { FilterRules: [{ Name: 'suffix', Value: '.txt' }] } } }] },
        }),
      )
    // A trigger without permission is refused where it is set up.
    await expect(notify()).rejects.toMatchObject({ name: 'InvalidArgument', message: 'Unable to validate the following destination configurations' })
    await allow('on-upload', 's3.amazonaws.com', 'arn:aws:s3:::bookshop-covers')
    await notify()
    await s3.send(new PutObjectCommand({ Bucket: 'bookshop-covers', Key: 'so-do.txt', Body: 'Số đỏ' }))
    expect(await stored(config, 'so-do.txt')).toBe('Số đỏ')
  })

  it('a schedule runs a function when its time comes', async () => {
    await make('nightly', { Timeout: 20, zip: storing('(event) => [["by-schedule", event["detail-type"]]]') })
    const events = new EventBridgeClient(config)
    const { RuleArn } = await events.send(new PutRuleCommand({ Name: 'nightly', ScheduleExpression: 'cron(0 18 * * ? *)' }))
    await allow('nightly', 'events.amazonaws.com', RuleArn!)
    await events.send(new PutTargetsCommand({ Rule: 'nightly', Targets: [{ Id: 'one', Arn: functionArn('nightly') }] }))
    await fetch(`${sandbox.url}/_worklab/accounts/${account}/clock`, { method: 'POST', headers: { authorization: `Bearer ${sandbox.adminToken}` }, body: '{"forwardSeconds":86400}' })
    expect(await stored(config, 'by-schedule')).toBe('Scheduled Event')
  })
})

describe('a fan-out', () => {
  const ACCOUNT = '111111111111'
  const arn = (service: string, name: string) => `arn:aws:${service}:us-east-1:${ACCOUNT}:${name}`
  const program = sandboxProgram()

  const policy = (service: string, Action: string, Resource: string, source: string) =>
    JSON.stringify({ Version: '2012-10-17', Statement: [{ Effect: 'Allow', Principal: { Service: service }, Action, Resource, Condition: { ArnEquals: { 'aws:SourceArn': source } } }] })

  it('from a bucket over a topic and a queue to a function loses no upload, though it is killed in the middle', { timeout: 120_000 }, async () => {
    let config = await program.start()
    await makeTable(config)
    const [sns, sqs] = [new SNSClient(config), new SQSClient(config)]
    const { TopicArn } = await sns.send(new CreateTopicCommand({ Name: 'uploads' }))
    await sns.send(new SetTopicAttributesCommand({ TopicArn, AttributeName: 'Policy', AttributeValue: policy('s3.amazonaws.com', 'sns:Publish', TopicArn!, 'arn:aws:s3:::fan-out') }))
    const { QueueUrl } = await sqs.send(new CreateQueueCommand({ QueueName: 'uploads', Attributes: { VisibilityTimeout: '10', Policy: policy('sns.amazonaws.com', 'sqs:SendMessage', arn('sqs', 'uploads'), TopicArn!) } }))
    expect(QueueUrl).toBeDefined()
    await sns.send(new SubscribeCommand({ TopicArn, Protocol: 'sqs', Endpoint: arn('sqs', 'uploads') }))
    const lambda = new LambdaClient(config)
    const keys = '(event) => event.Records.flatMap(({ body }) => (JSON.parse(JSON.parse(body).Message).Records ?? []).map((record) => [record.s3.object.key, "seen"]))'
    await functionMaker(lambda, await makeRole(config, 'fan-out', POLICIES))('count', { Timeout: 10, zip: storing(keys) })
    await lambda.send(new CreateEventSourceMappingCommand({ FunctionName: 'count', EventSourceArn: arn('sqs', 'uploads'), BatchSize: 10 }))
    let s3 = new S3Client({ ...config, forcePathStyle: true })
    await s3.send(new CreateBucketCommand({ Bucket: 'fan-out' }))
    await s3.send(new PutBucketNotificationConfigurationCommand({ Bucket: 'fan-out', NotificationConfiguration: { TopicConfigurations: [{ TopicArn, Events: ['s3:ObjectCreated:*'] }] } }))

    const accepted = new Set<string>()
    const upload = async (worker: number) => {
      for (let i = 0; i < 15; i += 1) {
        const Key = `${worker}-${i}`
        await s3.send(new PutObjectCommand({ Bucket: 'fan-out', Key, Body: 'x' }))
        accepted.add(Key)
      }
    }
    const workers = [0, 1, 2, 3].map((worker) => upload(worker).catch(() => {}))
    while (accepted.size < 30) await new Promise((resolve) => setTimeout(resolve, 5))
    await program.kill()
    await Promise.all(workers)

    config = await program.start()
    s3 = new S3Client({ ...config, forcePathStyle: true })
    await s3.send(new PutObjectCommand({ Bucket: 'fan-out', Key: 'after', Body: 'x' }))
    accepted.add('after')
    const table = new DynamoDBClient(config)
    const until = Date.now() + 90_000
    let lost = [...accepted]
    while (lost.length > 0 && Date.now() < until) {
      const { Items } = await table.send(new ScanCommand({ TableName: 'books' }))
      const seen = new Set(Items!.map(({ id }) => id!.S!))
      lost = [...accepted].filter((key) => !seen.has(key))
      if (lost.length > 0) await new Promise((resolve) => setTimeout(resolve, 200))
    }
    expect(lost).toEqual([])
  })
})
