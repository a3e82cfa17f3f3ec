import { CreateDeploymentCommand, CreateResourceCommand, CreateRestApiCommand, PutIntegrationCommand, PutMethodCommand } from '@aws-sdk/client-api-gateway'
import { CreateApiCommand } from '@aws-sdk/client-apigatewayv2'
import { PutMetricAlarmCommand } from '@aws-sdk/client-cloudwatch'
import { CreateLogGroupCommand } from '@aws-sdk/client-cloudwatch-logs'
import { CreateTableCommand } from '@aws-sdk/client-dynamodb'
import { CreateEventBusCommand, PutRuleCommand, PutTargetsCommand } from '@aws-sdk/client-eventbridge'
import { AddUserToGroupCommand, AttachRolePolicyCommand, CreateAccessKeyCommand, CreateGroupCommand, CreatePolicyCommand, CreateRoleCommand, CreateUserCommand, PutRolePolicyCommand } from '@aws-sdk/client-iam'
import {
  AddPermissionCommand,
  CreateAliasCommand,
  CreateEventSourceMappingCommand,
  CreateFunctionCommand,
  CreateFunctionUrlConfigCommand,
  PublishLayerVersionCommand,
  PublishVersionCommand,
  PutFunctionEventInvokeConfigCommand,
} from '@aws-sdk/client-lambda'
import { CreateBucketCommand, PutBucketNotificationConfigurationCommand, PutBucketVersioningCommand, PutObjectCommand } from '@aws-sdk/client-s3'
import { CreateScheduleCommand, CreateScheduleGroupCommand } from '@aws-sdk/client-scheduler'
import { CreateTopicCommand, SubscribeCommand } from '@aws-sdk/client-sns'
import { CreateQueueCommand } from '@aws-sdk/client-sqs'
import type { CloudClients } from '@/lib/cloud/clients'
import { policy } from '@/lib/lab/role'
import { zipFiles } from '@/lib/lab/zip'

/** How many resources one shop of `makeShop` has. */
export const SHOP_SIZE = 23

const CODE = zipFiles({ 'index.mjs': 'export const handler = async (event) => ({ statusCode: 200, body: JSON.stringify(event) })' })

/**
 * Makes a bookshop in an account: something of every kind that labs use, connected as labs connect it, all of it named
 * after the shop. For tests and the bench.
 */
