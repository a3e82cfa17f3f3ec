import * as apigateway from '@aws-sdk/client-api-gateway'
import * as logsSdk from '@aws-sdk/client-cloudwatch-logs'
import * as dynamodb from '@aws-sdk/client-dynamodb'
import * as iamSdk from '@aws-sdk/client-iam'
import * as lambdaSdk from '@aws-sdk/client-lambda'
import * as s3Sdk from '@aws-sdk/client-s3'
import * as snsSdk from '@aws-sdk/client-sns'
import * as sqsSdk from '@aws-sdk/client-sqs'
import { expect, it } from 'vitest'
import { sandboxProgram } from './program-testing'
import { newTable } from './services/dynamodb/testing'
import { handlerZip, makeRole } from './services/lambda/testing'
import type { ClientConfig } from './testing'

const ROUNDS = 2
const STORM_MS = 1500
const LONGEST_STORM_MS = 15_000

const { start, kill } = sandboxProgram()

const clientsOf = (config: ClientConfig) => ({
  iam: new iamSdk.IAMClient(config),
  lambda: new lambdaSdk.LambdaClient(config),
  s3: new s3Sdk.S3Client(config),
  logs: new logsSdk.CloudWatchLogsClient(config),
  sns: new snsSdk.SNSClient(config),
  sqs: new sqsSdk.SQSClient(config),
  db: new dynamodb.DynamoDBClient(config),
  gateway: new apigateway.APIGatewayClient(config),
})
type Clients = ReturnType<typeof clientsOf>

/** Looks whether what was acknowledged is there; run after the restart. */
type Look = (clients: Clients) => Promise<unknown>

