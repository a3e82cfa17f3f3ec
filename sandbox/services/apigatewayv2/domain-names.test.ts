import { APIGatewayClient } from '@aws-sdk/client-api-gateway'
import { ApiGatewayV2Client, CreateApiMappingCommand, CreateDomainNameCommand, CreateStageCommand, DeleteApiMappingCommand, DeleteDomainNameCommand, GetApiMappingCommand, GetApiMappingsCommand, GetDomainNameCommand, GetDomainNamesCommand, GetTagsCommand, TagResourceCommand, UpdateApiCommand, UpdateApiMappingCommand, UpdateDomainNameCommand } from '@aws-sdk/client-apigatewayv2'
import { LambdaClient } from '@aws-sdk/client-lambda'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { hostCaller, makeHttpApi } from '../../execute-api/http-api/testing'
import { startTestSandbox, type TestSandbox } from '../../testing'
import { makeApi, permit } from '../apigateway/testing'
import { functionMaker, handlerZip, makeRole } from '../lambda/testing'

let sandbox: TestSandbox
let client: ApiGatewayV2Client
let functionArn: string
let count = 0
const bad = (message: string) => ({ name: 'BadRequestException', message: expect.stringContaining(message) })
const certificate = () => `arn:aws:acm:us-east-1:${sandbox.accountId}:certificate/11111111-2222-3333-4444-555555555555`
const create = (DomainName: string, configuration: object = {}, more: object = {}) => client.send(new CreateDomainNameCommand({ DomainName, DomainNameConfigurations: [{ CertificateArn: certificate(), ...configuration }], ...more }))
const fresh = () => `api${(count += 1)}.example.com`
const map = (DomainName: string, ApiId: string, Stage = '$default', ApiMappingKey?: string) => client.send(new CreateApiMappingCommand({ DomainName, ApiId, Stage, ApiMappingKey }))
const callDomain = (host: string) => {
  const call = hostCaller(sandbox, 'none')
  return (path: string) => call(path, { headers: { host: `${host}:${sandbox.port}` } })
}

beforeAll(async () => {
  sandbox = await startTestSandbox()
  client = new ApiGatewayV2Client(sandbox.learner)
  const lambda = new LambdaClient(sandbox.learner)
  const made = await functionMaker(lambda, await makeRole(sandbox.learner, 'r'))('echo', { zip: handlerZip('async (event) => event') })
  await permit(lambda, 'echo')
  functionArn = made.FunctionArn!
})
afterAll(() => sandbox.remove())

it('makes, shows, changes, lists and deletes a domain name', async () => {
  const DomainName = 'Shop.Example.com'
  const made = await create(DomainName, {}, { Tags: { a: '1' } })
  expect(made).toMatchObject({
    $metadata: { httpStatusCode: 201 },
    DomainName: 'shop.example.com',
    DomainNameArn: 'arn:aws:apigateway:us-east-1::/domainnames/shop.example.com',
    ApiMappingSelectionExpression: '$request.basepath',
    DomainNameConfigurations: [{ CertificateArn: certificate(), EndpointType: 'REGIONAL', SecurityPolicy: 'TLS_1_2', DomainNameStatus: 'AVAILABLE', ApiGatewayDomainName: expect.stringMatching(/^d-[a-z0-9]{10}\.execute-api\.us-east-1\.amazonaws\.com$/), HostedZoneId: expect.any(String) }],
    RoutingMode: 'API_MAPPING_ONLY',
    Tags: { a: '1' },
  })
  const other = certificate().replace('1111', '9999')
  const changed = await client.send(new UpdateDomainNameCommand({ DomainName, DomainNameConfigurations: [{ CertificateArn: other }] }))
  expect(changed.DomainNameConfigurations).toMatchObject([{ CertificateArn: other, ApiGatewayDomainName: made.DomainNameConfigurations![0]!.ApiGatewayDomainName }])
  await client.send(new TagResourceCommand({ ResourceArn: made.DomainNameArn, Tags: { b: '2' } }))
  expect((await client.send(new GetTagsCommand({ ResourceArn: made.DomainNameArn }))).Tags).toEqual({ a: '1', b: '2' })
  expect(await client.send(new GetDomainNameCommand({ DomainName }))).toMatchObject({ DomainNameConfigurations: [{ CertificateArn: other }], Tags: { b: '2' } })
  expect((await client.send(new GetDomainNamesCommand({}))).Items!.map((each) => each.DomainName)).toEqual(['shop.example.com'])
  const { resources } = await sandbox.admin('GET', `/_worklab/accounts/${sandbox.accountId}/resources`)
  expect(resources).toContainEqual(expect.objectContaining({ type: 'domain-name', name: 'shop.example.com' }))
  await client.send(new DeleteDomainNameCommand({ DomainName }))
  await expect(client.send(new GetDomainNameCommand({ DomainName }))).rejects.toMatchObject({ name: 'NotFoundException', message: 'Invalid domain name identifier specified' })
})