export async function makeShop({ apigateway, apigatewayv2, cloudwatch, dynamodb, events, iam, lambda, logs, s3, scheduler, sns, sqs }: CloudClients, { accountId, region }: { accountId: string; region: string }, shop: string): Promise<void> {
  const arn = (service: string, name: string) => `arn:aws:${service}:${region}:${accountId}:${name}`
  const trust = policy({ Effect: 'Allow', Principal: { Service: ['lambda.amazonaws.com', 'scheduler.amazonaws.com'] }, Action: 'sts:AssumeRole' })

  const { Role } = await iam.send(new CreateRoleCommand({ RoleName: `${shop}-role`, AssumeRolePolicyDocument: trust }))
  const { Policy } = await iam.send(
    new CreatePolicyCommand({ PolicyName: `${shop}-logs`, PolicyDocument: policy({ Effect: 'Allow', Action: ['logs:*', 'sqs:*', 'lambda:InvokeFunction'], Resource: '*' }) }),
  )
  await iam.send(new AttachRolePolicyCommand({ RoleName: `${shop}-role`, PolicyArn: Policy!.Arn! }))
  await iam.send(
    new PutRolePolicyCommand({ RoleName: `${shop}-role`, PolicyName: 'table', PolicyDocument: policy({ Effect: 'Allow', Action: 'dynamodb:PutItem', Resource: arn('dynamodb', `table/${shop}-books`) }) }),
  )
  await iam.send(new CreateGroupCommand({ GroupName: `${shop}-clerks` }))
  await iam.send(new CreateUserCommand({ UserName: `${shop}-clerk` }))
  await iam.send(new AddUserToGroupCommand({ GroupName: `${shop}-clerks`, UserName: `${shop}-clerk` }))
  await iam.send(new CreateAccessKeyCommand({ UserName: `${shop}-clerk` }))

  await dynamodb.send(
    new CreateTableCommand({ TableName: `${shop}-books`, BillingMode: 'PAY_PER_REQUEST', AttributeDefinitions: [{ AttributeName: 'id', AttributeType: 'S' }], KeySchema: [{ AttributeName: 'id', KeyType: 'HASH' }] }),
  )
  const { TopicArn } = await sns.send(new CreateTopicCommand({ Name: `${shop}-news` }))
  await sqs.send(new CreateQueueCommand({ QueueName: `${shop}-dead` }))
  await sqs.send(new CreateQueueCommand({ QueueName: `${shop}-orders`, Attributes: { RedrivePolicy: JSON.stringify({ deadLetterTargetArn: arn('sqs', `${shop}-dead`), maxReceiveCount: 3 }) } }))
  await sns.send(new SubscribeCommand({ TopicArn, Protocol: 'sqs', Endpoint: arn('sqs', `${shop}-orders`) }))

  const { LayerVersionArn } = await lambda.send(new PublishLayerVersionCommand({ LayerName: `${shop}-tools`, Content: { ZipFile: zipFiles({ 'nodejs/tools.mjs': 'export {}' }) }, CompatibleRuntimes: ['nodejs22.x'] }))
  for (const [name, layers] of [['total', [LayerVersionArn!]], ['cover', []]] as const) {
    await lambda.send(new CreateFunctionCommand({ FunctionName: `${shop}-${name}`, Runtime: 'nodejs22.x', Role: Role!.Arn!, Handler: 'index.handler', Code: { ZipFile: CODE }, Layers: [...layers] }))
  }
  const FunctionName = `${shop}-total`
  const total = arn('lambda', `function:${FunctionName}`)
  await lambda.send(new PublishVersionCommand({ FunctionName }))
  await lambda.send(new CreateAliasCommand({ FunctionName, Name: 'live', FunctionVersion: '1' }))
  await lambda.send(new CreateFunctionUrlConfigCommand({ FunctionName, AuthType: 'AWS_IAM' }))
  await lambda.send(new PutFunctionEventInvokeConfigCommand({ FunctionName, DestinationConfig: { OnFailure: { Destination: arn('sqs', `${shop}-dead`) } } }))
  await lambda.send(new CreateEventSourceMappingCommand({ FunctionName, EventSourceArn: arn('sqs', `${shop}-orders`), BatchSize: 5 }))
  await lambda.send(new AddPermissionCommand({ FunctionName: `${shop}-cover`, StatementId: 'uploads', Action: 'lambda:InvokeFunction', Principal: 's3.amazonaws.com', SourceArn: `arn:aws:s3:::${shop}-${accountId}` }))
  await logs.send(new CreateLogGroupCommand({ logGroupName: `/aws/lambda/${FunctionName}` }))

  const Bucket = `${shop}-${accountId}`
  await s3.send(new CreateBucketCommand({ Bucket }))
  await s3.send(new PutBucketVersioningCommand({ Bucket, VersioningConfiguration: { Status: 'Enabled' } }))
  for (const Body of ['one', 'two']) await s3.send(new PutObjectCommand({ Bucket, Key: 'so-do.txt', Body }))
  await s3.send(
    new PutBucketNotificationConfigurationCommand({ Bucket, NotificationConfiguration: { LambdaFunctionConfigurations: [{ LambdaFunctionArn: arn('lambda', `function:${shop}-cover`), Events: ['s3:ObjectCreated:*'], Filter: { Key: { FilterRules: [{ Name: 'prefix', Value: 'in/' }] } } }] } }),
  )

  const { id: restApiId, rootResourceId } = await apigateway.send(new CreateRestApiCommand({ name: `${shop}-rest` }))
  const { id: resourceId } = await apigateway.send(new CreateResourceCommand({ restApiId, parentId: rootResourceId, pathPart: 'books' }))
  await apigateway.send(new PutMethodCommand({ restApiId, resourceId, httpMethod: 'GET', authorizationType: 'NONE' }))
  const uri = `arn:aws:apigateway:${region}:lambda:path/2015-03-31/functions/${total}/invocations`
  await apigateway.send(new PutIntegrationCommand({ restApiId, resourceId, httpMethod: 'GET', type: 'AWS_PROXY', integrationHttpMethod: 'POST', uri }))
  await apigateway.send(new CreateDeploymentCommand({ restApiId, stageName: 'dev' }))
  await apigatewayv2.send(new CreateApiCommand({ Name: `${shop}-http`, ProtocolType: 'HTTP', Target: total }))

  await events.send(new CreateEventBusCommand({ Name: `${shop}-bus` }))
  await events.send(new PutRuleCommand({ Name: `${shop}-nightly`, ScheduleExpression: 'cron(0 18 * * ? *)', State: 'DISABLED' }))
  await events.send(new PutTargetsCommand({ Rule: `${shop}-nightly`, Targets: [{ Id: 'total', Arn: total }] }))
  await events.send(new PutRuleCommand({ Name: `${shop}-ordered`, EventBusName: `${shop}-bus`, EventPattern: '{"source":["shop"]}' }))
  await events.send(new PutTargetsCommand({ Rule: `${shop}-ordered`, EventBusName: `${shop}-bus`, Targets: [{ Id: 'topic', Arn: TopicArn! }] }))
  await scheduler.send(new CreateScheduleGroupCommand({ Name: `${shop}-group` }))
  await scheduler.send(
    new CreateScheduleCommand({ Name: `${shop}-weekly`, GroupName: `${shop}-group`, ScheduleExpression: 'cron(0 9 ? * MON *)', State: 'DISABLED', FlexibleTimeWindow: { Mode: 'OFF' }, Target: { Arn: total, RoleArn: Role!.Arn! } }),
  )
  await cloudwatch.send(
    new PutMetricAlarmCommand({ AlarmName: `${shop}-errors`, Namespace: 'AWS/Lambda', MetricName: 'Errors', Dimensions: [{ Name: 'FunctionName', Value: FunctionName }], Statistic: 'Sum', Period: 60, EvaluationPeriods: 1, Threshold: 0, ComparisonOperator: 'GreaterThanThreshold', AlarmActions: [TopicArn!] }),
  )
}
