import { APIGatewayClient, GetRestApisCommand } from '@aws-sdk/client-api-gateway'
import {
  ApiGatewayV2Client,
  CreateApiCommand,
  CreateAuthorizerCommand,
  CreateDeploymentCommand,
  CreateIntegrationCommand,
  CreateRouteCommand,
  CreateStageCommand,
  DeleteApiCommand,
  DeleteAuthorizerCommand,
  DeleteCorsConfigurationCommand,
  DeleteDeploymentCommand,
  DeleteIntegrationCommand,
  DeleteRouteCommand,
  DeleteRouteSettingsCommand,
  DeleteStageCommand,
  GetApiCommand,
  GetApisCommand,
  GetAuthorizersCommand,
  GetDeploymentsCommand,
  GetIntegrationCommand,
  GetIntegrationsCommand,
  GetRouteCommand,
  GetRoutesCommand,
  GetStageCommand,
  GetStagesCommand,
  GetTagsCommand,
  TagResourceCommand,
  UntagResourceCommand,
  UpdateApiCommand,
  UpdateAuthorizerCommand,
  UpdateDeploymentCommand,
  UpdateIntegrationCommand,
  UpdateRouteCommand,
  UpdateStageCommand,
} from '@aws-sdk/client-apigatewayv2'
import { CreateAccessKeyCommand, CreateUserCommand, IAMClient, PutUserPolicyCommand } from '@aws-sdk/client-iam'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { startTestSandbox, type TestSandbox } from '../../testing'

let sandbox: TestSandbox
let client: ApiGatewayV2Client
let functionArn: string
beforeAll(async () => {
  sandbox = await startTestSandbox()
  client = new ApiGatewayV2Client(sandbox.learner)
  functionArn = `arn:aws:lambda:us-east-1:${sandbox.accountId}:function:f`
})
afterAll(() => sandbox.remove())

const bad = (message: string) => ({ name: 'BadRequestException', message: expect.stringContaining(message) })
const makeApi = async () => (await client.send(new CreateApiCommand({ Name: 'shop', ProtocolType: 'HTTP' }))).ApiId!
const lambdaIntegration = async (ApiId: string) =>
  (await client.send(new CreateIntegrationCommand({ ApiId, IntegrationType: 'AWS_PROXY', IntegrationUri: functionArn, PayloadFormatVersion: '2.0' }))).IntegrationId!

it('makes, shows, changes and deletes an HTTP API', async () => {
  const made = await client.send(new CreateApiCommand({ Name: 'pets', ProtocolType: 'HTTP', Description: 'd', Tags: { team: 'a' }, CorsConfiguration: { AllowOrigins: ['https://a.example'], AllowHeaders: ['X-One'] } }))
  expect(made).toMatchObject({
    ApiId: expect.stringMatching(/^[a-z0-9]{10}$/),
    ApiEndpoint: expect.stringContaining(`//${made.ApiId}.execute-api.localhost:${sandbox.port}`),
    ProtocolType: 'HTTP',
    RouteSelectionExpression: '$request.method $request.path',
    ApiKeySelectionExpression: '$request.header.x-api-key',
    CorsConfiguration: { AllowOrigins: ['https://a.example'], AllowHeaders: ['x-one'] },
    CreatedDate: expect.any(Date),
    DisableExecuteApiEndpoint: false,
    Tags: { team: 'a' },
  })
  const { ApiId } = made
  await client.send(new UpdateApiCommand({ ApiId, Name: 'animals', Version: 'v2', DisableExecuteApiEndpoint: true }))
  await client.send(new DeleteCorsConfigurationCommand({ ApiId }))
  const shown = await client.send(new GetApiCommand({ ApiId }))
  expect(shown).toMatchObject({ Name: 'animals', Version: 'v2', Description: 'd', DisableExecuteApiEndpoint: true })
  expect(shown.CorsConfiguration).toBeUndefined()
  const deleted = await client.send(new DeleteApiCommand({ ApiId }))
  expect(deleted.$metadata.httpStatusCode).toBe(204)
  await expect(client.send(new GetApiCommand({ ApiId }))).rejects.toMatchObject({ name: 'NotFoundException', message: expect.stringContaining('Invalid API identifier specified'), $metadata: { httpStatusCode: 404 } })
})