/** One write each, over and over, of every service: gives what must be found once it was acknowledged. */
const writers: Record<string, (clients: Clients, n: string, role: string) => Promise<Look>> = {
  async user({ iam }, n) {
    await iam.send(new iamSdk.CreateUserCommand({ UserName: `user-${n}` }))
    await iam.send(new iamSdk.CreateAccessKeyCommand({ UserName: `user-${n}` }))
    await iam.send(new iamSdk.UpdateUserCommand({ UserName: `user-${n}`, NewUserName: `renamed-${n}` }))
    return async (clients) => expect((await clients.iam.send(new iamSdk.ListAccessKeysCommand({ UserName: `renamed-${n}` }))).AccessKeyMetadata).toHaveLength(1)
  },
  async group({ iam }, n) {
    await iam.send(new iamSdk.CreateGroupCommand({ GroupName: `group-${n}` }))
    await iam.send(new iamSdk.CreateUserCommand({ UserName: `member-${n}` }))
    await iam.send(new iamSdk.AddUserToGroupCommand({ GroupName: `group-${n}`, UserName: `member-${n}` }))
    await iam.send(new iamSdk.UpdateGroupCommand({ GroupName: `group-${n}`, NewGroupName: `team-${n}` }))
    return async (clients) => expect((await clients.iam.send(new iamSdk.GetGroupCommand({ GroupName: `team-${n}` }))).Users).toMatchObject([{ UserName: `member-${n}` }])
  },
  async policy({ iam }, n) {
    const PolicyDocument = JSON.stringify({ Version: '2012-10-17', Statement: [{ Effect: 'Allow', Action: 's3:GetObject', Resource: '*' }] })
    const { Policy } = await iam.send(new iamSdk.CreatePolicyCommand({ PolicyName: `policy-${n}`, PolicyDocument }))
    await iam.send(new iamSdk.CreatePolicyVersionCommand({ PolicyArn: Policy!.Arn!, PolicyDocument, SetAsDefault: true }))
    return async (clients) => expect((await clients.iam.send(new iamSdk.GetPolicyCommand({ PolicyArn: Policy!.Arn! }))).Policy!.DefaultVersionId).toBe('v2')
  },
  async log({ logs }, n) {
    await logs.send(new logsSdk.CreateLogGroupCommand({ logGroupName: `log-${n}` }))
    await logs.send(new logsSdk.CreateLogStreamCommand({ logGroupName: `log-${n}`, logStreamName: 's' }))
    await logs.send(new logsSdk.PutLogEventsCommand({ logGroupName: `log-${n}`, logStreamName: 's', logEvents: [{ timestamp: Date.now(), message: n }] }))
    return async (clients) => expect((await clients.logs.send(new logsSdk.GetLogEventsCommand({ logGroupName: `log-${n}`, logStreamName: 's', startFromHead: true }))).events).toMatchObject([{ message: n }])
  },
  async topic({ sns }, n) {
    const { TopicArn } = await sns.send(new snsSdk.CreateTopicCommand({ Name: `topic-${n}` }))
    await sns.send(new snsSdk.SubscribeCommand({ TopicArn, Protocol: 'sqs', Endpoint: `arn:aws:sqs:us-east-1:111111111111:queue-${n}` }))
    return async (clients) => expect((await clients.sns.send(new snsSdk.ListSubscriptionsByTopicCommand({ TopicArn: TopicArn! }))).Subscriptions).toHaveLength(1)
  },
  async queue({ sqs }, n) {
    const { QueueUrl } = await sqs.send(new sqsSdk.CreateQueueCommand({ QueueName: `queue-${n}` }))
    await sqs.send(new sqsSdk.SendMessageCommand({ QueueUrl: QueueUrl!, MessageBody: n }))
    return async (clients) => {
      const { QueueUrl: url } = await clients.sqs.send(new sqsSdk.GetQueueUrlCommand({ QueueName: `queue-${n}` }))
      expect((await clients.sqs.send(new sqsSdk.ReceiveMessageCommand({ QueueUrl: url! }))).Messages).toMatchObject([{ Body: n }])
    }
  },
  async object({ s3 }, n) {
    const Bucket = `bucket-${n}`
    // One that lies in the store, and one that is a file.
    const bodies = [n, n.repeat(20_000)]
    await s3.send(new s3Sdk.CreateBucketCommand({ Bucket }))
    for (const [i, Body] of bodies.entries()) await s3.send(new s3Sdk.PutObjectCommand({ Bucket, Key: String(i), Body }))
    return async (clients) => {
      for (const [i, body] of bodies.entries()) expect(await (await clients.s3.send(new s3Sdk.GetObjectCommand({ Bucket, Key: String(i) }))).Body!.transformToString()).toBe(body)
    }
  },
  async table({ db }, n) {
    const TableName = `table-${n}`
    await db.send(newTable(TableName))
    await db.send(new dynamodb.PutItemCommand({ TableName, Item: { id: { S: n } } }))
    return async (clients) => expect((await clients.db.send(new dynamodb.GetItemCommand({ TableName, Key: { id: { S: n } } }))).Item).toEqual({ id: { S: n } })
  },
  async function({ lambda }, n, Role) {
    await lambda.send(new lambdaSdk.CreateFunctionCommand({ FunctionName: `function-${n}`, Runtime: 'nodejs22.x', Handler: 'index.handler', Role, Code: { ZipFile: handlerZip(`async () => '${n}'`) } }))
    await lambda.send(new lambdaSdk.PublishVersionCommand({ FunctionName: `function-${n}` }))
    return async (clients) => expect((await clients.lambda.send(new lambdaSdk.GetFunctionCommand({ FunctionName: `function-${n}`, Qualifier: '1' }))).Configuration!.State).toBe('Active')
  },
  async api({ gateway }, n) {
    const api = await gateway.send(new apigateway.CreateRestApiCommand({ name: `api-${n}` }))
    const resource = await gateway.send(new apigateway.CreateResourceCommand({ restApiId: api.id!, parentId: api.rootResourceId!, pathPart: n }))
    await gateway.send(new apigateway.PutMethodCommand({ restApiId: api.id!, resourceId: resource.id!, httpMethod: 'GET', authorizationType: 'NONE' }))
    return async (clients) => expect((await clients.gateway.send(new apigateway.GetResourceCommand({ restApiId: api.id!, resourceId: resource.id! }))).resourceMethods).toHaveProperty('GET')
  },
}

