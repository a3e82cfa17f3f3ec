import {
  DeleteApiKeyCommand,
  DeleteClientCertificateCommand,
  DeleteDomainNameCommand,
  DeleteRestApiCommand,
  DeleteUsagePlanCommand,
  DeleteVpcLinkCommand,
  GetUsagePlanCommand,
  UpdateUsagePlanCommand,
} from '@aws-sdk/client-api-gateway'
import { DeleteApiCommand, DeleteVpcLinkCommand as DeleteHttpVpcLinkCommand } from '@aws-sdk/client-apigatewayv2'
import { DeleteAlarmsCommand } from '@aws-sdk/client-cloudwatch'
import { DeleteLogGroupCommand } from '@aws-sdk/client-cloudwatch-logs'
import { DeleteTableCommand, waitUntilTableNotExists } from '@aws-sdk/client-dynamodb'
import { DeleteEventBusCommand, DeleteRuleCommand, ListTargetsByRuleCommand, RemoveTargetsCommand } from '@aws-sdk/client-eventbridge'
import { DeleteInstanceProfileCommand, DeleteOpenIDConnectProviderCommand, DeleteSAMLProviderCommand, DeleteServerCertificateCommand, DeleteVirtualMFADeviceCommand, RemoveRoleFromInstanceProfileCommand, GetInstanceProfileCommand, DeactivateMFADeviceCommand } from '@aws-sdk/client-iam'
import {
  DeleteCodeSigningConfigCommand,
  DeleteEventSourceMappingCommand,
  DeleteFunctionCodeSigningConfigCommand,
  DeleteFunctionCommand,
  DeleteLayerVersionCommand,
  paginateListFunctionsByCodeSigningConfig,
  paginateListLayerVersions,
} from '@aws-sdk/client-lambda'
import { AbortMultipartUploadCommand, DeleteBucketCommand, DeleteObjectsCommand, ListMultipartUploadsCommand, ListObjectVersionsCommand } from '@aws-sdk/client-s3'
import { DeleteScheduleCommand, DeleteScheduleGroupCommand } from '@aws-sdk/client-scheduler'
import { DeleteTopicCommand, UnsubscribeCommand } from '@aws-sdk/client-sns'
import { DeleteQueueCommand } from '@aws-sdk/client-sqs'
import { lastOf } from '@/lib/cloud/arn'
import type { CloudClients } from '@/lib/cloud/clients'
import { deleteGroup, deletePolicy, deleteRole, deleteUser } from './delete-iam'
import { ifThere } from './if-there'
import type { Resource, ResourceKind } from './index'

/** DynamoDB takes this long at most to delete a table, in seconds. */
const TABLE_SECONDS = 60

type Delete = (clients: CloudClients, resource: Resource) => Promise<unknown>