it('refuses WebSocket APIs and CORS that no browser could follow', async () => {
  await expect(client.send(new CreateApiCommand({ Name: 'w', ProtocolType: 'WEBSOCKET', RouteSelectionExpression: '$request.body.action' }))).rejects.toMatchObject(bad('WEBSOCKET'))
  const cors = (CorsConfiguration: object) => client.send(new CreateApiCommand({ Name: 'c', ProtocolType: 'HTTP', CorsConfiguration }))
  await expect(cors({ AllowOrigins: ['*'], AllowCredentials: true })).rejects.toMatchObject(bad('allowCredentials'))
  await expect(cors({ AllowOrigins: ['a.example'] })).rejects.toMatchObject(bad('Invalid format for origin'))
  await expect(cors({ AllowMethods: ['FETCH'] })).rejects.toMatchObject(bad('FETCH'))
})

it('tells v1 from v2 by path, both signing as apigateway', async () => {
  const ApiId = await makeApi()
  const { items } = await new APIGatewayClient(sandbox.learner).send(new GetRestApisCommand({}))
  expect(items).toEqual([])
  const { Items } = await client.send(new GetApisCommand({}))
  expect(Items!.map((api) => api.ApiId)).toContain(ApiId)
})

it('pages through APIs', async () => {
  const fresh = new ApiGatewayV2Client((await sandbox.newAccount()).config)
  const ids: string[] = []
  for (let i = 0; i < 3; i += 1) ids.push((await fresh.send(new CreateApiCommand({ Name: `a${i}`, ProtocolType: 'HTTP' }))).ApiId!)
  const first = await fresh.send(new GetApisCommand({ MaxResults: '2' }))
  const second = await fresh.send(new GetApisCommand({ MaxResults: '2', NextToken: first.NextToken }))
  expect([...first.Items!, ...second.Items!].map(({ ApiId }) => ApiId).sort()).toEqual(ids.sort())
  expect(second.NextToken).toBeUndefined()
  await expect(fresh.send(new GetApisCommand({ NextToken: '!' }))).rejects.toMatchObject({ name: 'BadRequestException' })
  await expect(fresh.send(new GetApisCommand({ MaxResults: 'x' }))).rejects.toMatchObject(bad('maxResults'))
})

it('quick create makes integration, $default route and a stage that deploys by itself', async () => {
  const { ApiId } = await client.send(new CreateApiCommand({ Name: 'quick', ProtocolType: 'HTTP', Target: functionArn }))
  const [integration] = (await client.send(new GetIntegrationsCommand({ ApiId }))).Items!
  expect(integration).toMatchObject({ ApiGatewayManaged: true, IntegrationType: 'AWS_PROXY', IntegrationMethod: 'POST', IntegrationUri: functionArn, PayloadFormatVersion: '2.0', ConnectionType: 'INTERNET', TimeoutInMillis: 30_000 })
  const [route] = (await client.send(new GetRoutesCommand({ ApiId }))).Items!
  expect(route).toMatchObject({ ApiGatewayManaged: true, RouteKey: '$default', Target: `integrations/${integration!.IntegrationId}`, AuthorizationType: 'NONE', ApiKeyRequired: false })
  const stage = await client.send(new GetStageCommand({ ApiId, StageName: '$default' }))
  expect(stage).toMatchObject({ AutoDeploy: true, ApiGatewayManaged: true, LastDeploymentStatusMessage: `Successfully deployed stage with deployment ID '${stage.DeploymentId}'` })
  await client.send(new UpdateApiCommand({ ApiId, RouteKey: 'GET /', Target: 'https://example.com' }))
  expect(await client.send(new GetIntegrationCommand({ ApiId, IntegrationId: integration!.IntegrationId }))).toMatchObject({ IntegrationType: 'HTTP_PROXY', PayloadFormatVersion: '1.0', IntegrationMethod: 'ANY' })
  await expect(client.send(new DeleteRouteCommand({ ApiId, RouteId: route!.RouteId }))).rejects.toMatchObject(bad('managed'))
  await expect(client.send(new UpdateApiCommand({ ApiId: await makeApi(), RouteKey: 'GET /' }))).rejects.toMatchObject(bad('quick create'))
})