/** Everything that can be listed can also be read, written by halves or not. */
async function requireWhole({ iam, lambda, logs, gateway }: Clients): Promise<void> {
  for await (const { Users } of iamSdk.paginateListUsers({ client: iam }, {})) {
    for (const { UserName } of Users!) {
      await iam.send(new iamSdk.GetUserCommand({ UserName }))
      const { AccessKeyMetadata } = await iam.send(new iamSdk.ListAccessKeysCommand({ UserName }))
      for (const key of AccessKeyMetadata!) expect(key.UserName).toBe(UserName)
      // A rename that was cut off has happened or not: never are there both names.
      if (UserName!.startsWith('renamed-')) await expect(iam.send(new iamSdk.GetUserCommand({ UserName: UserName!.replace('renamed-', 'user-') }))).rejects.toMatchObject({ name: 'NoSuchEntityException' })
      for (const { GroupName } of (await iam.send(new iamSdk.ListGroupsForUserCommand({ UserName }))).Groups!) await iam.send(new iamSdk.GetGroupCommand({ GroupName: GroupName! }))
    }
  }
  for await (const { Functions } of lambdaSdk.paginateListFunctions({ client: lambda }, {})) {
    for (const { FunctionName, CodeSize } of Functions!) {
      const { Code } = await lambda.send(new lambdaSdk.GetFunctionCommand({ FunctionName }))
      expect((await (await fetch(Code!.Location!)).arrayBuffer()).byteLength).toBe(CodeSize)
    }
  }
  for await (const { logGroups } of logsSdk.paginateDescribeLogGroups({ client: logs }, {})) {
    for (const { logGroupName } of logGroups!) await logs.send(new logsSdk.FilterLogEventsCommand({ logGroupName: logGroupName! }))
  }
  for (const { id } of (await gateway.send(new apigateway.GetRestApisCommand({ limit: 500 }))).items!) {
    expect((await gateway.send(new apigateway.GetResourcesCommand({ restApiId: id! }))).items!.map(({ path }) => path)).toContain('/')
  }
}

it('killed in a storm of writes, it has every acknowledged one after a restart, and nothing by halves', { timeout: 120_000 }, async () => {
  let config = await start()
  const role = await makeRole(config, 'storm')
  const acknowledged: [string, Look][] = []
  for (let round = 0; round < ROUNDS; round++) {
    const clients = clientsOf(config)
    const storm = Object.entries(writers).map(async ([name, write]) => {
      for (let i = 0; ; i++) {
        const look = await write(clients, `${round}-${i}`, role)
        acknowledged.push([`${name} ${round}-${i}`, look])
      }
    })
    const ended = Promise.allSettled(storm)
    const until = Date.now() + LONGEST_STORM_MS
    // On a machine that has other work too it takes longer until each has written enough.
    const isEnough = () => Object.keys(writers).every((name) => acknowledged.filter(([label]) => label.startsWith(`${name} ${round}-`)).length >= 2)
    do await new Promise((resolve) => setTimeout(resolve, STORM_MS))
    while (!isEnough() && Date.now() < until)
    await kill()
    for (const outcome of await ended) expect(outcome.status === 'rejected' && String(outcome.reason)).toMatch(/ECONNRE|socket|terminated|aborted/i)
    config = await start()
  }
  for (const name of Object.keys(writers)) expect(acknowledged.filter(([label]) => label.startsWith(`${name} `)).length).toBeGreaterThan(ROUNDS)
  const clients = clientsOf(config)
  const lost: string[] = []
  for (const [label, look] of acknowledged) await look(clients).catch((error: Error) => lost.push(`${label}: ${error.message}`))
  expect(lost).toEqual([])
  await requireWhole(clients)
})