/** How each kind is deleted, with what AWS wants gone or detached first. */
const BY_KIND: Record<ResourceKind, Delete> = {
  'rest-api': ({ apigateway }, { arn }) => apigateway.send(new DeleteRestApiCommand({ restApiId: lastOf(arn) })),
  'http-api': ({ apigatewayv2 }, { arn }) => apigatewayv2.send(new DeleteApiCommand({ ApiId: lastOf(arn) })),
  'domain-name': ({ apigateway }, { name }) => apigateway.send(new DeleteDomainNameCommand({ domainName: name })),
  'usage-plan': deleteUsagePlan,
  'api-key': ({ apigateway }, { arn }) => apigateway.send(new DeleteApiKeyCommand({ apiKey: lastOf(arn) })),
  'client-certificate': ({ apigateway }, { arn }) => apigateway.send(new DeleteClientCertificateCommand({ clientCertificateId: lastOf(arn) })),
  'vpc-link': async ({ apigateway, apigatewayv2 }, { arn }) => {
    // REST and HTTP APIs have links of their own under one path.
    await ifThere(apigateway.send(new DeleteVpcLinkCommand({ vpcLinkId: lastOf(arn) })))
    await ifThere(apigatewayv2.send(new DeleteHttpVpcLinkCommand({ VpcLinkId: lastOf(arn) })))
  },
  function: ({ lambda }, { name }) => lambda.send(new DeleteFunctionCommand({ FunctionName: name })),
  'event-source-mapping': ({ lambda }, { arn }) => lambda.send(new DeleteEventSourceMappingCommand({ UUID: lastOf(arn, ':') })),
  layer: async ({ lambda }, { name }) => {
    for await (const { LayerVersions = [] } of paginateListLayerVersions({ client: lambda }, { LayerName: name })) {
      for (const { Version } of LayerVersions) await lambda.send(new DeleteLayerVersionCommand({ LayerName: name, VersionNumber: Version }))
    }
  },
  'code-signing-config': async ({ lambda }, { arn }) => {
    for await (const { FunctionArns = [] } of paginateListFunctionsByCodeSigningConfig({ client: lambda }, { CodeSigningConfigArn: arn })) {
      for (const FunctionName of FunctionArns) await lambda.send(new DeleteFunctionCodeSigningConfigCommand({ FunctionName }))
    }
    await lambda.send(new DeleteCodeSigningConfigCommand({ CodeSigningConfigArn: arn }))
  },
  table: async ({ dynamodb }, { name }) => {
    await dynamodb.send(new DeleteTableCommand({ TableName: name }))
    await waitUntilTableNotExists({ client: dynamodb, maxWaitTime: TABLE_SECONDS, minDelay: 1, maxDelay: 2 }, { TableName: name })
  },
  bucket: deleteBucket,
  topic: ({ sns }, { arn }) => sns.send(new DeleteTopicCommand({ TopicArn: arn })),
  subscription: ({ sns }, { arn }) => sns.send(new UnsubscribeCommand({ SubscriptionArn: arn })),
  queue: ({ sqs }, { facts }) => sqs.send(new DeleteQueueCommand({ QueueUrl: String(facts.url) })),
  rule: deleteRule,
  'event-bus': ({ events }, { name }) => events.send(new DeleteEventBusCommand({ Name: name })),
  schedule: ({ scheduler }, { name, facts }) => scheduler.send(new DeleteScheduleCommand({ Name: name, GroupName: String(facts.group) })),
  'schedule-group': ({ scheduler }, { name }) => scheduler.send(new DeleteScheduleGroupCommand({ Name: name })),
  role: ({ iam }, { name }) => deleteRole(iam, name),
  policy: ({ iam }, { arn }) => deletePolicy(iam, arn),
  user: ({ iam }, { name }) => deleteUser(iam, name),
  group: ({ iam }, { name }) => deleteGroup(iam, name),
  'instance-profile': async ({ iam }, { name }) => {
    const { InstanceProfile } = await iam.send(new GetInstanceProfileCommand({ InstanceProfileName: name }))
    for (const { RoleName } of InstanceProfile?.Roles ?? []) await iam.send(new RemoveRoleFromInstanceProfileCommand({ InstanceProfileName: name, RoleName }))
    await iam.send(new DeleteInstanceProfileCommand({ InstanceProfileName: name }))
  },
  'oidc-provider': ({ iam }, { arn }) => iam.send(new DeleteOpenIDConnectProviderCommand({ OpenIDConnectProviderArn: arn })),
  'saml-provider': ({ iam }, { arn }) => iam.send(new DeleteSAMLProviderCommand({ SAMLProviderArn: arn })),
  mfa: async ({ iam }, { arn, facts }) => {
    if (facts.user !== undefined) await ifThere(iam.send(new DeactivateMFADeviceCommand({ SerialNumber: arn, UserName: String(facts.user) })))
    await iam.send(new DeleteVirtualMFADeviceCommand({ SerialNumber: arn }))
  },
  'server-certificate': ({ iam }, { name }) => iam.send(new DeleteServerCertificateCommand({ ServerCertificateName: name })),
  'log-group': ({ logs }, { name }) => logs.send(new DeleteLogGroupCommand({ logGroupName: name })),
  alarm: ({ cloudwatch }, { name }) => cloudwatch.send(new DeleteAlarmsCommand({ AlarmNames: [name] })),
}

/**
 * Deletes one resource with what has to go first: detaches policies, empties a bucket with all versions, removes targets.
 * Succeeds where it is gone already.
 *
 * @throws the SDK's exception where AWS refuses
 */
export async function deleteResource(clients: CloudClients, resource: Resource): Promise<void> {
  await ifThere(BY_KIND[resource.kind](clients, resource))
}

async function deleteUsagePlan({ apigateway }: CloudClients, { arn }: Resource): Promise<void> {
  const usagePlanId = lastOf(arn)
  const { apiStages = [] } = await apigateway.send(new GetUsagePlanCommand({ usagePlanId }))
  const patchOperations = apiStages.map(({ apiId, stage }) => ({ op: 'remove' as const, path: '/apiStages', value: `${apiId}:${stage}` }))
  if (patchOperations.length > 0) await apigateway.send(new UpdateUsagePlanCommand({ usagePlanId, patchOperations }))
  await apigateway.send(new DeleteUsagePlanCommand({ usagePlanId }))
}

async function deleteBucket({ s3 }: CloudClients, { name: Bucket }: Resource): Promise<void> {
  for (;;) {
    const { Versions = [], DeleteMarkers = [], IsTruncated } = await s3.send(new ListObjectVersionsCommand({ Bucket }))
    const Objects = [...Versions, ...DeleteMarkers].map(({ Key, VersionId }) => ({ Key, VersionId }))
    if (Objects.length > 0) {
      const { Errors: [first] = [] } = await s3.send(new DeleteObjectsCommand({ Bucket, Delete: { Objects, Quiet: true } }))
      // Those that failed would be listed again for ever.
      if (first) throw Object.assign(new Error(`${first.Message} (${first.Key})`), { name: first.Code ?? 'DeleteObjects' })
    }
    if (!IsTruncated) break
  }
  const { Uploads = [] } = await s3.send(new ListMultipartUploadsCommand({ Bucket }))
  for (const { Key, UploadId } of Uploads) await s3.send(new AbortMultipartUploadCommand({ Bucket, Key, UploadId }))
  await s3.send(new DeleteBucketCommand({ Bucket }))
}

async function deleteRule({ events }: CloudClients, { name, facts }: Resource): Promise<void> {
  const of = { EventBusName: String(facts.bus) }
  const { Targets = [] } = await events.send(new ListTargetsByRuleCommand({ Rule: name, ...of }))
  if (Targets.length > 0) await events.send(new RemoveTargetsCommand({ Rule: name, ...of, Ids: Targets.map(({ Id }) => Id!) }))
  await events.send(new DeleteRuleCommand({ Name: name, ...of }))
}
