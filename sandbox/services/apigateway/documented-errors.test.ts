import { mkdtempSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import * as sdk from '@aws-sdk/client-api-gateway'
import { NormalizedSchema } from '@smithy/core/schema'
import { afterAll, beforeAll, describe } from 'vitest'
import { createAccount } from '../../accounts'
import { itAnswersTheDocumentedErrors, type Provoke } from '../../documented-errors-testing'
import { openState, type Sandbox } from '../../sandbox'
import type { Collection } from '../../store'
import { startTestSandbox, type TestSandbox } from '../../testing'
import documented from './documented-errors.json' with { type: 'json' }
import { apiGateway } from './index'
import { QUOTAS } from './quotas'
import { domains } from '../apigatewayv2/domain-names'
import { apiKeys, clientCertificates, documentationParts, restApis, usagePlans, vpcLinks } from './records'
import { functionUri, makeApi } from './testing'

const TARGET = 'arn:aws:elasticloadbalancing:us-east-1:111122223333:loadbalancer/net/mine/0123456789abcdef'
const CERTIFICATE = 'arn:aws:acm:us-east-1:111122223333:certificate/1'
const OLD = '2026-01-01T00:00:00.000Z'
const VALUE = 'value-of-a-key-that-is-there'
const some = <T>(count: number, entry: (i: number) => [string, T]) => Object.fromEntries(Array.from({ length: count }, (_, i) => entry(i)))
const openApi = (more: object = {}) => Buffer.from(JSON.stringify({ openapi: '3.0.1', info: { title: 'imported' }, paths: {}, ...more }))

let sandbox: TestSandbox
let client: sdk.APIGatewayClient
/** Of an account that has all that fits into it. */
let full: sdk.APIGatewayClient
/** An API that has all that fits into one. */
let fullApi: string
/** What is there, by the member that names it. */
const there: Record<string, any> = { authorizationType: 'NONE', httpMethod: 'GET', statusCode: '200', stageName: 'stage0', modelName: 'Empty', responseType: 'DEFAULT_4XX', keyType: 'API_KEY', format: 'csv', exportType: 'oas30', startDate: '2026-01-01', endDate: '2026-01-02' }

beforeAll(async () => {
  const data = mkdtempSync(join(tmpdir(), 'sandbox-'))
  const fullAccount = await fillAnAccount(data)
  sandbox = await startTestSandbox({ data })
  client = new sdk.APIGatewayClient(sandbox.learner)
  full = new sdk.APIGatewayClient(sandbox.as(await sandbox.admin('GET', `/_worklab/accounts/${fullAccount}/keys`)))
  await fillUp()
})
afterAll(() => sandbox.remove())

async function fillAnAccount(data: string): Promise<string> {
  const state = await openState({ data })
  const { accountId } = await createAccount({ ...state, now: Date.now } as Partial<Sandbox> as Sandbox)
  const fill = <T>(collection: Collection<T>, most: number, value: (id: string) => Partial<T>, key = (id: string) => id) =>
    state.store.batch(Array.from({ length: most }, (_, i) => ({ collection, scope: `${accountId}/us-east-1`, key: key(`full${i}`), value: value(`full${i}`) })))
  await fill(restApis, QUOTAS.apis.EDGE, (id) => ({ id, account: accountId, region: 'us-east-1', name: id, createdAt: OLD, endpointConfiguration: { types: [sdk.EndpointType.EDGE] } }))
  await fill(apiKeys, QUOTAS.apiKeys, (id) => ({ id, value: `value-of-${id}`, name: id, createdAt: OLD, updatedAt: OLD, enabled: true, stageKeys: [], tags: {} }))
  // All plans serve the first key.
  await fill(usagePlans, QUOTAS.usagePlans, (id) => ({ id, name: id, apiStages: [], tags: {}, keyIds: id === 'full299' ? [] : ['full0'], createdAt: OLD }))
  await fill(clientCertificates, QUOTAS.clientCertificates, (id) => ({ id, certificate: '', createdAt: OLD, expiresAt: OLD, tags: {} }))
  await fill(vpcLinks, QUOTAS.vpcLinks, (id) => ({ id, name: id, targetArns: [], status: sdk.VpcLinkStatus.AVAILABLE, createdAt: OLD, tags: {} }))
  await fill(domains, QUOTAS.domainNames, (name) => ({ name, account: accountId, region: 'us-east-1', createdAt: OLD, tags: {}, configuration: {}, mappings: name === 'full0' ? some(QUOTAS.basePathMappings, (i) => [`m${i}`, { ApiId: 'full0', ApiMappingId: `m${i}`, ApiMappingKey: `k${i}`, Stage: 's' }]) : {} }))
  await fill(documentationParts, QUOTAS.documentationParts, (id) => ({ id, location: { type: sdk.DocumentationPartType.MODEL, name: id }, properties: '{}' }), (id) => `full0/${id}`)
  await state.close()
  return accountId
}

/** What the errors need to be there. */
async function fillUp(): Promise<void> {
  const send = (name: string, input: object): Promise<any> => call(name, () => input)()
  const api = await makeApi(client)
  fullApi = api.id
  const uri = functionUri(`arn:aws:lambda:us-east-1:${sandbox.accountId}:function:f`)
  Object.assign(there, { restApiId: api.id, parentId: api.root, usagePlanId: (await send('CreateUsagePlan', { name: 'plan' })).id })
  for (let i = 0; i < QUOTAS.authorizers; i++) there.authorizerId = (await send('CreateAuthorizer', { restApiId: api.id, name: `a${i}`, type: 'TOKEN', authorizerUri: uri })).id
  there.requestValidatorId = (await send('CreateRequestValidator', { restApiId: api.id, name: 'v' })).id
  await send('CreateModel', { restApiId: api.id, name: 'Used', contentType: 'application/json', schema: '{}' })
  there.resourceId = await api.method('/used', 'GET', {
    method: { authorizationType: 'CUSTOM', authorizerId: there.authorizerId!, requestValidatorId: there.requestValidatorId!, requestModels: { 'application/json': 'Used' } },
    responses: [{ statusCode: '200' }],
  })
  await api.resource('/other')
  for (let i = 0; i < QUOTAS.stages; i++) there.deploymentId = await api.deploy(`stage${i}`)
  there.domainName = 'there.example.com'
  there.basePath = 'base'
  there.documentationVersion = '1'
  there.documentationPartId = (await send('CreateDocumentationPart', { restApiId: api.id, location: { type: 'API' }, properties: '{}' })).id
  await send('CreateDocumentationVersion', { restApiId: api.id, documentationVersion: '1' })
  there.clientCertificateId = (await send('GenerateClientCertificate', {})).clientCertificateId
  await send('UpdateStage', { restApiId: api.id, stageName: 'stage0', patchOperations: [{ op: 'replace', path: '/clientCertificateId', value: there.clientCertificateId }] })
  there.vpcLinkId = (await send('CreateVpcLink', { name: 'link', targetArns: [TARGET] })).id
  await send('CreateDomainName', { domainName: there.domainName, certificateArn: CERTIFICATE })
  for (const basePath of ['base', 'other']) await send('CreateBasePathMapping', { domainName: there.domainName, restApiId: api.id, basePath })
  there.keyId = there.apiKey = (await send('CreateApiKey', { name: 'key', value: VALUE })).id
  there.resourceArn = `arn:aws:apigateway:us-east-1::/restapis/${api.id}`
  await send('CreateUsagePlanKey', least('CreateUsagePlanKey'))
  await send('UpdateUsagePlan', { ...least('UpdateUsagePlan'), patchOperations: [{ op: 'add', path: '/apiStages', value: `${api.id}:stage0` }] })
  await send('PutGatewayResponse', least('PutGatewayResponse'))
  for (let i = 3; i < QUOTAS.resources; i++) await api.resource(`/r${i}`)
}

/** Makes a call with what the table says beside the least that the operation needs. */
function call(name: string, input: () => object, as = () => client): Provoke {
  return () => as().send(new (sdk as any)[`${name}Command`](input()))
}

/** An input that names only what is there. */
function least(name: string): Record<string, unknown> {
  const { schema } = apiGateway.operations.find((operation) => operation.name === name)!
  const members = [...NormalizedSchema.of(schema[4]).structIterator()].map(([member]) => member)
  return Object.fromEntries(members.filter((member) => Object.hasOwn(there, member)).map((member) => [member, there[member]]))
}

/** Labels of the operation's path, in order. */
function labels(name: string): string[] {
  const { schema } = apiGateway.operations.find((operation) => operation.name === name)!
  return [...(schema[3] as { http: [string, string, number] }).http[1].matchAll(/\{(\w+)\+?\}/g)].map(([, label]) => label!)
}

const ALL = apiGateway.operations.map(({ name }) => name)
const having = (error: string) => ALL.filter((name) => (documented as Record<string, string[]>)[name]?.includes(error))
const members = (name: string) => [...NormalizedSchema.of(apiGateway.operations.find((operation) => operation.name === name)!.schema[4]).structIterator()].map(([member]) => member)

/** Rows of one error for several operations, by what each is given beside the least. */
function rows(error: string, names: string[], more: (name: string) => object, as?: () => sdk.APIGatewayClient): Record<string, Provoke> {
  return Object.fromEntries(names.map((name) => [`${name} ${error}`, call(name, () => ({ ...least(name), ...more(name) }), as)]))
}

function each(error: string, table: Record<string, () => object>, as?: () => sdk.APIGatewayClient): Record<string, Provoke> {
  return rows(error, Object.keys(table), (name) => table[name]!(), as)
}

/** The last label of the path names nothing; where that may be anything or is one of AWS's words, the API does. */
const unknown = (name: string) => {
  const last = labels(name).at(-1)!
  const isFree = ['httpMethod', 'statusCode'].includes(last) && name.startsWith('Put')
  return isFree || last === 'responseType' ? { restApiId: 'nothing' } : { [last]: last === 'statusCode' ? '599' : 'nothing' }
}

const provoked: Record<string, Provoke> = {
  ...rows('NotFoundException', having('NotFoundException').filter((name) => labels(name).some((label) => !/^resourceArn$/.test(label))), unknown),
  ...rows('NotFoundException', ['TagResource', 'UntagResource', 'GetTags'], () => ({ resourceArn: 'arn:aws:apigateway:us-east-1::/restapis/nothing', tags: {}, tagKeys: ['a'] })),
  ...each('NotFoundException', {
    CreateAuthorizer: () => ({ restApiId: 'nothing', name: 'x', type: 'TOKEN' }),
    CreateModel: () => ({ restApiId: 'nothing', name: 'x', contentType: 'application/json' }),
    CreateResource: () => ({ parentId: 'nothing', pathPart: 'x' }),
    GetExport: () => ({ stageName: 'nothing' }),
    CreateDocumentationPart: () => ({ restApiId: 'nothing', location: { type: 'API' }, properties: '{}' }),
    CreateDocumentationVersion: () => ({ restApiId: 'nothing' }),
    ImportDocumentationParts: () => ({ restApiId: 'nothing', body: openApi() }),
    PutIntegration: () => ({ restApiId: 'nothing', type: 'MOCK' }),
    CreateUsagePlan: () => ({ name: 'x', apiStages: [{ apiId: 'nothing', stage: 'x' }] }),
  }),

  ...rows('BadRequestException', having('BadRequestException').filter((name) => members(name).includes('patchOperations')), () => ({ patchOperations: [{ op: 'replace', path: '/nowhere', value: 'x' }] })),
  ...rows('BadRequestException', having('BadRequestException').filter((name) => members(name).includes('position')), () => ({ position: 'nowhere' })),
  ...rows('BadRequestException', ['TagResource', 'UntagResource', 'GetTags'], () => ({ resourceArn: 'arn:aws:lambda:us-east-1:1:x', tags: {}, tagKeys: ['a'] })),
  ...each('BadRequestException', {
    CreateApiKey: () => ({ value: 'short' }),
    CreateBasePathMapping: () => ({ basePath: 'a/b' }),
    CreateDocumentationPart: () => ({ location: { type: 'API', path: '/' }, properties: '{}' }),
    CreateDocumentationVersion: () => ({ documentationVersion: 'no version' }),
    CreateDomainName: () => ({ domainName: 'nodots' }),
    CreateVpcLink: () => ({ name: 'x', targetArns: ['nowhere'] }),
    GenerateClientCertificate: () => ({ tags: { 'aws:x': '' } }),
    ImportDocumentationParts: () => ({ body: Buffer.from('{}') }),
    CreateAuthorizer: () => ({ name: 'x', type: 'TOKEN', authorizerUri: 'nowhere' }),
    CreateDeployment: () => ({ stageName: 'no name' }),
    CreateModel: () => ({ name: 'X', contentType: 'application/json', schema: '{' }),
    CreateResource: () => ({ pathPart: 'a/b' }),
    CreateRestApi: () => ({ name: 'x', endpointConfiguration: { types: ['EDGE', 'REGIONAL'] } }),
    CreateStage: () => ({ stageName: 'no name' }),
    CreateUsagePlan: () => ({ name: 'x', quota: { limit: 1, period: 'DAY', offset: 3 } }),
    CreateUsagePlanKey: () => ({ keyType: 'OTHER' }),
    DeleteDeployment: () => ({}),
    DeleteResource: () => ({ resourceId: there.parentId }),
    DeleteUsagePlan: () => ({}),
    GetExport: () => ({ exportType: 'raml' }),
    ImportApiKeys: () => ({ body: Buffer.from('no,table') }),
    ImportRestApi: () => ({ body: Buffer.from('{}') }),
    PutRestApi: () => ({ body: Buffer.from('{}') }),
    PutGatewayResponse: () => ({ responseParameters: { wrong: 'x' } }),
    PutIntegration: () => ({ type: 'AWS', integrationHttpMethod: 'POST', uri: 'nowhere' }),
    PutIntegrationResponse: () => ({ selectionPattern: '(' }),
    PutMethod: () => ({ httpMethod: 'POST', authorizationType: 'NOBODY' }),
    PutMethodResponse: () => ({ statusCode: '201', responseParameters: { wrong: true } }),
    TestInvokeMethod: () => ({ pathWithQueryString: '/elsewhere' }),
  }),

  ...each('ConflictException', {
    CreateApiKey: () => ({ value: VALUE }),
    CreateBasePathMapping: () => ({}),
    CreateDocumentationPart: () => ({ location: { type: 'API' }, properties: '{}' }),
    CreateDocumentationVersion: () => ({}),
    CreateDomainName: () => ({ certificateArn: CERTIFICATE }),
    DeleteClientCertificate: () => ({}),
    UpdateBasePathMapping: () => ({ patchOperations: [{ op: 'replace', path: '/basePath', value: 'other' }] }),
    CreateAuthorizer: () => ({ name: 'a0', type: 'TOKEN', authorizerUri: functionUri('arn:aws:lambda:us-east-1:111122223333:function:f') }),
    CreateModel: () => ({ name: 'Empty', contentType: 'application/json', schema: '{}' }),
    CreateResource: () => ({ pathPart: 'other' }),
    CreateStage: () => ({}),
    CreateUsagePlanKey: () => ({}),
    DeleteAuthorizer: () => ({}),
    DeleteModel: () => ({ modelName: 'Used' }),
    DeleteRequestValidator: () => ({}),
    DeleteStage: () => ({}),
    PutMethod: () => ({ authorizationType: 'NONE' }),
    PutMethodResponse: () => ({}),
    UpdateAuthorizer: () => ({ patchOperations: [{ op: 'replace', path: '/name', value: 'a0' }] }),
    UpdateResource: () => ({ patchOperations: [{ op: 'replace', path: '/pathPart', value: 'other' }] }),
    UpdateUsagePlan: () => ({ patchOperations: [{ op: 'add', path: '/apiStages', value: `${fullApi}:stage0` }] }),
  }),

  ...each('LimitExceededException', {
    CreateAuthorizer: () => ({ name: 'more', type: 'TOKEN', authorizerUri: functionUri('arn:aws:lambda:us-east-1:111122223333:function:f') }),
    CreateDeployment: () => ({ stageName: 'more' }),
    CreateResource: () => ({ pathPart: 'more' }),
    CreateStage: () => ({ stageName: 'more' }),
    PutRestApi: () => ({ body: openApi({ paths: { '/more': {} } }) }),
    TagResource: () => ({ tags: some(51, (i) => [`k${i}`, '']) }),
    UpdateStage: () => ({ patchOperations: Array.from({ length: 101 }, (_, i) => ({ op: 'replace', path: `/variables/v${i}`, value: 'x' })) }),
    UpdateUsagePlan: () => ({ patchOperations: [{ op: 'replace', path: `/apiStages/${fullApi}:stage0/throttle`, value: JSON.stringify(some(21, (i) => [`/used${i}/GET`, { rateLimit: 1 }])) }] }),
  }),
  ...each(
    'LimitExceededException',
    {
      CreateApiKey: () => ({}),
      CreateDocumentationPart: () => ({ restApiId: 'full0', location: { type: 'API' }, properties: '{}' }),
      CreateDomainName: () => ({ domainName: 'more.example.com', certificateArn: CERTIFICATE }),
      CreateBasePathMapping: () => ({ domainName: 'full0', restApiId: 'full0', basePath: 'more' }),
      CreateVpcLink: () => ({ name: 'more', targetArns: [TARGET] }),
      GenerateClientCertificate: () => ({}),
      ImportDocumentationParts: () => ({ restApiId: 'full0', body: openApi({ 'x-amazon-apigateway-documentation': { documentationParts: [{ location: { type: 'API' }, properties: {} }] } }) }),
      CreateRestApi: () => ({ name: 'more' }),
      CreateUsagePlan: () => ({ name: 'more' }),
      CreateUsagePlanKey: () => ({ usagePlanId: 'full299', keyId: 'full0' }),
      ImportApiKeys: () => ({ body: Buffer.from('name,key\nmore,value-of-one-more-key\n') }),
      ImportRestApi: () => ({ body: openApi() }),
    },
    () => full,
  ),
}

const ONLY_NAMES = 'It is given nothing but names; one of what is not there is NotFoundException.'
const ONE_BY_ONE = 'On AWS two changes at once may collide; here changes of one account run one after the other.'
const NO_QUOTA = 'AWS documents it for all that writes; this adds nothing that a quota counts.'
const NOTHING_NAMED = 'It names nothing that could be missing.'
const NEVER: Record<string, string> = { BadRequestException: ONLY_NAMES, ConflictException: ONE_BY_ONE, LimitExceededException: NO_QUOTA, NotFoundException: NOTHING_NAMED }

describe('API Gateway', () => {
  itAnswersTheDocumentedErrors({
    service: apiGateway,
    documented,
    provoked,
    never: {
      TooManyRequestsException: 'AWS throttles its control plane (DeleteRestApi to one call in 30 seconds); the sandbox does not, so that tests of its users are quick.',
      UnauthorizedException: 'Keys and signatures that do not hold are refused before the operation, in the words of AWS’s signature check.',
      ServiceUnavailableException: 'An outage of AWS.',
      ...Object.fromEntries(Object.entries(NEVER).flatMap(([error, reason]) => having(error).map((name) => `${name} ${error}`).filter((pair) => !(pair in provoked)).map((pair) => [pair, reason]))),
    },
  })
})