it.each(['nodots', 'a b.example', '127.0.0.1', 'localhost', 'x.amazonaws.com', 's3.localhost', 'bucket.s3.localhost', 's3-eu-west-1.localhost', 'photos.s3-eu-west-1.localhost', 'abc.execute-api.localhost', 'sqs.us-east-1.localhost', 'localhost.localstack.cloud', '*.com..x'])('refuses the name %s', async (name) => {
  await expect(create(name)).rejects.toMatchObject(bad('Invalid domain name'))
})

it('refuses what it cannot do, and names that another account has', async () => {
  await expect(create(fresh(), { CertificateArn: undefined })).rejects.toMatchObject(bad('certificate'))
  await expect(create(fresh(), { CertificateArn: certificate().replace('us-east-1', 'eu-west-1') })).rejects.toMatchObject(bad('us-east-1'))
  await expect(create(fresh(), { EndpointType: 'EDGE' })).rejects.toMatchObject(bad('EDGE'))
  await expect(create(fresh(), { SecurityPolicy: 'TLS_1_0' })).rejects.toMatchObject(bad('TLS_1_0'))
  await expect(create(fresh(), {}, { MutualTlsAuthentication: { TruststoreUri: 's3://b/k' } })).rejects.toMatchObject(bad('TLS'))
  await expect(create(fresh(), {}, { RoutingMode: 'ROUTING_RULE_ONLY' })).rejects.toMatchObject(bad('routing'))
  const name = fresh()
  await create(name)
  const stranger = new ApiGatewayV2Client((await sandbox.newAccount()).config)
  await expect(stranger.send(new CreateDomainNameCommand({ DomainName: name, DomainNameConfigurations: [{ CertificateArn: certificate() }] }))).rejects.toMatchObject({ name: 'ConflictException', message: 'The domain name you provided already exists.' })
  await expect(stranger.send(new GetDomainNameCommand({ DomainName: name }))).rejects.toMatchObject({ name: 'NotFoundException' })
})

it('keeps API mappings: one for each key, to stages that are there', async () => {
  const name = fresh()
  await create(name)
  const api = await makeHttpApi(client)
  const { ApiMappingId } = await map(name, api.id, '$default', 'v1/pets')
  expect(await client.send(new GetApiMappingCommand({ DomainName: name, ApiMappingId }))).toMatchObject({ ApiId: api.id, ApiMappingKey: 'v1/pets', Stage: '$default' })
  await expect(map(name, api.id, '$default', 'v1/pets')).rejects.toMatchObject({ name: 'ConflictException' })
  await expect(map(name, api.id, '$default', '/v1')).rejects.toMatchObject(bad('slash'))
  await expect(map(name, api.id, 'none')).rejects.toMatchObject({ name: 'NotFoundException', message: 'Invalid stage identifier specified' })
  await expect(map(name, 'none', 'none')).rejects.toMatchObject({ name: 'NotFoundException' })
  expect(await client.send(new UpdateApiMappingCommand({ DomainName: name, ApiId: api.id, ApiMappingId, ApiMappingKey: '' }))).toMatchObject({ ApiMappingId, Stage: '$default' })
  const { Items } = await client.send(new GetApiMappingsCommand({ DomainName: name }))
  expect(Items).toEqual([{ ApiId: api.id, ApiMappingId, Stage: '$default' }])
  await client.send(new DeleteApiMappingCommand({ DomainName: name, ApiMappingId }))
  await expect(client.send(new GetApiMappingCommand({ DomainName: name, ApiMappingId }))).rejects.toMatchObject({ name: 'NotFoundException' })
})

