import {
  APIGatewayClient,
  CreateDeploymentCommand,
  CreateModelCommand,
  CreateResourceCommand,
  CreateRestApiCommand,
  CreateStageCommand,
  DeleteDeploymentCommand,
  DeleteIntegrationCommand,
  DeleteMethodCommand,
  DeleteModelCommand,
  DeleteResourceCommand,
  DeleteRestApiCommand,
  DeleteStageCommand,
  GetDeploymentCommand,
  GetDeploymentsCommand,
  GetIntegrationCommand,
  GetIntegrationResponseCommand,
  GetMethodCommand,
  GetModelCommand,
  GetModelsCommand,
  GetModelTemplateCommand,
  GetResourcesCommand,
  GetRestApiCommand,
  GetRestApisCommand,
  GetStageCommand,
  GetStagesCommand,
  PutIntegrationCommand,
  PutIntegrationResponseCommand,
  PutMethodCommand,
  PutMethodResponseCommand,
  UpdateDeploymentCommand,
  UpdateIntegrationCommand,
  UpdateIntegrationResponseCommand,
  UpdateMethodCommand,
  UpdateMethodResponseCommand,
  UpdateResourceCommand,
  UpdateRestApiCommand,
  UpdateStageCommand,
} from '@aws-sdk/client-api-gateway'
import { afterAll, beforeAll, beforeEach, expect, it } from 'vitest'
import { startTestSandbox, type TestSandbox } from '../../testing'
import { functionUri, makeApi, replace, type TestApi } from './testing'

let sandbox: TestSandbox
let client: APIGatewayClient
let api: TestApi
let restApiId: string
beforeAll(async () => {
  sandbox = await startTestSandbox()
  client = new APIGatewayClient(sandbox.learner)
})
afterAll(() => sandbox.remove())
beforeEach(async () => {
  api = await makeApi(client)
  restApiId = api.id
})

it('makes an API with the root resource and the two models that AWS puts in', async () => {
  const made = await client.send(new CreateRestApiCommand({ name: 'shop', description: 'd', tags: { team: 'a' }, binaryMediaTypes: ['image/png'], endpointConfiguration: { types: ['REGIONAL'] } }))
  expect(made).toMatchObject({ name: 'shop', apiKeySource: 'HEADER', endpointConfiguration: { types: ['REGIONAL'] }, tags: { team: 'a' }, binaryMediaTypes: ['image/png'], disableExecuteApiEndpoint: false })
  expect(made.id).toMatch(/^[a-z0-9]{10}$/)
  expect(made.createdDate).toBeInstanceOf(Date)
  const { items } = await client.send(new GetResourcesCommand({ restApiId: made.id }))
  expect(items).toEqual([{ id: made.rootResourceId, path: '/' }])
  const models = await client.send(new GetModelsCommand({ restApiId: made.id }))
  expect(models.items!.map(({ name }) => name)).toEqual(['Empty', 'Error'])
  expect((await client.send(new GetRestApiCommand({ restApiId: made.id }))).name).toBe('shop')
})

it('lists APIs page by page', async () => {
  const other = new APIGatewayClient({ ...sandbox.learner, region: 'eu-west-1' })
  const ids: (string | undefined)[] = []
  for (let i = 0; i < 3; i += 1) ids.push((await other.send(new CreateRestApiCommand({ name: `n${i}` }))).id)
  const first = await other.send(new GetRestApisCommand({ limit: 2 }))
  const second = await other.send(new GetRestApisCommand({ limit: 2, position: first.position }))
  expect(first.items).toHaveLength(2)
  expect(second.position).toBeUndefined()
  expect([...first.items!, ...second.items!].map(({ id }) => id).sort()).toEqual(ids.sort())
  await expect(other.send(new GetRestApisCommand({ position: 'nowhere' }))).rejects.toMatchObject({ name: 'BadRequestException' })
})

