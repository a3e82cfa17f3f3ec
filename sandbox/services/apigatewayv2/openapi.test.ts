import { ApiGatewayV2Client, CreateApiCommand, CreateStageCommand, ExportApiCommand, GetApiCommand, GetAuthorizersCommand, GetIntegrationsCommand, GetRoutesCommand, GetStagesCommand, ImportApiCommand, ReimportApiCommand, UpdateStageCommand } from '@aws-sdk/client-apigatewayv2'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { parse, stringify } from 'yaml'
import { hostCaller } from '../../execute-api/http-api/testing'
import { startTestSandbox, type TestSandbox } from '../../testing'

let sandbox: TestSandbox
let client: ApiGatewayV2Client
let lambdaArn: string
beforeAll(async () => {
  sandbox = await startTestSandbox()
  client = new ApiGatewayV2Client(sandbox.learner)
  lambdaArn = `arn:aws:lambda:us-east-1:${sandbox.accountId}:function:f`
})
afterAll(() => sandbox.remove())

const petStore = () => ({
  openapi: '3.0.1',
  info: { title: 'Pets', description: 'a shop', version: '7' },
  servers: [{ url: 'https://x.example/{basePath}', variables: { basePath: { default: 'v1/shop' } } }],
  tags: [{ name: 'team', 'x-amazon-apigateway-tag-value': 'a' }],
  paths: {
    '/pets': {
      post: {
        operationId: 'addPet',
        security: [{ jwt: ['write'] }],
        requestBody: { content: { 'application/json': { schema: { $ref: '#/components/schemas/Pet' } } } },
        'x-amazon-apigateway-integration': { $ref: '#/components/x-amazon-apigateway-integrations/fn' },
      },
      get: { security: [{ lambda: [] }], 'x-amazon-apigateway-integration': { $ref: '#/components/x-amazon-apigateway-integrations/fn' } },
    },
    '/pets/{id}': { 'x-amazon-apigateway-any-method': { security: [{ sigv4: [] }], 'x-amazon-apigateway-integration': { type: 'http_proxy', httpMethod: 'ANY', uri: 'https://example.com/{id}', payloadFormatVersion: '1.0', timeoutInMillis: 1000, requestParameters: { 'append:header.x': '$request.path.id' }, responseParameters: { 200: { 'overwrite:statuscode': '201' } } } } },
    '/$default': { 'x-amazon-apigateway-any-method': { isDefaultRoute: true, 'x-amazon-apigateway-integration': { type: 'aws_proxy', httpMethod: 'POST', uri: 'arn:${AWSPartition}:lambda:${AWSRegion}:${AWSAccountId}:function:f', payloadFormatVersion: '1.0' } } },
  },
  components: {
    schemas: { Pet: { type: 'object' } },
    securitySchemes: {
      jwt: { type: 'oauth2', flows: {}, 'x-amazon-apigateway-authorizer': { type: 'jwt', identitySource: '$request.header.Authorization', jwtConfiguration: { issuer: 'https://issuer.example', audience: ['app'] } } },
      lambda: { type: 'apiKey', name: 'token', in: 'header', 'x-amazon-apigateway-authorizer': { type: 'request', identitySource: '$request.header.token, $request.querystring.q', authorizerUri: `arn:aws:apigateway:us-east-1:lambda:path/2015-03-31/functions/${lambdaArn}/invocations`, authorizerPayloadFormatVersion: '2.0', authorizerResultTtlInSeconds: 60, enableSimpleResponses: true } },
      sigv4: { type: 'apiKey', name: 'Authorization', in: 'header', 'x-amazon-apigateway-authtype': 'awsSigv4' },
    },
    'x-amazon-apigateway-integrations': { fn: { type: 'aws_proxy', httpMethod: 'POST', uri: lambdaArn, payloadFormatVersion: '2.0' } },
  },
  'x-amazon-apigateway-cors': { allowOrigins: ['https://a.example'], allowMethods: ['GET'], allowHeaders: ['X-One'], maxAge: 60 },
})
const importOf = (document: object, more: object = {}) => client.send(new ImportApiCommand({ Body: JSON.stringify(document), ...more }))
const bad = (message: string) => ({ name: 'BadRequestException', message: expect.stringContaining(message) })
const routesOf = async (ApiId: string) => Object.fromEntries((await client.send(new GetRoutesCommand({ ApiId }))).Items!.map((route) => [route.RouteKey, route]))