it('holds routes to their form', async () => {
  const ApiId = await makeApi()
  const IntegrationId = await lambdaIntegration(ApiId)
  const route = (RouteKey: string, more = {}) => client.send(new CreateRouteCommand({ ApiId, RouteKey, Target: `integrations/${IntegrationId}`, ...more }))
  const { RouteId } = await route('GET /pets/{id}')
  await expect(route('GET /pets/{id}')).rejects.toMatchObject({ name: 'ConflictException', message: 'Route with key GET /pets/{id} already exists for this API' })
  await expect(route('FETCH /pets')).rejects.toMatchObject(bad('The provided route key is not formatted properly for HTTP protocol. Format should be "<HTTP METHOD> /<RESOURCE PATH>" or "$default"'))
  await expect(route('GET /{proxy+}/x')).rejects.toMatchObject(bad('Greedy'))
  await expect(route('GET /a{b}')).rejects.toMatchObject(bad('Invalid path variable'))
  await expect(route('GET /x', { Target: 'integrations/none123' })).rejects.toMatchObject({ name: 'NotFoundException' })
  await expect(route('GET /x', { AuthorizationType: 'JWT' })).rejects.toMatchObject(bad('AuthorizerId'))
  await expect(client.send(new DeleteIntegrationCommand({ ApiId, IntegrationId }))).rejects.toMatchObject({ name: 'ConflictException' })
  expect(await client.send(new UpdateRouteCommand({ ApiId, RouteId, RouteKey: 'ANY /{proxy+}', AuthorizationType: 'AWS_IAM' }))).toMatchObject({ RouteKey: 'ANY /{proxy+}', AuthorizationType: 'AWS_IAM', Target: `integrations/${IntegrationId}` })
  await client.send(new DeleteRouteCommand({ ApiId, RouteId }))
  await expect(client.send(new GetRouteCommand({ ApiId, RouteId }))).rejects.toMatchObject({ name: 'NotFoundException' })
  await client.send(new DeleteIntegrationCommand({ ApiId, IntegrationId }))
})

it('holds integrations to what HTTP APIs can do', async () => {
  const ApiId = await makeApi()
  const make = (more: object) => client.send(new CreateIntegrationCommand({ ApiId, IntegrationType: 'HTTP_PROXY', IntegrationUri: 'https://example.com/{proxy}', IntegrationMethod: 'GET', PayloadFormatVersion: '1.0', ...more }))
  const { IntegrationId } = await make({ RequestParameters: { 'append:header.x-one': '$request.path', 'overwrite:path': '/a' } })
  await expect(make({ IntegrationType: 'MOCK' })).rejects.toMatchObject(bad('MOCK'))
  await expect(make({ IntegrationUri: 'nowhere' })).rejects.toMatchObject(bad('Invalid HTTP endpoint'))
  await expect(make({ TimeoutInMillis: 30_001 })).rejects.toMatchObject(bad('timeoutInMillis'))
  await expect(make({ PayloadFormatVersion: undefined })).rejects.toMatchObject(bad('PayloadFormatVersion'))
  await expect(make({ RequestParameters: { 'overwrite:header.authorization': 'x' } })).rejects.toMatchObject(bad('restricted'))
  await expect(make({ ResponseParameters: { 600: { 'overwrite:statuscode': '200' } } })).rejects.toMatchObject(bad('status code'))
  const changed = await client.send(new UpdateIntegrationCommand({ ApiId, IntegrationId, TimeoutInMillis: 1000, RequestParameters: { 'overwrite:path': '' } }))
  expect(changed).toMatchObject({ TimeoutInMillis: 1000, RequestParameters: { 'append:header.x-one': '$request.path' } })
})