it('changes an API by patch operations and refuses unknown paths', async () => {
  const policy = JSON.stringify({ Version: '2012-10-17', Statement: [{ Effect: 'Allow', Principal: '*', Action: 'execute-api:Invoke', Resource: 'execute-api:/*' }] })
  const changed = await client.send(
    new UpdateRestApiCommand({
      restApiId,
      patchOperations: [...replace({ '/name': 'new', '/policy': policy, '/minimumCompressionSize': '1024', '/endpointConfiguration/types/EDGE': 'REGIONAL' }), { op: 'add', path: '/binaryMediaTypes/image~1png' }],
    }),
  )
  expect(changed).toMatchObject({ name: 'new', minimumCompressionSize: 1024, binaryMediaTypes: ['image/png'], endpointConfiguration: { types: ['REGIONAL'] } })
  expect(JSON.parse(`"${changed.policy}"`)).toContain(`arn:aws:execute-api:us-east-1:${sandbox.accountId}:${restApiId}/*`)
  const bad = client.send(new UpdateRestApiCommand({ restApiId, patchOperations: replace({ '/colour': 'red' }) }))
  await expect(bad).rejects.toMatchObject({ name: 'BadRequestException', message: expect.stringContaining("Invalid patch path '/colour' specified for op 'replace'. Must be one of: [/name") })
  await expect(client.send(new UpdateRestApiCommand({ restApiId, patchOperations: replace({ '/policy': '{' }) }))).rejects.toMatchObject({ name: 'BadRequestException' })
})

it('deletes an API once', async () => {
  await client.send(new DeleteRestApiCommand({ restApiId }))
  await expect(client.send(new DeleteRestApiCommand({ restApiId }))).rejects.toMatchObject({ name: 'NotFoundException', message: `Invalid API identifier specified ${sandbox.accountId}:${restApiId}` })
})

it('keeps APIs of accounts and regions apart', async () => {
  const other = new APIGatewayClient((await sandbox.newAccount()).config)
  await client.send(new GetRestApiCommand({ restApiId }))
  await expect(other.send(new GetRestApiCommand({ restApiId }))).rejects.toMatchObject({ name: 'NotFoundException' })
  expect((await other.send(new GetRestApisCommand({}))).items).toEqual([])
})

it('grows, renames and cuts the tree of paths', async () => {
  const pets = await api.resource('/pets')
  const pet = await api.resource('/pets/{id}')
  await client.send(new UpdateResourceCommand({ restApiId, resourceId: pets, patchOperations: replace({ '/pathPart': 'animals' }) }))
  const { items } = await client.send(new GetResourcesCommand({ restApiId }))
  expect(items!.map(({ path }) => path).sort()).toEqual(['/', '/animals', '/animals/{id}'])
  const create = (parentId: string, pathPart: string) => client.send(new CreateResourceCommand({ restApiId, parentId, pathPart }))
  await expect(create(api.root, 'animals')).rejects.toMatchObject({ name: 'ConflictException', message: 'Another resource with the same parent already has this name: animals' })
  await expect(create(pets, '{other}')).rejects.toMatchObject({ name: 'BadRequestException', message: 'A sibling ({id}) of this resource already has a variable path part -- only one is allowed' })
  await expect(create(api.root, 'a b')).rejects.toMatchObject({ name: 'BadRequestException', message: expect.stringContaining("Resource's path part only allow") })
  await expect(create('nope', 'x')).rejects.toMatchObject({ name: 'NotFoundException', message: 'Invalid Resource identifier specified' })
  const proxy = await create(pet, '{proxy+}')
  await expect(create(proxy.id!, 'x')).rejects.toMatchObject({ name: 'BadRequestException' })
  await client.send(new DeleteResourceCommand({ restApiId, resourceId: pets }))
  expect((await client.send(new GetResourcesCommand({ restApiId }))).items).toHaveLength(1)
  await expect(client.send(new DeleteResourceCommand({ restApiId, resourceId: api.root }))).rejects.toMatchObject({ name: 'BadRequestException' })
})