it('imports an OpenAPI document, JSON or YAML', async () => {
  const { ApiId, ...made } = await client.send(new ImportApiCommand({ Body: stringify(petStore()) }))
  expect(made).toMatchObject({ $metadata: { httpStatusCode: 201 }, Name: 'Pets', Description: 'a shop', Version: '7', ProtocolType: 'HTTP', Tags: { team: 'a' }, CorsConfiguration: { AllowOrigins: ['https://a.example'], AllowHeaders: ['x-one'], MaxAge: 60 }, Warnings: [] })
  expect(made.ImportInfo!.join()).toMatch(/components\.schemas.*requestBody of route POST \/pets/)
  const routes = await routesOf(ApiId!)
  const authorizers = Object.fromEntries((await client.send(new GetAuthorizersCommand({ ApiId }))).Items!.map((authorizer) => [authorizer.Name, authorizer]))
  expect(Object.keys(routes).sort()).toEqual(['$default', 'ANY /pets/{id}', 'GET /pets', 'POST /pets'])
  expect(routes['POST /pets']).toMatchObject({ OperationName: 'addPet', AuthorizationType: 'JWT', AuthorizationScopes: ['write'], AuthorizerId: authorizers.jwt!.AuthorizerId })
  expect(routes['GET /pets']).toMatchObject({ AuthorizationType: 'CUSTOM', AuthorizerId: authorizers.lambda!.AuthorizerId, Target: routes['POST /pets']!.Target })
  expect(routes['ANY /pets/{id}']).toMatchObject({ AuthorizationType: 'AWS_IAM' })
  expect(authorizers.lambda).toMatchObject({ IdentitySource: ['$request.header.token', '$request.querystring.q'], AuthorizerResultTtlInSeconds: 60, EnableSimpleResponses: true, AuthorizerPayloadFormatVersion: '2.0' })
  const integrations = (await client.send(new GetIntegrationsCommand({ ApiId }))).Items!
  expect(integrations).toHaveLength(3)
  expect(integrations).toContainEqual(expect.objectContaining({ IntegrationType: 'HTTP_PROXY', TimeoutInMillis: 1000, RequestParameters: { 'append:header.x': '$request.path.id' }, ResponseParameters: { 200: { 'overwrite:statuscode': '201' } } }))
  expect(integrations).toContainEqual(expect.objectContaining({ IntegrationUri: lambdaArn, PayloadFormatVersion: '1.0' }))
})

it('puts the base path before the routes, whole or without its first part', async () => {
  const keys = async (Basepath?: string) => Object.keys(await routesOf((await importOf(petStore(), { Basepath })).ApiId!)).sort()
  expect(await keys('ignore')).toContain('GET /pets')
  expect(await keys('prepend')).toEqual(['$default', 'ANY /v1/shop/pets/{id}', 'GET /v1/shop/pets', 'POST /v1/shop/pets'])
  expect(await keys('split')).toContain('GET /shop/pets')
  await expect(importOf(petStore(), { Basepath: 'x' })).rejects.toMatchObject(bad('basepath'))
})

it('warns of integrations that HTTP APIs do not have, and fails for that where asked', async () => {
  const document = { ...petStore(), paths: { '/': { get: { 'x-amazon-apigateway-integration': { type: 'mock' } } } } }
  const { ApiId, Warnings } = await importOf(document)
  expect(Warnings).toEqual([expect.stringContaining('integration type MOCK is not supported for HTTP APIs')])
  expect((await routesOf(ApiId!))['GET /']).not.toHaveProperty('Target')
  await expect(importOf(document, { FailOnWarnings: true })).rejects.toMatchObject(bad('Warnings found during import'))
})

it.each<[string, unknown]>([
  ['no document', 'x'],
  ['Swagger 2', { swagger: '2.0', info: { title: 'x' }, paths: {} }],
  ['no title', { openapi: '3.0.1', info: {} }],
  ['a bad path', { paths: { '/{a+}/b': { get: {} } } }],
  ['an integration without uri', { paths: { '/': { get: { 'x-amazon-apigateway-integration': { type: 'aws_proxy', payloadFormatVersion: '2.0' } } } } }],
  ['a timeout beyond the limit', { paths: { '/': { get: { 'x-amazon-apigateway-integration': { type: 'aws_proxy', uri: 'arn:aws:lambda:us-east-1:123456789012:function:f', payloadFormatVersion: '2.0', timeoutInMillis: 99_999 } } } } }],
  ['parameters that are none', { paths: { '/': { get: { 'x-amazon-apigateway-integration': { type: 'aws_proxy', uri: 'arn:aws:lambda:us-east-1:123456789012:function:f', payloadFormatVersion: '2.0', responseParameters: { 200: null } } } } } }],
  ['a reference to nothing', { paths: { '/': { get: { 'x-amazon-apigateway-integration': { $ref: '#/components/none' } } } } }],
  ['an authorizer of a kind that is none', { components: { securitySchemes: { a: { 'x-amazon-apigateway-authorizer': { type: 'token' } } } } }],
  ['CORS of a wrong type', { 'x-amazon-apigateway-cors': { allowOrigins: 'https://a.example' } }],
])('refuses %s', async (_, part) => {
  const Body = typeof part === 'string' ? part : JSON.stringify({ openapi: '3.0.1', info: { title: 'x', version: '1' }, ...(part as object) })
  const before = (await client.send(new CreateApiCommand({ Name: 'probe', ProtocolType: 'HTTP' }))).ApiId
  await expect(client.send(new ImportApiCommand({ Body: (part as { swagger?: string }).swagger ? JSON.stringify(part) : Body }))).rejects.toMatchObject({ name: 'BadRequestException' })
  await expect(client.send(new ReimportApiCommand({ ApiId: before, Body: (part as { swagger?: string }).swagger ? JSON.stringify(part) : Body }))).rejects.toMatchObject({ name: 'BadRequestException' })
})

