import * as sdk from '@aws-sdk/client-apigatewayv2'
import { CreateAccessKeyCommand, CreateUserCommand, IAMClient } from '@aws-sdk/client-iam'
import { NormalizedSchema } from '@smithy/core/schema'
import { afterAll, beforeAll } from 'vitest'
import { itAnswersTheDocumentedErrors, type Provoke } from '../../documented-errors-testing'
import { startTestSandbox, type ClientConfig, type TestSandbox } from '../../testing'
import documented from './documented-errors.json' with { type: 'json' }
import { apiGatewayV2 } from './index'

let sandbox: TestSandbox
/** Someone without any permission. */
let powerless: ClientConfig
/** An account that has as many APIs and domain names as it may. */
let crowded: ClientConfig
/** Ids of what is there. */
const there: Record<string, string> = {}
/** Ids of an API that has as much as it may. */
const full: Record<string, string> = {}

const DOMAIN = 'api.example.com'
const certificate = 'arn:aws:acm:us-east-1:123456789012:certificate/a'
const configurations = [{ CertificateArn: certificate }]
const jwt = { Name: 'guard', AuthorizerType: 'JWT', IdentitySource: ['$request.header.Authorization'], JwtConfiguration: { Audience: ['a'], Issuer: 'https://issuer.example' } }
const toUrl = { IntegrationType: 'HTTP_PROXY', IntegrationMethod: 'GET', IntegrationUri: 'https://example.com', PayloadFormatVersion: '1.0' }

/** An OpenAPI document with so many routes, each with an integration, and so many authorizers. */
function document(routes: number, authorizers = 0): string {
  const integration = { type: 'http_proxy', httpMethod: 'GET', uri: 'https://example.com', payloadFormatVersion: '1.0' }
  const scheme = { type: 'oauth2', flows: {}, 'x-amazon-apigateway-authorizer': { type: 'jwt', identitySource: '$request.header.Authorization', jwtConfiguration: { audience: ['a'], issuer: 'https://issuer.example' } } }
  const times = (count: number, make: (i: number) => [string, object]) => Object.fromEntries(Array.from({ length: count }, (_, i) => make(i)))
  return JSON.stringify({
    openapi: '3.0.1',
    info: { title: 'x', version: '1' },
    paths: times(routes, (i) => [`/r${i}`, { get: { 'x-amazon-apigateway-integration': integration } }]),
    components: { securitySchemes: times(authorizers, (i) => [`a${i}`, scheme]) },
  })
}

function send(name: string, input: object, config = sandbox.learner): Promise<any> {
  const Command = (sdk as unknown as Record<string, new (input: object) => unknown>)[`${name}Command`]!
  return new sdk.ApiGatewayV2Client(config).send(new Command(input) as never) as Promise<any>
}

/** Does it so many times, some at once. */
async function repeat(times: number, work: (i: number) => Promise<unknown>): Promise<void> {
  for (let i = 0; i < times; i += 20) await Promise.all(Array.from({ length: Math.min(20, times - i) }, (_, j) => work(i + j)))
}

beforeAll(async () => {
  sandbox = await startTestSandbox()
  const { ApiId } = await send('CreateApi', { Name: 'there', ProtocolType: 'HTTP', Target: 'https://example.com' })
  there.ApiId = ApiId
  there.AuthorizerId = (await send('CreateAuthorizer', { ApiId, ...jwt })).AuthorizerId
  await send('CreateAuthorizer', { ApiId, ...jwt, Name: 'second' })
  there.IntegrationId = (await send('CreateIntegration', { ApiId, ...toUrl })).IntegrationId
  there.RouteId = (await send('CreateRoute', { ApiId, RouteKey: 'GET /' })).RouteId
  await send('CreateRoute', { ApiId, RouteKey: 'GET /taken' })
  there.StageName = (await send('CreateStage', { ApiId, StageName: 'prod' })).StageName
  there.DeploymentId = (await send('CreateDeployment', { ApiId })).DeploymentId
  there.VpcLinkId = (await send('CreateVpcLink', { Name: 'there', SubnetIds: ['subnet-1'] })).VpcLinkId
  there.DomainName = (await send('CreateDomainName', { DomainName: DOMAIN, DomainNameConfigurations: configurations })).DomainName
  there.ApiMappingId = (await send('CreateApiMapping', { DomainName: DOMAIN, ApiId, Stage: 'prod', ApiMappingKey: 'one' })).ApiMappingId
  await send('CreateApiMapping', { DomainName: DOMAIN, ApiId, Stage: 'prod', ApiMappingKey: 'taken' })
  full.ApiId = (await send('ImportApi', { Body: document(300, 10) })).ApiId
  await repeat(10, (i) => send('CreateStage', { ApiId: full.ApiId, StageName: `s${i}` }))
  full.DomainName = (await send('CreateDomainName', { DomainName: 'full.example.com', DomainNameConfigurations: configurations })).DomainName
  await repeat(200, (i) => send('CreateApiMapping', { DomainName: full.DomainName, ApiId, Stage: 'prod', ApiMappingKey: `k${i}` }))
  crowded = (await sandbox.newAccount()).config
  await repeat(600, () => send('CreateApi', { Name: 'one of many', ProtocolType: 'HTTP' }, crowded))
  await repeat(10, () => send('CreateVpcLink', { Name: 'one of many', SubnetIds: ['subnet-1'] }, crowded))
  await repeat(120, (i) => send('CreateDomainName', { DomainName: `d${i}.example.com`, DomainNameConfigurations: configurations }, crowded))
  const iam = new IAMClient(sandbox.learner)
  await iam.send(new CreateUserCommand({ UserName: 'powerless' }))
  const { AccessKey } = await iam.send(new CreateAccessKeyCommand({ UserName: 'powerless' }))
  powerless = sandbox.as({ accessKeyId: AccessKey!.AccessKeyId!, secretAccessKey: AccessKey!.SecretAccessKey! })
}, 60_000)
afterAll(() => sandbox.remove())