it('puts a method with responses and integration, shows it whole, and takes it apart', async () => {
  const at = { restApiId, resourceId: api.root, httpMethod: 'GET' }
  expect(await client.send(new PutMethodCommand({ ...at, authorizationType: 'NONE', requestParameters: { 'method.request.querystring.q': true } }))).toMatchObject({ httpMethod: 'GET', authorizationType: 'NONE', apiKeyRequired: false })
  await expect(client.send(new PutMethodCommand({ ...at, authorizationType: 'NONE' }))).rejects.toMatchObject({ name: 'ConflictException', message: 'Method already exists for this resource' })
  await expect(client.send(new GetIntegrationCommand(at))).rejects.toMatchObject({ name: 'NotFoundException', message: 'Invalid Integration identifier specified' })
  await client.send(new PutMethodResponseCommand({ ...at, statusCode: '200', responseParameters: { 'method.response.header.X-A': false }, responseModels: { 'application/json': 'Empty' } }))
  expect(await client.send(new PutIntegrationCommand({ ...at, type: 'MOCK', requestTemplates: { 'application/json': '{"statusCode": 200}' } }))).toMatchObject({ type: 'MOCK', passthroughBehavior: 'WHEN_NO_MATCH', timeoutInMillis: 29000, cacheNamespace: api.root, cacheKeyParameters: [] })
  await client.send(new PutIntegrationResponseCommand({ ...at, statusCode: '200', responseParameters: { 'method.response.header.X-A': "'a'" } }))
  await expect(client.send(new PutIntegrationResponseCommand({ ...at, statusCode: '404' }))).rejects.toMatchObject({ name: 'NotFoundException', message: 'Invalid Response status code specified' })
  await expect(client.send(new PutIntegrationResponseCommand({ ...at, statusCode: '200', responseParameters: { 'method.response.header.X-B': "'b'" } }))).rejects.toMatchObject({
    message: 'Invalid mapping expression specified: Validation Result: warnings : [], errors : [Invalid mapping expression parameter specified: method.response.header.X-B]',
  })
  await client.send(new UpdateMethodCommand({ ...at, patchOperations: [...replace({ '/apiKeyRequired': 'true', '/operationName': 'list' }), { op: 'add', path: '/requestParameters/method.request.header.X', value: 'false' }] }))
  await client.send(new UpdateMethodResponseCommand({ ...at, statusCode: '200', patchOperations: [{ op: 'add', path: '/responseParameters/method.response.header.X-C', value: 'false' }] }))
  await client.send(new UpdateIntegrationCommand({ ...at, patchOperations: [{ op: 'add', path: '/requestTemplates/text~1plain', value: 'x' }] }))
  await client.send(new UpdateIntegrationResponseCommand({ ...at, statusCode: '200', patchOperations: replace({ '/selectionPattern': '2\\d\\d' }) }))
  const { items } = await client.send(new GetResourcesCommand({ restApiId, embed: ['methods'] }))
  expect(items![0]!.resourceMethods!.GET).toMatchObject({
    apiKeyRequired: true,
    operationName: 'list',
    requestParameters: { 'method.request.querystring.q': true, 'method.request.header.X': false },
    methodResponses: { 200: { statusCode: '200', responseParameters: { 'method.response.header.X-A': false, 'method.response.header.X-C': false } } },
    methodIntegration: { requestTemplates: { 'text/plain': 'x' }, integrationResponses: { 200: { statusCode: '200', selectionPattern: '2\\d\\d' } } },
  })
  expect((await client.send(new GetIntegrationResponseCommand({ ...at, statusCode: '200' }))).selectionPattern).toBe('2\\d\\d')
  await client.send(new DeleteIntegrationCommand(at))
  await client.send(new DeleteMethodCommand(at))
  await expect(client.send(new GetMethodCommand(at))).rejects.toMatchObject({ name: 'NotFoundException', message: 'Invalid Method identifier specified' })
})