it('answers under a domain name: the longest key first, the stage not in the path', async () => {
  const name = fresh()
  await create(name)
  const [api, other] = [await makeHttpApi(client), await makeHttpApi(client)]
  for (const { route } of [api, other]) await route('$default', functionArn)
  await client.send(new CreateStageCommand({ ApiId: api.id, StageName: 'dev', AutoDeploy: true }))
  await map(name, api.id, 'dev', 'v1')
  await map(name, other.id, '$default', 'v1/other')
  const call = callDomain(name)
  expect((await call('/v1/pets?a=1')).json).toMatchObject({ rawPath: '/v1/pets', rawQueryString: 'a=1', requestContext: { apiId: api.id, stage: 'dev', domainName: name, domainPrefix: name.split('.')[0] } })
  expect((await call('/v1')).json).toMatchObject({ rawPath: '/v1', requestContext: { apiId: api.id } })
  expect((await call('/v1/other/x')).json).toMatchObject({ requestContext: { apiId: other.id, stage: '$default' } })
  expect(await call('/v2')).toMatchObject({ status: 403, json: { message: 'Forbidden' } })
  await client.send(new UpdateApiCommand({ ApiId: api.id, DisableExecuteApiEndpoint: true }))
  expect((await hostCaller(sandbox, api.id)('/dev/pets')).status).toBe(404)
  expect((await call('/v1/pets')).status).toBe(200)
  await client.send(new DeleteDomainNameCommand({ DomainName: name }))
  expect((await call('/v1/pets')).status).not.toBe(200)
})

it('takes the body of a form, and none that is too large', async () => {
  const name = fresh()
  await create(name)
  const api = await makeHttpApi(client)
  await api.route('POST /{proxy+}', functionArn)
  await map(name, api.id)
  const send = (body: string) => hostCaller(sandbox, 'none')('/upload', { method: 'POST', headers: { host: name, 'content-type': 'multipart/form-data; boundary=x' }, body })
  expect((await send('--x--')).json).toMatchObject({ body: Buffer.from('--x--').toString('base64') })
  expect(await send('a'.repeat(10_485_761))).toMatchObject({ status: 413, json: { message: 'Request Entity Too Large' } })
  expect((await send('--y--')).status).toBe(200)
})

it('a wildcard stands for the names under it, and REST APIs are mapped too', async () => {
  await create('*.wild.example')
  const api = await makeHttpApi(client)
  await api.route('$default', functionArn)
  await map('*.wild.example', api.id)
  const rest = await makeApi(new APIGatewayClient(sandbox.learner))
  await rest.method('/pets', 'GET', { responses: [{ responseTemplates: { 'application/json': '{"path": "$context.path", "domain": "$context.domainName"}' } }] })
  await rest.deploy('test')
  await map('*.wild.example', rest.id, 'test', 'rest')
  expect((await callDomain('tenant.wild.example')('/x')).json).toMatchObject({ rawPath: '/x', requestContext: { domainName: 'tenant.wild.example' } })
  expect((await callDomain('tenant.wild.example')('/rest/pets')).json).toEqual({ path: '/rest/pets', domain: 'tenant.wild.example' })
  for (const host of ['wild.example', 'a.tenant.wild.example']) expect((await callDomain(host)('/x')).status).not.toBe(200)
})

it('draws no calls to AWS’s services to itself', async () => {
  const name = fresh()
  await create(name)
  const authorization = (service: string) => `AWS4-HMAC-SHA256 Credential=AKIDEXAMPLE/20260101/us-east-1/${service}/aws4_request, SignedHeaders=host, Signature=00`
  const call = hostCaller(sandbox, 'none')
  const as = async (service: string) => (await call('/', { headers: { host: name, authorization: authorization(service) } })).json
  expect(await as('execute-api')).toEqual({ message: 'Forbidden' })
  expect(await as('sts')).not.toEqual({ message: 'Forbidden' })
})
