import { APIGatewayClient, CreateDeploymentCommand, GetAuthorizersCommand, GetExportCommand, GetModelsCommand, GetResourcesCommand, GetRestApiCommand, ImportRestApiCommand, PutRestApiCommand } from '@aws-sdk/client-api-gateway'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { parse, stringify } from 'yaml'
import { callerOf } from '../../execute-api/testing'
import { startTestSandbox, type TestSandbox } from '../../testing'
import { functionUri, makeApi } from './testing'

let sandbox: TestSandbox
let client: APIGatewayClient
beforeAll(async () => {
  sandbox = await startTestSandbox()
  client = new APIGatewayClient(sandbox.learner)
})
afterAll(() => sandbox.remove())

const petStore = () => ({
  openapi: '3.0.1',
  info: { title: 'Pets', description: 'a shop', version: '7' },
  'x-amazon-apigateway-request-validators': { all: { validateRequestBody: true, validateRequestParameters: true } },
  'x-amazon-apigateway-request-validator': 'all',
  'x-amazon-apigateway-binary-media-types': ['image/png'],
  'x-amazon-apigateway-gateway-responses': { DEFAULT_4XX: { responseParameters: { 'gatewayresponse.header.Access-Control-Allow-Origin': "'*'" } } },
  paths: {
    '/pets': {
      post: {
        operationId: 'addPet',
        parameters: [{ name: 'q', in: 'query', required: true, schema: { type: 'string' } }],
        requestBody: { content: { 'application/json': { schema: { $ref: '#/components/schemas/Pet' } } } },
        responses: { 201: { description: 'made', headers: { 'X-Made': { schema: { type: 'string' } } } } },
        'x-amazon-apigateway-integration': {
          type: 'mock',
          requestTemplates: { 'application/json': '{"statusCode": 201}' },
          responses: { default: { statusCode: '201', responseParameters: { 'method.response.header.X-Made': "'yes'" }, responseTemplates: { 'application/json': '{"made": true}' } } },
        },
      },
    },
    '/pets/{id}': { 'x-amazon-apigateway-any-method': { security: [{ guard: [] }], parameters: [{ name: 'id', in: 'path', required: true }], 'x-amazon-apigateway-integration': { type: 'aws_proxy', httpMethod: 'POST', uri: functionUri(`arn:aws:lambda:us-east-1:${sandbox.accountId}:function:f`) } } },
  },
  components: {
    schemas: { Pet: { type: 'object', required: ['name'], properties: { name: { type: 'string' }, owner: { $ref: '#/components/schemas/Owner' } } }, Owner: { type: 'object' } },
    securitySchemes: {
      guard: { type: 'apiKey', name: 'Authorization', in: 'header', 'x-amazon-apigateway-authtype': 'custom', 'x-amazon-apigateway-authorizer': { type: 'token', authorizerUri: functionUri(`arn:aws:lambda:us-east-1:${sandbox.accountId}:function:a`), authorizerResultTtlInSeconds: 60 } },
    },
  },
})

const bytes = (document: unknown) => Buffer.from(JSON.stringify(document))

it('imports an OpenAPI document, JSON or YAML, that then works', async () => {
  const { id } = await client.send(new ImportRestApiCommand({ body: Buffer.from(stringify(petStore())), parameters: { endpointConfigurationTypes: 'REGIONAL' } }))
  expect(await client.send(new GetRestApiCommand({ restApiId: id }))).toMatchObject({ name: 'Pets', description: 'a shop', version: '7', binaryMediaTypes: ['image/png'], endpointConfiguration: { types: ['REGIONAL'] } })
  const { items } = await client.send(new GetResourcesCommand({ restApiId: id, embed: ['methods'] }))
  const any = items!.find(({ path }) => path === '/pets/{id}')!.resourceMethods!.ANY!
  const authorizers = await client.send(new GetAuthorizersCommand({ restApiId: id }))
  expect(authorizers.items).toMatchObject([{ name: 'guard', type: 'TOKEN', identitySource: 'method.request.header.Authorization', authorizerResultTtlInSeconds: 60 }])
  expect(any).toMatchObject({ authorizationType: 'CUSTOM', authorizerId: authorizers.items![0]!.id, requestParameters: { 'method.request.path.id': true }, methodIntegration: { type: 'AWS_PROXY', httpMethod: 'POST' } })
  expect((await client.send(new GetModelsCommand({ restApiId: id }))).items!.map(({ name }) => name)).toEqual(['Owner', 'Pet'])
  await client.send(new CreateDeploymentCommand({ restApiId: id, stageName: 'test' }))
  const call = callerOf(sandbox, id!)
  const post = (path: string, body: string) => call(path, { method: 'POST', body, headers: { 'content-type': 'application/json' } })
  const made = await post('/pets?q=1', '{"name": "Rex", "owner": {}}')
  expect(made).toMatchObject({ status: 201, json: { made: true } })
  expect(made.headers.get('x-made')).toBe('yes')
  expect(await post('/pets?q=1', '{"name": "Rex", "owner": 1}')).toMatchObject({ status: 400, json: { message: 'Invalid request body' } })
  expect((await post('/pets', '{"name": "Rex"}')).json.message).toBe('Missing required request parameters: [q]')
  expect((await call('/pets/1')).status).toBe(401)
})