/** A value for every member that an operation needs; ids are of what is there, but for `none`. */
const values = (): Record<string, unknown> => ({
  ...there,
  ApiMappingId: there.ApiMappingId,
  Body: document(1),
  IntegrationResponseId: 'none',
  IntegrationResponseKey: '/200/',
  ModelId: 'none',
  Name: 'new',
  OutputType: 'JSON',
  ProtocolType: 'HTTP',
  RequestParameterKey: 'none',
  ResourceArn: `arn:aws:apigateway:us-east-1::/apis/${there.ApiId}`,
  RouteKey: 'GET /new',
  RouteResponseId: 'none',
  RouteResponseKey: '$default',
  Schema: '{}',
  Specification: 'OAS30',
  Stage: 'prod',
  SubnetIds: ['subnet-1'],
  TagKeys: ['a'],
  Tags: { a: '1' },
})

function least(name: string, more: object = {}): object {
  const schema = NormalizedSchema.of(apiGatewayV2.operations.find((one) => one.name === name)!.schema[4]).getSchema() as unknown as [number, string, string, unknown, string[], unknown[], number?]
  const needed = (schema[4] ?? []).slice(0, schema[6] ?? 0)
  const all = values()
  return { ...Object.fromEntries(needed.map((member) => [member, all[member]])), ...more }
}

const having = (error: string) => apiGatewayV2.operations.map(({ name }) => name).filter((name) => (documented as Record<string, string[]>)[name]?.includes(error))
/** A row for each operation, by the least input and what is said for it. */
function rows(error: string, inputs: Record<string, () => object>, config?: () => ClientConfig): Record<string, Provoke> {
  return Object.fromEntries(Object.entries(inputs).map(([name, more]) => [`${name} ${error}`, () => send(name, least(name, more()), config?.())]))
}
const all = (names: string[], more: () => object) => Object.fromEntries(names.map((name) => [name, more]))
const memberOf = (name: string, member: string) => [...NormalizedSchema.of(apiGatewayV2.operations.find((one) => one.name === name)!.schema[4]).structIterator()].some(([found]) => found === member)

/** Operations that name nothing that could be missing. */
const NAMES_NOTHING = ['CreateApi', 'CreateDomainName', 'GetApis', 'GetDomainNames', 'ImportApi']
const missing = having('NotFoundException').filter((name) => !NAMES_NOTHING.includes(name))
const lists = having('BadRequestException').filter((name) => memberOf(name, 'NextToken'))
const TOO_LONG = 'x'.repeat(1025)

