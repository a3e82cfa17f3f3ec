import { GetApiKeyCommand, GetClientCertificateCommand, GetDomainNameCommand, GetRestApiCommand, GetUsagePlanCommand, GetVpcLinkCommand } from '@aws-sdk/client-api-gateway'
import { GetApiCommand } from '@aws-sdk/client-apigatewayv2'
import { DescribeAlarmsCommand } from '@aws-sdk/client-cloudwatch'
import { DescribeLogGroupsCommand } from '@aws-sdk/client-cloudwatch-logs'
import { DescribeTableCommand } from '@aws-sdk/client-dynamodb'
import { DescribeEventBusCommand, DescribeRuleCommand } from '@aws-sdk/client-eventbridge'
import { GetGroupCommand, GetInstanceProfileCommand, GetOpenIDConnectProviderCommand, GetPolicyCommand, GetRoleCommand, GetSAMLProviderCommand, GetServerCertificateCommand, GetUserCommand, ListVirtualMFADevicesCommand } from '@aws-sdk/client-iam'
import { GetCodeSigningConfigCommand, GetEventSourceMappingCommand, GetFunctionCommand, ListLayerVersionsCommand } from '@aws-sdk/client-lambda'
import { GetBucketLocationCommand } from '@aws-sdk/client-s3'
import { GetScheduleCommand, GetScheduleGroupCommand } from '@aws-sdk/client-scheduler'
import { GetSubscriptionAttributesCommand, GetTopicAttributesCommand } from '@aws-sdk/client-sns'
import { GetQueueAttributesCommand } from '@aws-sdk/client-sqs'
import { lastOf } from '@/lib/cloud/arn'
import type { AnyCommand, ServiceName } from '@/lib/cloud/clients'
import type { Resource, ResourceKind } from './index'

const COMMANDS: Record<ResourceKind, (resource: Resource) => [ServiceName, AnyCommand]> = {
  'rest-api': ({ arn }) => ['apigateway', new GetRestApiCommand({ restApiId: lastOf(arn) })],
  'http-api': ({ arn }) => ['apigatewayv2', new GetApiCommand({ ApiId: lastOf(arn) })],
  'domain-name': ({ name }) => ['apigateway', new GetDomainNameCommand({ domainName: name })],
  'usage-plan': ({ arn }) => ['apigateway', new GetUsagePlanCommand({ usagePlanId: lastOf(arn) })],
  'api-key': ({ arn }) => ['apigateway', new GetApiKeyCommand({ apiKey: lastOf(arn) })],
  'client-certificate': ({ arn }) => ['apigateway', new GetClientCertificateCommand({ clientCertificateId: lastOf(arn) })],
  'vpc-link': ({ arn }) => ['apigateway', new GetVpcLinkCommand({ vpcLinkId: lastOf(arn) })],
  function: ({ name }) => ['lambda', new GetFunctionCommand({ FunctionName: name })],
  'event-source-mapping': ({ arn }) => ['lambda', new GetEventSourceMappingCommand({ UUID: lastOf(arn, ':') })],
  layer: ({ name }) => ['lambda', new ListLayerVersionsCommand({ LayerName: name })],
  'code-signing-config': ({ arn }) => ['lambda', new GetCodeSigningConfigCommand({ CodeSigningConfigArn: arn })],
  table: ({ name }) => ['dynamodb', new DescribeTableCommand({ TableName: name })],
  bucket: ({ name }) => ['s3', new GetBucketLocationCommand({ Bucket: name })],
  topic: ({ arn }) => ['sns', new GetTopicAttributesCommand({ TopicArn: arn })],
  subscription: ({ arn }) => ['sns', new GetSubscriptionAttributesCommand({ SubscriptionArn: arn })],
  queue: ({ facts }) => ['sqs', new GetQueueAttributesCommand({ QueueUrl: String(facts.url), AttributeNames: ['All'] })],
  rule: ({ name, facts }) => ['events', new DescribeRuleCommand({ Name: name, EventBusName: String(facts.bus) })],
  'event-bus': ({ name }) => ['events', new DescribeEventBusCommand({ Name: name })],
  schedule: ({ name, facts }) => ['scheduler', new GetScheduleCommand({ Name: name, GroupName: String(facts.group) })],
  'schedule-group': ({ name }) => ['scheduler', new GetScheduleGroupCommand({ Name: name })],
  role: ({ name }) => ['iam', new GetRoleCommand({ RoleName: name })],
  policy: ({ arn }) => ['iam', new GetPolicyCommand({ PolicyArn: arn })],
  user: ({ name }) => ['iam', new GetUserCommand({ UserName: name })],
  group: ({ name }) => ['iam', new GetGroupCommand({ GroupName: name })],
  'instance-profile': ({ name }) => ['iam', new GetInstanceProfileCommand({ InstanceProfileName: name })],
  'oidc-provider': ({ arn }) => ['iam', new GetOpenIDConnectProviderCommand({ OpenIDConnectProviderArn: arn })],
  'saml-provider': ({ arn }) => ['iam', new GetSAMLProviderCommand({ SAMLProviderArn: arn })],
  mfa: () => ['iam', new ListVirtualMFADevicesCommand({})],
  'server-certificate': ({ name }) => ['iam', new GetServerCertificateCommand({ ServerCertificateName: name })],
  'log-group': ({ name }) => ['logs', new DescribeLogGroupsCommand({ logGroupNamePrefix: name })],
  alarm: ({ name }) => ['cloudwatch', new DescribeAlarmsCommand({ AlarmNames: [name] })],
}

/** The call by which one looks at a resource: the service and its command. */
export function lookCommand(resource: Resource): [ServiceName, AnyCommand] {
  return COMMANDS[resource.kind](resource)
}
