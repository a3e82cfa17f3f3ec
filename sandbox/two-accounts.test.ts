import * as apigateway from '@aws-sdk/client-api-gateway'
import * as apigatewayv2 from '@aws-sdk/client-apigatewayv2'
import * as logsSdk from '@aws-sdk/client-cloudwatch-logs'
import * as dynamodb from '@aws-sdk/client-dynamodb'
import * as iamSdk from '@aws-sdk/client-iam'
import * as lambdaSdk from '@aws-sdk/client-lambda'
import * as snsSdk from '@aws-sdk/client-sns'
import * as sqsSdk from '@aws-sdk/client-sqs'
import * as s3Sdk from '@aws-sdk/client-s3'
import { NormalizedSchema } from '@smithy/core/schema'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { Operation } from './operation'
import { sendSigned } from './raw-request'
import type { RoutedService } from './route'
import { services } from './services/index'
import { callStreams, makeTable } from './services/dynamodb/testing'
import { CERTIFICATES, PRIVATE_KEY } from './services/iam/certificates-testing'
import { SAML_METADATA } from './services/iam/saml-testing'
import { handlerZip, makeRole } from './services/lambda/testing'
import { startTestSandbox, type ClientConfig, type TestSandbox } from './testing'

/** In all that the first account holds: its names have the one, what is in them has the other. */
const NAME = 'own-name'
const CONTENT = 'own-content'
const READS = /^(Get|List|Describe|Filter|Receive|Search|Lookup|Query|Scan|BatchGet|TransactGet)/

let sandbox: TestSandbox
let other: ClientConfig
/** What a member of that name is called in the first account. */
const known: Record<string, unknown> = {}
beforeAll(async () => {
  sandbox = await startTestSandbox()
  other = (await sandbox.newAccount()).config
  await fill(sandbox.learner)
})
afterAll(() => sandbox.remove())