it.each([
  ['a proxy to something other than Lambda', { type: 'AWS_PROXY', integrationHttpMethod: 'POST', uri: 'arn:aws:apigateway:us-east-1:sqs:path/1/q' }, "Integrations of type 'AWS_PROXY' currently only supports Lambda function and Firehose stream invocations."],
  ['no method', { type: 'AWS_PROXY', uri: functionUri('arn:aws:lambda:us-east-1:111111111111:function:f') }, 'Enumeration value for HttpMethod must be non-empty'],
  ['no ARN', { type: 'AWS', integrationHttpMethod: 'POST', uri: 'x' }, 'Invalid ARN specified in the request'],
  ['no URL', { type: 'HTTP', integrationHttpMethod: 'POST', uri: 'x' }, 'Invalid HTTP endpoint specified for URI'],
  ['too long a wait', { type: 'MOCK', timeoutInMillis: 30_000 }, 'Timeout should be between 50 ms and 29000 ms'],
  ['an unknown passthrough', { type: 'MOCK', passthroughBehavior: 'ALWAYS' }, 'Invalid passthrough behavior specified. Must be one of: [WHEN_NO_MATCH, WHEN_NO_TEMPLATES, NEVER]'],
] as const)('refuses an integration with %s', async (_what, integration, message) => {
  const at = { restApiId, resourceId: api.root, httpMethod: 'GET' }
  await client.send(new PutMethodCommand({ ...at, authorizationType: 'NONE' }))
  await expect(client.send(new PutIntegrationCommand({ ...at, ...integration }))).rejects.toMatchObject({ name: 'BadRequestException', message })
})

it('refuses methods that AWS refuses', async () => {
  const put = (more: object) => client.send(new PutMethodCommand({ restApiId, resourceId: api.root, httpMethod: 'GET', authorizationType: 'NONE', ...more }))
  await expect(put({ httpMethod: 'LIST' })).rejects.toMatchObject({ name: 'BadRequestException', message: expect.stringContaining('Invalid HttpMethod specified') })
  await expect(put({ authorizationType: 'CUSTOM' })).rejects.toMatchObject({ message: 'Invalid authorizer ID specified. Setting the authorization type to CUSTOM or COGNITO_USER_POOLS requires a valid authorizer.' })
  await expect(put({ requestValidatorId: 'abcdef' })).rejects.toMatchObject({ message: 'Invalid Request Validator identifier specified: abcdef' })
  await expect(put({ requestModels: { 'application/json': 'None' } })).rejects.toMatchObject({ message: 'Invalid model identifier specified: None' })
})

it('deploys only what is whole, freezes it, and keeps deployments that stages stand on', async () => {
  const deploy = () => client.send(new CreateDeploymentCommand({ restApiId }))
  await expect(deploy()).rejects.toMatchObject({ name: 'BadRequestException', message: "The REST API doesn't contain any methods" })
  await client.send(new PutMethodCommand({ restApiId, resourceId: api.root, httpMethod: 'POST', authorizationType: 'NONE' }))
  await expect(deploy()).rejects.toMatchObject({ name: 'BadRequestException', message: 'No integration defined for method' })
  await client.send(new DeleteMethodCommand({ restApiId, resourceId: api.root, httpMethod: 'POST' }))
  await api.method('/', 'GET')
  const deploymentId = await api.deploy('prod', { a: '1' })
  await api.method('/late', 'GET')
  const { apiSummary } = await client.send(new GetDeploymentCommand({ restApiId, deploymentId, embed: ['apisummary'] }))
  expect(apiSummary).toEqual({ '/': { GET: { authorizationType: 'NONE', apiKeyRequired: false } } })
  await expect(client.send(new DeleteDeploymentCommand({ restApiId, deploymentId }))).rejects.toMatchObject({ name: 'BadRequestException', message: 'Active stages pointing to this deployment must be moved or deleted' })
  await client.send(new UpdateDeploymentCommand({ restApiId, deploymentId, patchOperations: replace({ '/description': 'first' }) }))
  expect((await client.send(new GetDeploymentsCommand({ restApiId }))).items).toMatchObject([{ id: deploymentId, description: 'first' }])
  await client.send(new DeleteStageCommand({ restApiId, stageName: 'prod' }))
  await client.send(new DeleteDeploymentCommand({ restApiId, deploymentId }))
  expect((await client.send(new GetDeploymentsCommand({ restApiId }))).items).toEqual([])
})