it('deploys by hand, and by itself where a stage asks', async () => {
  const ApiId = await makeApi()
  await expect(client.send(new CreateDeploymentCommand({ ApiId }))).rejects.toMatchObject(bad('At least one route is required before deploying the Api.'))
  await client.send(new CreateStageCommand({ ApiId, StageName: 'auto', AutoDeploy: true }))
  expect((await client.send(new GetStageCommand({ ApiId, StageName: 'auto' }))).LastDeploymentStatusMessage).toBe('Deployment attempt failed: Unable to deploy API because no routes exist in this API')
  await client.send(new CreateRouteCommand({ ApiId, RouteKey: '$default', Target: `integrations/${await lambdaIntegration(ApiId)}` }))
  const auto = await client.send(new GetStageCommand({ ApiId, StageName: 'auto' }))
  expect(auto.DeploymentId).toBeDefined()
  await client.send(new CreateStageCommand({ ApiId, StageName: 'prod', StageVariables: { a: '1', b: '2' } }))
  const { DeploymentId } = await client.send(new CreateDeploymentCommand({ ApiId, StageName: 'prod', Description: 'first' }))
  expect(await client.send(new UpdateDeploymentCommand({ ApiId, DeploymentId, Description: 'one' }))).toMatchObject({ Description: 'one', AutoDeployed: false, DeploymentStatus: 'DEPLOYED' })
  expect((await client.send(new GetDeploymentsCommand({ ApiId }))).Items!.map((each) => each.DeploymentId).sort()).toEqual([DeploymentId!, auto.DeploymentId!].sort())
  await expect(client.send(new DeleteDeploymentCommand({ ApiId, DeploymentId }))).rejects.toMatchObject(bad('Active stages'))
  await expect(client.send(new UpdateStageCommand({ ApiId, StageName: 'auto', DeploymentId }))).rejects.toMatchObject(bad('AutoDeploy'))
  await client.send(new DeleteStageCommand({ ApiId, StageName: 'prod' }))
  await client.send(new DeleteDeploymentCommand({ ApiId, DeploymentId }))
  expect((await client.send(new GetStagesCommand({ ApiId }))).Items!.map(({ StageName }) => StageName)).toEqual(['auto'])
})

it('keeps stage variables and throttling, for all routes and for one', async () => {
  const ApiId = await makeApi()
  await client.send(new CreateRouteCommand({ ApiId, RouteKey: 'GET /a' }))
  await client.send(new CreateStageCommand({ ApiId, StageName: 's', StageVariables: { a: '1', b: '2' } }))
  await expect(client.send(new CreateStageCommand({ ApiId, StageName: 's' }))).rejects.toMatchObject({ name: 'ConflictException' })
  const changed = await client.send(new UpdateStageCommand({ ApiId, StageName: 's', StageVariables: { a: '' }, DefaultRouteSettings: { ThrottlingRateLimit: 5, ThrottlingBurstLimit: 2 }, RouteSettings: { 'GET /a': { ThrottlingRateLimit: 1 } } }))
  expect(changed).toMatchObject({ StageVariables: { b: '2' }, DefaultRouteSettings: { DetailedMetricsEnabled: false, ThrottlingRateLimit: 5 }, RouteSettings: { 'GET /a': { ThrottlingRateLimit: 1 } }, LastUpdatedDate: expect.any(Date) })
  expect(changed.StageVariables).not.toHaveProperty('a')
  await client.send(new DeleteRouteSettingsCommand({ ApiId, StageName: 's', RouteKey: 'GET /a' }))
  expect((await client.send(new GetStageCommand({ ApiId, StageName: 's' }))).RouteSettings).toEqual({})
  await expect(client.send(new UpdateStageCommand({ ApiId, StageName: 's', RouteSettings: { 'GET /b': {} } }))).rejects.toMatchObject({ name: 'NotFoundException' })
  await expect(client.send(new UpdateStageCommand({ ApiId, StageName: 's', DefaultRouteSettings: { LoggingLevel: 'INFO' } }))).rejects.toMatchObject(bad('Execution logs'))
})