/** Makes one thing of every kind in an account. */
async function fill(config: ClientConfig): Promise<void> {
  const Tags = [{ Key: 'content', Value: CONTENT }]
  const document = JSON.stringify({ Version: '2012-10-17', Statement: [{ Effect: 'Allow', Action: 's3:GetObject', Resource: `arn:aws:s3:::${CONTENT}/*` }] })
  const iam = new iamSdk.IAMClient(config)
  const role = await makeRole(config, NAME)
  await iam.send(new iamSdk.TagRoleCommand({ RoleName: NAME, Tags }))
  await iam.send(new iamSdk.PutRolePolicyCommand({ RoleName: NAME, PolicyName: NAME, PolicyDocument: document }))
  await iam.send(new iamSdk.CreateUserCommand({ UserName: NAME, Tags }))
  await iam.send(new iamSdk.PutUserPolicyCommand({ UserName: NAME, PolicyName: NAME, PolicyDocument: document }))
  await iam.send(new iamSdk.CreateGroupCommand({ GroupName: NAME, Path: `/${CONTENT}/` }))
  await iam.send(new iamSdk.PutGroupPolicyCommand({ GroupName: NAME, PolicyName: NAME, PolicyDocument: document }))
  await iam.send(new iamSdk.AddUserToGroupCommand({ GroupName: NAME, UserName: NAME }))
  await iam.send(new iamSdk.CreateInstanceProfileCommand({ InstanceProfileName: NAME, Tags }))
  await iam.send(new iamSdk.CreateAccountAliasCommand({ AccountAlias: CONTENT }))
  const { Policy } = await iam.send(new iamSdk.CreatePolicyCommand({ PolicyName: NAME, PolicyDocument: document, Tags }))
  await iam.send(new iamSdk.GenerateCredentialReportCommand({}))
  const { OpenIDConnectProviderArn } = await iam.send(new iamSdk.CreateOpenIDConnectProviderCommand({ Url: `https://${NAME}.example.com`, ClientIDList: [CONTENT], Tags }))
  const { SAMLProviderArn } = await iam.send(new iamSdk.CreateSAMLProviderCommand({ Name: NAME, SAMLMetadataDocument: SAML_METADATA, Tags }))
  const { VirtualMFADevice } = await iam.send(new iamSdk.CreateVirtualMFADeviceCommand({ VirtualMFADeviceName: NAME, Tags }))
  await iam.send(new iamSdk.UploadServerCertificateCommand({ ServerCertificateName: NAME, CertificateBody: CERTIFICATES.shop, PrivateKey: PRIVATE_KEY, Tags }))
  await iam.send(new iamSdk.UploadSigningCertificateCommand({ UserName: NAME, CertificateBody: CERTIFICATES.shop }))
  await iam.send(new iamSdk.CreateServiceSpecificCredentialCommand({ UserName: NAME, ServiceName: 'codecommit.amazonaws.com' }))
  const { JobId } = await iam.send(new iamSdk.GenerateServiceLastAccessedDetailsCommand({ Arn: role }))

  const lambda = new lambdaSdk.LambdaClient(config)
  const ZipFile = handlerZip(`async () => console.log('${CONTENT}')`)
  const created = await lambda.send(new lambdaSdk.CreateFunctionCommand({ FunctionName: NAME, Description: CONTENT, Runtime: 'nodejs22.x', Handler: 'index.handler', Role: role, Code: { ZipFile }, Environment: { Variables: { CONTENT } }, Tags: { content: CONTENT } }))
  await lambda.send(new lambdaSdk.PublishVersionCommand({ FunctionName: NAME }))
  await lambda.send(new lambdaSdk.CreateAliasCommand({ FunctionName: NAME, Name: NAME, FunctionVersion: '1', Description: CONTENT }))
  await lambda.send(new lambdaSdk.AddPermissionCommand({ FunctionName: NAME, StatementId: CONTENT, Action: 'lambda:InvokeFunction', Principal: 's3.amazonaws.com' }))

  const logs = new logsSdk.CloudWatchLogsClient(config)
  await logs.send(new logsSdk.CreateLogGroupCommand({ logGroupName: NAME, tags: { content: CONTENT } }))
  await logs.send(new logsSdk.CreateLogStreamCommand({ logGroupName: NAME, logStreamName: NAME }))
  await logs.send(new logsSdk.PutLogEventsCommand({ logGroupName: NAME, logStreamName: NAME, logEvents: [{ timestamp: Date.now(), message: CONTENT }] }))

  const sqs = new sqsSdk.SQSClient(config)
  const { QueueUrl } = await sqs.send(new sqsSdk.CreateQueueCommand({ QueueName: NAME, tags: { content: CONTENT } }))
  await sqs.send(new sqsSdk.SendMessageCommand({ QueueUrl: QueueUrl!, MessageBody: CONTENT }))

  const sns = new snsSdk.SNSClient(config)
  const { TopicArn } = await sns.send(new snsSdk.CreateTopicCommand({ Name: NAME, Attributes: { DisplayName: CONTENT }, Tags }))
  const { SubscriptionArn } = await sns.send(new snsSdk.SubscribeCommand({ TopicArn, Protocol: 'sqs', Endpoint: `arn:aws:sqs:us-east-1:${sandbox.accountId}:${NAME}`, Attributes: { FilterPolicy: JSON.stringify({ [CONTENT]: ['x'] }) } }))

  const { LatestStreamArn: StreamArn } = await makeTable(config, NAME, { StreamSpecification: { StreamEnabled: true, StreamViewType: 'NEW_IMAGE' }, Tags })
  await new dynamodb.DynamoDBClient(config).send(new dynamodb.PutItemCommand({ TableName: NAME, Item: { id: { S: NAME }, content: { S: CONTENT } } }))
  const { ShardId } = (await callStreams(config, 'DescribeStream', { StreamArn })).StreamDescription.Shards[0]
  const { ShardIterator } = await callStreams(config, 'GetShardIterator', { StreamArn, ShardId, ShardIteratorType: 'TRIM_HORIZON' })
  const itemKey = { id: { S: NAME } }

  const s3 = new s3Sdk.S3Client(config)
  const inBucket = { Bucket: NAME, Key: NAME }
  await s3.send(new s3Sdk.CreateBucketCommand({ Bucket: NAME }))
  await s3.send(new s3Sdk.PutBucketTaggingCommand({ Bucket: NAME, Tagging: { TagSet: Tags } }))
  await s3.send(new s3Sdk.PutBucketWebsiteCommand({ Bucket: NAME, WebsiteConfiguration: { IndexDocument: { Suffix: CONTENT } } }))
  await s3.send(new s3Sdk.PutBucketPolicyCommand({ Bucket: NAME, Policy: JSON.stringify({ Statement: { Sid: CONTENT.replace('-', ''), Effect: 'Allow', Principal: { AWS: sandbox.accountId }, Action: 's3:GetObject', Resource: `arn:aws:s3:::${NAME}/${CONTENT}` } }) }))
  await s3.send(new s3Sdk.PutBucketCorsCommand({ Bucket: NAME, CORSConfiguration: { CORSRules: [{ ID: CONTENT, AllowedMethods: ['GET'], AllowedOrigins: ['*'] }] } }))
  await s3.send(new s3Sdk.PutObjectCommand({ ...inBucket, Body: CONTENT, Metadata: { content: CONTENT }, Tagging: `content=${CONTENT}` }))
  const { UploadId } = await s3.send(new s3Sdk.CreateMultipartUploadCommand({ Bucket: NAME, Key: CONTENT }))

  const gateway = new apigateway.APIGatewayClient(config)
  const api = await gateway.send(new apigateway.CreateRestApiCommand({ name: NAME, description: CONTENT, tags: { content: CONTENT } }))
  const resource = await gateway.send(new apigateway.CreateResourceCommand({ restApiId: api.id!, parentId: api.rootResourceId!, pathPart: CONTENT }))
  await gateway.send(new apigateway.PutMethodCommand({ restApiId: api.id!, resourceId: resource.id!, httpMethod: 'GET', authorizationType: 'NONE', operationName: CONTENT }))
  await gateway.send(new apigateway.PutIntegrationCommand({ restApiId: api.id!, resourceId: resource.id!, httpMethod: 'GET', type: 'MOCK', requestTemplates: { 'application/json': `{"content":"${CONTENT}"}` } }))
  await gateway.send(new apigateway.CreateModelCommand({ restApiId: api.id!, name: 'OwnModel', contentType: 'application/json', description: CONTENT, schema: '{"type":"object"}' }))
  const deployment = await gateway.send(new apigateway.CreateDeploymentCommand({ restApiId: api.id!, stageName: 'dev', description: CONTENT, stageDescription: CONTENT }))
  const key = await gateway.send(new apigateway.CreateApiKeyCommand({ name: NAME, description: CONTENT, enabled: true }))
  const plan = await gateway.send(new apigateway.CreateUsagePlanCommand({ name: NAME, description: CONTENT }))

  const http = new apigatewayv2.ApiGatewayV2Client(config)
  const { ApiId } = await http.send(new apigatewayv2.CreateApiCommand({ Name: NAME, ProtocolType: 'HTTP', Description: CONTENT, Tags: { content: CONTENT } }))
  const { AuthorizerId } = await http.send(new apigatewayv2.CreateAuthorizerCommand({ ApiId, Name: CONTENT, AuthorizerType: 'JWT', IdentitySource: ['$request.header.Authorization'], JwtConfiguration: { Audience: [CONTENT], Issuer: 'https://issuer.example' } }))
  const { IntegrationId } = await http.send(new apigatewayv2.CreateIntegrationCommand({ ApiId, Description: CONTENT, IntegrationType: 'HTTP_PROXY', IntegrationMethod: 'GET', IntegrationUri: 'https://example.com', PayloadFormatVersion: '1.0' }))
  const { RouteId } = await http.send(new apigatewayv2.CreateRouteCommand({ ApiId, RouteKey: `GET /${CONTENT}` }))
  const { DeploymentId } = await http.send(new apigatewayv2.CreateDeploymentCommand({ ApiId, Description: CONTENT }))
  await http.send(new apigatewayv2.CreateStageCommand({ ApiId, StageName: 'dev', DeploymentId, Description: CONTENT }))
  const { DomainName } = await http.send(new apigatewayv2.CreateDomainNameCommand({ DomainName: `${CONTENT}.example.com`, DomainNameConfigurations: [{ CertificateArn: `arn:aws:acm:us-east-1:${sandbox.accountId}:certificate/${NAME}` }] }))
  const { ApiMappingId } = await http.send(new apigatewayv2.CreateApiMappingCommand({ DomainName, ApiId, Stage: 'dev', ApiMappingKey: CONTENT }))

  Object.assign(known, {
    ...inBucket, UploadId, ObjectAttributes: ['ETag'],
    ApiId, AuthorizerId, IntegrationId, RouteId, DeploymentId, DomainName, ApiMappingId, StageName: 'dev', Specification: 'OAS30', OutputType: 'JSON', ResourceArn: `arn:aws:apigateway:us-east-1::/apis/${ApiId}`,
    RoleName: NAME, UserName: NAME, GroupName: NAME, PolicyName: NAME, InstanceProfileName: NAME, PolicyArn: Policy!.Arn, VersionId: 'v1', PolicySourceArn: role,
    OpenIDConnectProviderArn, SAMLProviderArn, SerialNumber: VirtualMFADevice!.SerialNumber, ServerCertificateName: NAME, JobId, Arn: role, ServiceNamespace: 's3', ServiceNamespaces: ['s3'],
    TableName: NAME, StreamArn, ShardId, ShardIterator, ShardIteratorType: 'TRIM_HORIZON', RequestItems: { [NAME]: { Keys: [itemKey] } }, TransactItems: [{ Get: { TableName: NAME, Key: itemKey } }], KeyConditions: { id: { ComparisonOperator: 'EQ', AttributeValueList: [{ S: NAME }] } },
    FunctionName: created.FunctionArn, Name: NAME, Resource: created.FunctionArn, FunctionVersion: '1', Qualifier: '1',
    logGroupName: NAME, logGroupIdentifier: `arn:aws:logs:us-east-1:${sandbox.accountId}:log-group:${NAME}`, logStreamName: NAME, resourceArn: `arn:aws:logs:us-east-1:${sandbox.accountId}:log-group:${NAME}`,
    TopicArn, SubscriptionArn,
    QueueUrl, QueueName: NAME, QueueOwnerAWSAccountId: sandbox.accountId, AttributeNames: ['All'],
    restApiId: api.id, resourceId: resource.id, httpMethod: 'GET', modelName: 'OwnModel', deploymentId: deployment.id, stageName: 'dev', apiKey: key.id, usagePlanId: plan.id, includeValue: true, exportType: 'oas30',
  })
}