it('exports what was deployed, so that an import of it is the same API', async () => {
  const { id } = await client.send(new ImportRestApiCommand({ body: bytes(petStore()) }))
  await client.send(new CreateDeploymentCommand({ restApiId: id, stageName: 'prod' }))
  const exported = await client.send(new GetExportCommand({ restApiId: id, stageName: 'prod', exportType: 'oas30', parameters: { extensions: 'apigateway' } }))
  expect(exported.contentType).toBe('application/json')
  expect(exported.contentDisposition).toMatch(/^attachment; filename="oas30_.*\.json"$/)
  const document = JSON.parse(Buffer.from(exported.body!).toString())
  expect(document).toMatchObject({ openapi: '3.0.1', info: { title: 'Pets', version: '7' }, servers: [{ variables: { basePath: { default: 'prod' } } }] })
  const again = await client.send(new ImportRestApiCommand({ body: exported.body! }))
  await client.send(new CreateDeploymentCommand({ restApiId: again.id, stageName: 'prod' }))
  const second = await client.send(new GetExportCommand({ restApiId: again.id, stageName: 'prod', exportType: 'oas30', accepts: 'application/yaml', parameters: { extensions: 'integrations,authorizers' } }))
  expect({ ...parse(Buffer.from(second.body!).toString()), servers: document.servers }).toEqual({ ...document, 'x-amazon-apigateway-request-validators': document['x-amazon-apigateway-request-validators'] })
  const plain = JSON.parse(Buffer.from((await client.send(new GetExportCommand({ restApiId: id, stageName: 'prod', exportType: 'oas30' }))).body!).toString())
  expect(JSON.stringify(plain)).not.toContain('x-amazon-apigateway-integration')
  await expect(client.send(new GetExportCommand({ restApiId: id, stageName: 'none', exportType: 'oas30' }))).rejects.toMatchObject({ name: 'NotFoundException' })
})

it('merges a document into an API or puts it in place of what was there', async () => {
  const api = await makeApi(client)
  await api.method('/old', 'GET')
  const paths = async () => (await client.send(new GetResourcesCommand({ restApiId: api.id }))).items!.map(({ path }) => path).sort()
  await client.send(new PutRestApiCommand({ restApiId: api.id, mode: 'merge', body: bytes(petStore()) }))
  expect(await paths()).toEqual(['/', '/old', '/pets', '/pets/{id}'])
  await client.send(new PutRestApiCommand({ restApiId: api.id, mode: 'overwrite', body: bytes(petStore()) }))
  expect(await paths()).toEqual(['/', '/pets', '/pets/{id}'])
})

it.each([
  ['no document', 'x: [', 'Invalid OpenAPI input'],
  ['another version', '{"openapi": "1.0"}', 'openapi 3.0.x or swagger 2.0'],
  ['no title', '{"openapi": "3.0.1", "info": {}}', 'info.title is missing'],
  ['a wrong integration', JSON.stringify({ openapi: '3.0.1', info: { title: 'x' }, paths: { '/a': { get: { 'x-amazon-apigateway-integration': { type: 'aws_proxy', httpMethod: 'POST', uri: 'nowhere' } } } } }), "Errors found during import:\n\tUnable to put integration on 'GET' for resource at path '/a': Invalid ARN specified in the request"],
])('refuses %s and leaves nothing behind', async (_what, text, message) => {
  await expect(client.send(new ImportRestApiCommand({ body: Buffer.from(text) }))).rejects.toMatchObject({ name: 'BadRequestException', message: expect.stringContaining(message) })
})