it('reimport takes the place of what was there, keeps the stages and deploys', async () => {
  const { ApiId } = await importOf(petStore())
  await client.send(new CreateStageCommand({ ApiId, StageName: '$default', AutoDeploy: true }))
  await client.send(new UpdateStageCommand({ ApiId, StageName: '$default', RouteSettings: { 'GET /pets': { ThrottlingBurstLimit: 1 }, 'POST /pets': { ThrottlingBurstLimit: 1 } } }))
  const { paths, ...document } = petStore()
  const again = await client.send(new ReimportApiCommand({ ApiId, Body: JSON.stringify({ ...document, info: { title: 'New', version: '8' }, paths: { '/pets': { get: paths['/pets'].get } } }) }))
  expect(again).toMatchObject({ $metadata: { httpStatusCode: 201 }, ApiId, Name: 'New', Version: '8' })
  expect(await client.send(new GetApiCommand({ ApiId }))).not.toHaveProperty('Description')
  expect(Object.keys(await routesOf(ApiId!))).toEqual(['GET /pets'])
  const [stage] = (await client.send(new GetStagesCommand({ ApiId }))).Items!
  expect(stage!.RouteSettings).toEqual({ 'GET /pets': { ThrottlingBurstLimit: 1 } })
  const call = hostCaller(sandbox, ApiId!)
  expect((await call('/pets')).status).toBe(401)
  expect((await call('/pets', { method: 'POST' })).status).toBe(404)
})

it('exports what it imported: by stage or as it is now, with extensions or without, JSON or YAML', async () => {
  const { ApiId } = await importOf(petStore())
  const exported = async (more: object = {}) => Buffer.from((await client.send(new ExportApiCommand({ ApiId, Specification: 'OAS30', OutputType: 'JSON', ...more }))).body!).toString()
  const whole = JSON.parse(await exported())
  expect(whole).toMatchObject({ openapi: '3.0.1', info: { title: 'Pets', description: 'a shop', version: '7' }, servers: [{ url: expect.stringContaining(`//${ApiId}.execute-api`) }], 'x-amazon-apigateway-importexport-version': '1.0', 'x-amazon-apigateway-cors': { allowOrigins: ['https://a.example'] }, tags: [{ name: 'team', 'x-amazon-apigateway-tag-value': 'a' }] })
  expect(whole.paths['/pets/{id}']['x-amazon-apigateway-any-method']).toMatchObject({ parameters: [{ name: 'id', in: 'path', required: true }], responses: { default: { description: 'Default response for ANY /pets/{id}' } }, security: [{ sigv4: [] }] })
  const again = await importOf(whole)
  const clean = ({ RouteId: _, Target: _t, AuthorizerId: _a, ...route }: Record<string, unknown>) => route
  expect(Object.values(await routesOf(again.ApiId!)).map((route) => clean(route as never))).toEqual(expect.arrayContaining(Object.values(await routesOf(ApiId!)).map((route) => clean(route as never))))
  expect(again.Warnings).toEqual([])
  const bare = parse(await exported({ OutputType: 'YAML', IncludeExtensions: false }))
  expect(JSON.stringify(bare)).not.toContain('x-amazon-apigateway-integration')
  expect(bare.components.securitySchemes.lambda).toEqual({ type: 'apiKey', name: 'token', in: 'header' })
  await client.send(new CreateStageCommand({ ApiId, StageName: 'dev' }))
  await expect(exported({ StageName: 'dev' })).rejects.toMatchObject(bad('no deployment'))
  await client.send(new UpdateStageCommand({ ApiId, StageName: 'dev', AutoDeploy: true }))
  expect(JSON.parse(await exported({ StageName: 'dev' })).servers[0].variables.basePath.default).toBe('dev')
  for (const wrong of [{ Specification: 'OAS20' }, { OutputType: 'XML' }, { ExportVersion: '2.0' }]) await expect(exported(wrong)).rejects.toMatchObject({ name: 'BadRequestException' })
  await expect(exported({ StageName: 'none' })).rejects.toMatchObject({ name: 'NotFoundException' })
})