function send(service: RoutedService, operation: Operation, config: ClientConfig, input: object): Promise<string> {
  const found = Object.entries(service.sdk).find(([name]) => name.endsWith('Client') && !name.startsWith('_') && name !== 'Client')
  // Of DynamoDB Streams there is no client.
  if (!found) return sendBare(service, operation, config, input)
  const Client = found[1] as new (config: ClientConfig) => { send(command: unknown): Promise<object> }
  const Command = service.sdk[`${operation.name}Command`] as new (input: object) => object
  return new Client(config).send(new Command(input)).then(
    async (output: { Body?: { transformToString?(): Promise<string> } }) => readable({ ...output, $metadata: undefined, ...(output.Body?.transformToString ? { Body: await output.Body.transformToString() } : {}) }),
    (error: Error) => `${error.name}: ${error.message}`,
  )
}

async function sendBare(service: RoutedService, operation: Operation, config: ClientConfig, input: object): Promise<string> {
  const headers = { 'content-type': `application/x-amz-json-${service.jsonVersion ?? '1.1'}`, 'x-amz-target': `${service.target}.${operation.name}` }
  const { status, text } = await sendSigned(config, { service: service.name, method: 'POST', path: '/', headers, body: Buffer.from(JSON.stringify(input)) })
  return status < 400 ? text : `Error: ${text}`
}