const provoked: Record<string, Provoke> = {
  ...rows('NotFoundException', {
    ...all(missing.filter((name) => memberOf(name, 'ApiId') && !memberOf(name, 'DomainName')), () => ({ ApiId: 'none' })),
    CreateAuthorizer: () => ({ ...jwt, ApiId: 'none' }),
    CreateIntegration: () => ({ ...toUrl, ApiId: 'none' }),
    ...all(missing.filter((name) => memberOf(name, 'VpcLinkId')), () => ({ VpcLinkId: 'none' })),
    ...all(missing.filter((name) => memberOf(name, 'DomainName')), () => ({ DomainName: 'none.example.com' })),
    ...all(missing.filter((name) => memberOf(name, 'ResourceArn')), () => ({ ResourceArn: 'arn:aws:apigateway:us-east-1::/apis/none' })),
  }),
  ...rows('BadRequestException', {
    ...all(lists, () => ({ NextToken: '!' })),
    CreateApi: () => ({ ProtocolType: 'WEBSOCKET' }),
    CreateApiMapping: () => ({ ApiMappingKey: '/' }),
    CreateAuthorizer: () => ({ ...jwt, Name: 'x', IdentitySource: ['Authorization'] }),
    CreateDeployment: () => ({ Description: TOO_LONG }),
    CreateDomainName: () => ({ DomainName: 'localhost' }),
    CreateIntegration: () => ({ IntegrationType: 'MOCK' }),
    CreateIntegrationResponse: () => ({}),
    CreateModel: () => ({}),
    CreateRoute: () => ({ RouteKey: 'FETCH /' }),
    CreateRouteResponse: () => ({}),
    CreateStage: () => ({ StageName: 'a b' }),
    CreateVpcLink: () => ({ SubnetIds: ['none'] }),
    ExportApi: () => ({ Specification: 'OAS20' }),
    GetTags: () => ({ ResourceArn: 'none' }),
    ImportApi: () => ({ Body: 'none' }),
    ReimportApi: () => ({ Body: 'none' }),
    TagResource: () => ({ ResourceArn: 'none' }),
    UntagResource: () => ({ ResourceArn: 'none' }),
    UpdateApi: () => ({ CorsConfiguration: { AllowMethods: ['FETCH'] } }),
    UpdateApiMapping: () => ({ ApiMappingKey: '/' }),
    UpdateAuthorizer: () => ({ IdentitySource: ['Authorization'] }),
    UpdateDeployment: () => ({ Description: TOO_LONG }),
    UpdateDomainName: () => ({ DomainNameConfigurations: [{ CertificateArn: 'arn:none' }] }),
    UpdateIntegration: () => ({ TimeoutInMillis: 31_000 }),
    UpdateIntegrationResponse: () => ({ ContentHandlingStrategy: 'NONE' }),
    UpdateModel: () => ({ Description: TOO_LONG }),
    UpdateRoute: () => ({ RouteKey: 'FETCH /' }),
    UpdateStage: () => ({ DefaultRouteSettings: { LoggingLevel: 'INFO' } }),
    UpdateVpcLink: () => ({ Name: TOO_LONG }),
  }),
  ...rows('ConflictException', {
    CreateApiMapping: () => ({ ApiMappingKey: 'taken' }),
    CreateAuthorizer: () => jwt,
    CreateDomainName: () => ({ DomainNameConfigurations: configurations }),
    CreateRoute: () => ({ RouteKey: 'GET /taken' }),
    CreateStage: () => ({ StageName: 'prod' }),
    ...all(['ImportApi', 'ReimportApi'], () => ({ Body: JSON.stringify({ openapi: '3.0.1', info: { title: 'x', version: '1' }, paths: { '/$default': { 'x-amazon-apigateway-any-method': {} }, '/': { get: { isDefaultRoute: true } } } }) })),
    UpdateApi: () => ({ RouteKey: 'GET /taken' }),
    UpdateApiMapping: () => ({ ApiMappingKey: 'taken' }),
    UpdateAuthorizer: () => ({ Name: 'second' }),
    UpdateRoute: () => ({ RouteKey: 'GET /taken' }),
  }),
  ...rows('TooManyRequestsException', {
    CreateAuthorizer: () => ({ ApiId: full.ApiId, ...jwt, Name: 'one more' }),
    CreateIntegration: () => ({ ApiId: full.ApiId, ...toUrl }),
    CreateRoute: () => ({ ApiId: full.ApiId, RouteKey: 'GET /one-more' }),
    CreateStage: () => ({ ApiId: full.ApiId, StageName: 'one-more' }),
    ReimportApi: () => ({ Body: document(301) }),
    CreateApiMapping: () => ({ DomainName: full.DomainName, ApiMappingKey: 'one-more' }),
  }),
  ...rows('TooManyRequestsException', {
    CreateApi: () => ({}),
    CreateVpcLink: () => ({}),
    ImportApi: () => ({}),
    CreateDomainName: () => ({ DomainName: 'one-more.example.com', DomainNameConfigurations: configurations }),
  }, () => crowded),
  ...rows('AccessDeniedException', { CreateDomainName: () => ({ DomainNameConfigurations: configurations }) }, () => powerless),
}

const pairs = (error: string, names: string[], reason: string) => Object.fromEntries(names.map((name) => [`${name} ${error}`, reason]))

itAnswersTheDocumentedErrors({
  service: apiGatewayV2,
  documented,
  provoked,
  never: {
    TooManyRequestsException: 'Calls are not slowed down; the quotas of what an account and an API may have are provoked.',
    ...pairs('NotFoundException', NAMES_NOTHING, 'It names nothing that would have to be there.'),
    ...pairs('ConflictException', ['CreateApi', 'CreateIntegration'], 'Its names need not be unique.'),
    ...pairs('ConflictException', ['CreateDeployment', 'GetTags', 'TagResource', 'UntagResource', 'UpdateDeployment', 'UpdateDomainName', 'UpdateIntegration', 'UpdateStage'], 'Of another change under way: changes come one after the other here, and it renames nothing.'),
    ...pairs('ConflictException', ['CreateIntegrationResponse', 'CreateModel', 'CreateRouteResponse', 'UpdateIntegrationResponse', 'UpdateModel', 'UpdateRouteResponse'], 'HTTP APIs have none, so that none can be there twice.'),
    ...pairs('BadRequestException', ['DeleteApiMapping', 'GetApiMapping'], 'It takes identifiers alone; one that is none is not found.'),
    'UpdateRouteResponse BadRequestException': 'HTTP APIs have no route responses: it is not found, whatever it is told.',
  },
})