it('keeps authorizers, and those in use', async () => {
  const ApiId = await makeApi()
  const make = (more: object) => client.send(new CreateAuthorizerCommand({ ApiId, Name: 'jwt', AuthorizerType: 'JWT', IdentitySource: ['$request.header.Authorization'], JwtConfiguration: { Audience: ['a'], Issuer: 'https://issuer.example' }, ...more }))
  const { AuthorizerId } = await make({})
  await expect(make({})).rejects.toMatchObject({ name: 'ConflictException' })
  await expect(make({ Name: 'x', JwtConfiguration: { Audience: ['a'], Issuer: 'issuer' } })).rejects.toMatchObject(bad('Issuer must be a valid HTTPS URL'))
  await expect(make({ Name: 'x', IdentitySource: ['Authorization'] })).rejects.toMatchObject(bad('Invalid identity source'))
  const request = { Name: 'l', AuthorizerType: 'REQUEST', JwtConfiguration: undefined, AuthorizerUri: `arn:aws:apigateway:us-east-1:lambda:path/2015-03-31/functions/${functionArn}/invocations`, AuthorizerPayloadFormatVersion: '2.0' }
  await expect(make({ ...request, AuthorizerPayloadFormatVersion: '1.0', EnableSimpleResponses: true })).rejects.toMatchObject(bad('EnableSimpleResponses'))
  await expect(make({ ...request, AuthorizerResultTtlInSeconds: 60, IdentitySource: [] })).rejects.toMatchObject(bad('caching'))
  const lambda = await make({ ...request, EnableSimpleResponses: true })
  expect(await client.send(new UpdateAuthorizerCommand({ ApiId, AuthorizerId: lambda.AuthorizerId, AuthorizerResultTtlInSeconds: 60 }))).toMatchObject({ AuthorizerResultTtlInSeconds: 60, EnableSimpleResponses: true })
  await client.send(new CreateRouteCommand({ ApiId, RouteKey: 'GET /', AuthorizationType: 'JWT', AuthorizerId, AuthorizationScopes: ['read'] }))
  await expect(client.send(new CreateRouteCommand({ ApiId, RouteKey: 'GET /x', AuthorizationType: 'CUSTOM', AuthorizerId }))).rejects.toMatchObject(bad('cannot serve'))
  await expect(client.send(new DeleteAuthorizerCommand({ ApiId, AuthorizerId }))).rejects.toMatchObject({ name: 'ConflictException' })
  await client.send(new DeleteAuthorizerCommand({ ApiId, AuthorizerId: lambda.AuthorizerId }))
  expect((await client.send(new GetAuthorizersCommand({ ApiId }))).Items!.map(({ Name }) => Name)).toEqual(['jwt'])
})

it('tags APIs and stages', async () => {
  const ApiId = await makeApi()
  await client.send(new CreateStageCommand({ ApiId, StageName: '$default' }))
  for (const ResourceArn of [`arn:aws:apigateway:us-east-1::/apis/${ApiId}`, `arn:aws:apigateway:us-east-1::/apis/${ApiId}/stages/$default`]) {
    await client.send(new TagResourceCommand({ ResourceArn, Tags: { a: '1', b: '2' } }))
    await client.send(new UntagResourceCommand({ ResourceArn, TagKeys: ['a'] }))
    expect((await client.send(new GetTagsCommand({ ResourceArn }))).Tags).toEqual({ b: '2' })
  }
})