/** All of an output as text, bytes read and encoding taken off. */
function readable(output: unknown): string {
  const text = JSON.stringify(output, (_, value) => (value?.type === 'Buffer' ? Buffer.from(value.data).toString() : value instanceof Uint8Array ? Buffer.from(value).toString() : value)) ?? ''
  return decodeURIComponent(text.replace(/%(?![0-9A-Fa-f]{2})/g, '%25'))
}

/** The members of the input that are known of the first account. */
function inputOf(operation: Operation): Record<string, unknown> {
  // What one service calls a version is none of an object.
  const members = [...NormalizedSchema.of(operation.schema[4]).structIterator()].map(([name]) => name).filter((name) => name !== 'VersionId' || !operation.name.includes('Object'))
  return Object.fromEntries(members.filter((name) => known[name] !== undefined).map((name) => [name, known[name]]))
}

const reads = services.flatMap((service) => service.operations.filter(({ name }) => READS.test(name)).map((operation) => [`${service.name} ${operation.name}`, service, operation] as const))

// The trail of an account shows what it asked for itself, by these names: it is read before anything is asked.
reads.sort((a, b) => Number(b[2].name === 'LookupEvents') - Number(a[2].name === 'LookupEvents'))

describe('one account', () => {
  it.each(reads)('sees nothing of another by %s', async (_, service, operation) => {
    const all = await send(service, operation, other, {})
    expect(all).not.toContain(NAME)
    expect(all).not.toContain(CONTENT)
    expect(await send(service, operation, other, inputOf(operation))).not.toContain(CONTENT)
  })

  it('sees its own by many of the same calls, so that they would show it', async () => {
    const seen: string[] = []
    for (const [name, service, operation] of reads) {
      const shown = (await send(service, operation, sandbox.learner, {})) + (await send(service, operation, sandbox.learner, inputOf(operation)))
      if (shown.includes(CONTENT) || /^(?!.*Error|.*Exception).*own-name/.test(shown)) seen.push(name)
    }
    expect(seen.length).toBeGreaterThan(reads.length / 3)
  })
})