it('keeps stages with variables, throttling and canary', async () => {
  await api.method('/', 'GET')
  const first = await api.deploy('prod')
  const second = (await client.send(new CreateDeploymentCommand({ restApiId }))).id
  const stage = { restApiId, stageName: 'prod' }
  await expect(client.send(new CreateStageCommand({ ...stage, deploymentId: first }))).rejects.toMatchObject({ name: 'ConflictException', message: 'Stage already exists' })
  await expect(client.send(new CreateStageCommand({ restApiId, stageName: 'x', deploymentId: 'none' }))).rejects.toMatchObject({ name: 'BadRequestException', message: 'Deployment id does not exist' })
  await expect(client.send(new CreateStageCommand({ restApiId, stageName: 'a b', deploymentId: first }))).rejects.toMatchObject({ name: 'BadRequestException', message: 'Stage name only allows a-zA-Z0-9_-' })
  const changed = await client.send(
    new UpdateStageCommand({
      ...stage,
      patchOperations: replace({ '/variables/colour': 'red', '/*/*/throttling/burstLimit': '7', '/~1pets/GET/throttling/rateLimit': '0.5', '/canarySettings/deploymentId': second!, '/canarySettings/percentTraffic': '25', '/canarySettings/stageVariableOverrides/colour': 'blue' }),
    }),
  )
  expect(changed).toMatchObject({
    deploymentId: first,
    variables: { colour: 'red' },
    methodSettings: { '*/*': { throttlingBurstLimit: 7, throttlingRateLimit: 10000 }, '~1pets/GET': { throttlingRateLimit: 0.5 } },
    canarySettings: { deploymentId: second, percentTraffic: 25, stageVariableOverrides: { colour: 'blue' } },
  })
  const promoted = await client.send(
    new UpdateStageCommand({
      ...stage,
      patchOperations: [{ op: 'copy', from: '/canarySettings/stageVariableOverrides', path: '/variables' }, { op: 'copy', from: '/canarySettings/deploymentId', path: '/deploymentId' }, { op: 'remove', path: '/canarySettings' }, { op: 'remove', path: '/*/*' }],
    }),
  )
  expect(promoted).toMatchObject({ deploymentId: second, variables: { colour: 'blue' } })
  expect(promoted.canarySettings).toBeUndefined()
  expect(Object.keys(promoted.methodSettings!)).toEqual(['~1pets/GET'])
  expect((await client.send(new GetStagesCommand({ restApiId, deploymentId: first }))).item).toEqual([])
  await expect(client.send(new GetStageCommand({ restApiId, stageName: 'nope' }))).rejects.toMatchObject({ name: 'NotFoundException', message: 'Invalid stage identifier specified' })
  await expect(client.send(new UpdateStageCommand({ ...stage, patchOperations: replace({ '/variables/a': 'ä' }) }))).rejects.toMatchObject({ name: 'BadRequestException' })
})

it('keeps models, flattens what they refer to, and does not lose those in use', async () => {
  const item = { $schema: 'http://json-schema.org/draft-04/schema#', type: 'object', properties: { name: { type: 'string' } } }
  const model = (name: string, schema: object) => client.send(new CreateModelCommand({ restApiId, name, contentType: 'application/json', schema: JSON.stringify(schema) }))
  await model('Item', item)
  await model('List', { type: 'array', items: { $ref: `https://apigateway.amazonaws.com/restapis/${restApiId}/models/Item` } })
  await expect(model('Item', item)).rejects.toMatchObject({ name: 'ConflictException' })
  await expect(client.send(new CreateModelCommand({ restApiId, name: 'Bad', contentType: 'application/json', schema: '{' }))).rejects.toMatchObject({ name: 'BadRequestException' })
  const flat = await client.send(new GetModelCommand({ restApiId, modelName: 'List', flatten: true }))
  expect(JSON.parse(flat.schema!)).toEqual({ type: 'array', items: { $ref: '#/definitions/Item' }, definitions: { Item: item } })
  expect((await client.send(new GetModelTemplateCommand({ restApiId, modelName: 'Item' }))).value).toContain('"name" : "$inputRoot.name"')
  await api.method('/', 'POST', { method: { requestModels: { 'application/json': 'Item' } } })
  await expect(client.send(new DeleteModelCommand({ restApiId, modelName: 'Item' }))).rejects.toMatchObject({ name: 'ConflictException' })
  await client.send(new DeleteModelCommand({ restApiId, modelName: 'List' }))
})