it('asks IAM for the HTTP method on the path without its version', async () => {
  const ApiId = await makeApi()
  const iam = new IAMClient(sandbox.learner)
  await iam.send(new CreateUserCommand({ UserName: 'reader' }))
  const Statement = { Effect: 'Allow', Action: 'apigateway:GET', Resource: `arn:aws:apigateway:us-east-1::/apis/${ApiId}/routes` }
  await iam.send(new PutUserPolicyCommand({ UserName: 'reader', PolicyName: 'p', PolicyDocument: JSON.stringify({ Version: '2012-10-17', Statement }) }))
  const { AccessKey } = await iam.send(new CreateAccessKeyCommand({ UserName: 'reader' }))
  const reader = new ApiGatewayV2Client(sandbox.as({ accessKeyId: AccessKey!.AccessKeyId!, secretAccessKey: AccessKey!.SecretAccessKey! }))
  expect((await reader.send(new GetRoutesCommand({ ApiId }))).Items).toEqual([])
  await expect(reader.send(new GetApiCommand({ ApiId }))).rejects.toMatchObject({
    name: 'AccessDeniedException',
    message: `User: arn:aws:iam::${sandbox.accountId}:user/reader is not authorized to perform: apigateway:GET on resource: arn:aws:apigateway:us-east-1::/apis/${ApiId} because no identity-based policy allows the apigateway:GET action`,
  })
})

it('asks IAM with the tags that an API bears and those that a call brings', async () => {
  const tagged = async (team: string) => (await client.send(new CreateApiCommand({ Name: 'tagged', ProtocolType: 'HTTP', Tags: { team } }))).ApiId!
  const [own, other] = [await tagged('a'), await tagged('b')]
  const iam = new IAMClient(sandbox.learner)
  await iam.send(new CreateUserCommand({ UserName: 'tagger' }))
  const Statement = [
    { Effect: 'Allow', Action: 'apigateway:PATCH', Resource: '*', Condition: { StringEquals: { 'aws:ResourceTag/team': 'a' } } },
    { Effect: 'Allow', Action: 'apigateway:POST', Resource: '*', Condition: { StringEquals: { 'aws:RequestTag/team': 'a' } } },
  ]
  await iam.send(new PutUserPolicyCommand({ UserName: 'tagger', PolicyName: 'p', PolicyDocument: JSON.stringify({ Version: '2012-10-17', Statement }) }))
  const { AccessKey } = await iam.send(new CreateAccessKeyCommand({ UserName: 'tagger' }))
  const tagger = new ApiGatewayV2Client(sandbox.as({ accessKeyId: AccessKey!.AccessKeyId!, secretAccessKey: AccessKey!.SecretAccessKey! }))
  await tagger.send(new UpdateApiCommand({ ApiId: own, Name: 'changed' }))
  await tagger.send(new CreateApiCommand({ Name: 'made', ProtocolType: 'HTTP', Tags: { team: 'a' } }))
  const denied = { name: 'AccessDeniedException' }
  await expect(tagger.send(new UpdateApiCommand({ ApiId: other, Name: 'changed' }))).rejects.toMatchObject(denied)
  await expect(tagger.send(new CreateApiCommand({ Name: 'made', ProtocolType: 'HTTP' }))).rejects.toMatchObject(denied)
})

it('shows HTTP APIs in the account’s inventory', async () => {
  const ApiId = await makeApi()
  const { resources } = await sandbox.admin('GET', `/_worklab/accounts/${sandbox.accountId}/resources`)
  expect(resources).toContainEqual(expect.objectContaining({ service: 'apigateway', type: 'http-api', name: 'shop', arn: `arn:aws:apigateway:us-east-1::/apis/${ApiId}` }))
})
