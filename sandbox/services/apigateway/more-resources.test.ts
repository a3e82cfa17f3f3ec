import { X509Certificate } from 'node:crypto'
import * as sdk from '@aws-sdk/client-api-gateway'
import { request } from 'node:http'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { startTestSandbox, type TestSandbox } from '../../testing'
import { makeApi, replace } from './testing'

let sandbox: TestSandbox
let client: sdk.APIGatewayClient
beforeAll(async () => {
  sandbox = await startTestSandbox()
  client = new sdk.APIGatewayClient(sandbox.learner)
})
afterAll(() => sandbox.remove())

it('documents parts of an API, one for each place, and freezes them as versions for stages', async () => {
  const api = await makeApi(client)
  const restApiId = api.id
  await api.method('/pets', 'GET')
  await api.deploy('prod')
  const create = (location: sdk.DocumentationPartLocation, properties = '{"description": "d"}') => client.send(new sdk.CreateDocumentationPartCommand({ restApiId, location, properties }))
  expect((await create({ type: 'API' })).location).toEqual({ type: 'API' })
  const method = await create({ type: 'METHOD', path: '/pets' })
  expect(method.location).toEqual({ type: 'METHOD', path: '/pets', method: '*' })
  await expect(create({ type: 'METHOD', path: '/pets', method: '*' })).rejects.toMatchObject({ name: 'ConflictException', message: "Documentation part already exists for the specified location: type METHOD, path '/pets', method '*'." })
  await expect(create({ type: 'API', path: '/' })).rejects.toMatchObject({ name: 'BadRequestException', message: expect.stringContaining("'path' is not valid") })
  await expect(create({ type: 'MODEL' })).rejects.toMatchObject({ name: 'BadRequestException', message: expect.stringContaining("'name' is required") })
  await expect(create({ type: 'RESOURCE', path: '/pets' }, 'no json')).rejects.toMatchObject({ name: 'BadRequestException' })
  const list = async (more: Partial<sdk.GetDocumentationPartsRequest>) => (await client.send(new sdk.GetDocumentationPartsCommand({ restApiId, ...more }))).items!
  expect(await list({ type: 'METHOD' })).toMatchObject([{ id: method.id, location: method.location }])
  expect(await list({ type: 'RESOURCE', locationStatus: 'UNDOCUMENTED' })).toMatchObject([{ location: { path: '/' } }, { location: { path: '/pets' } }])
  await client.send(new sdk.UpdateDocumentationPartCommand({ restApiId, documentationPartId: method.id, patchOperations: replace({ '/properties': '{"summary": "s"}' }) }))
  expect((await client.send(new sdk.GetDocumentationPartCommand({ restApiId, documentationPartId: method.id }))).properties).toBe('{"summary": "s"}')

  const version = await client.send(new sdk.CreateDocumentationVersionCommand({ restApiId, documentationVersion: '1.0', stageName: 'prod', description: 'first' }))
  expect(version).toMatchObject({ version: '1.0', description: 'first', createdDate: expect.any(Date) })
  await expect(client.send(new sdk.CreateDocumentationVersionCommand({ restApiId, documentationVersion: '1.0' }))).rejects.toMatchObject({ name: 'ConflictException' })
  expect((await client.send(new sdk.GetStageCommand({ restApiId, stageName: 'prod' }))).documentationVersion).toBe('1.0')
  await expect(client.send(new sdk.UpdateStageCommand({ restApiId, stageName: 'prod', patchOperations: replace({ '/documentationVersion': '2.0' }) }))).rejects.toMatchObject({ name: 'BadRequestException' })
  await client.send(new sdk.UpdateDocumentationVersionCommand({ restApiId, documentationVersion: '1.0', patchOperations: replace({ '/description': 'changed' }) }))
  expect((await client.send(new sdk.GetDocumentationVersionsCommand({ restApiId }))).items).toMatchObject([{ version: '1.0', description: 'changed' }])
  const body = Buffer.from(JSON.stringify({ openapi: '3.0.1', info: { title: 'x' }, 'x-amazon-apigateway-documentation': { documentationParts: [{ location: { type: 'METHOD', path: '/pets' }, properties: { summary: 'new' } }, { location: { type: 'MODEL' }, properties: {} }] } }))
  await expect(client.send(new sdk.ImportDocumentationPartsCommand({ restApiId, body, failOnWarnings: true }))).rejects.toMatchObject({ name: 'BadRequestException' })
  expect(await client.send(new sdk.ImportDocumentationPartsCommand({ restApiId, body, mode: 'merge' }))).toMatchObject({ ids: [method.id], warnings: [expect.stringContaining("'name' is required")] })
  expect(await list({})).toHaveLength(2)
  await client.send(new sdk.ImportDocumentationPartsCommand({ restApiId, body, mode: 'overwrite' }))
  expect(await list({})).toMatchObject([{ location: { type: 'METHOD' }, properties: '{"summary":"new"}' }])
  const [left] = await list({})
  await client.send(new sdk.DeleteDocumentationPartCommand({ restApiId, documentationPartId: left!.id }))
  await client.send(new sdk.DeleteDocumentationVersionCommand({ restApiId, documentationVersion: '1.0' }))
  await expect(client.send(new sdk.GetDocumentationVersionCommand({ restApiId, documentationVersion: '1.0' }))).rejects.toMatchObject({ name: 'NotFoundException' })
  await client.send(new sdk.DeleteRestApiCommand({ restApiId }))
})

it('makes client certificates that are real, and keeps those that stages name', async () => {
  const { clientCertificateId, pemEncodedCertificate, expirationDate } = await client.send(new sdk.GenerateClientCertificateCommand({ description: 'for the backend', tags: { team: 'a' } }))
  const certificate = new X509Certificate(pemEncodedCertificate!)
  expect(certificate.subject).toBe('CN=ApiGateway')
  expect(certificate.verify(certificate.publicKey)).toBe(true)
  expect(Date.parse(certificate.validTo)).toBe(Math.floor(expirationDate!.getTime() / 1000) * 1000)
  const api = await makeApi(client)
  await api.method('/', 'GET')
  await api.deploy()
  const stage = { restApiId: api.id, stageName: 'test' }
  await expect(client.send(new sdk.UpdateStageCommand({ ...stage, patchOperations: replace({ '/clientCertificateId': 'none12' }) }))).rejects.toMatchObject({ name: 'BadRequestException' })
  await client.send(new sdk.UpdateStageCommand({ ...stage, patchOperations: replace({ '/clientCertificateId': clientCertificateId! }) }))
  await expect(client.send(new sdk.DeleteClientCertificateCommand({ clientCertificateId }))).rejects.toMatchObject({ name: 'ConflictException' })
  await client.send(new sdk.UpdateClientCertificateCommand({ clientCertificateId, patchOperations: replace({ '/description': 'd' }) }))
  expect((await client.send(new sdk.GetClientCertificatesCommand({}))).items).toMatchObject([{ clientCertificateId, description: 'd', tags: { team: 'a' } }])
  const arn = `arn:aws:apigateway:us-east-1::/clientcertificates/${clientCertificateId}`
  await client.send(new sdk.TagResourceCommand({ resourceArn: arn, tags: { more: 'b' } }))
  expect((await client.send(new sdk.GetTagsCommand({ resourceArn: arn }))).tags).toEqual({ team: 'a', more: 'b' })
  await client.send(new sdk.DeleteStageCommand(stage))
  await client.send(new sdk.DeleteClientCertificateCommand({ clientCertificateId }))
  await expect(client.send(new sdk.GetClientCertificateCommand({ clientCertificateId }))).rejects.toMatchObject({ name: 'NotFoundException' })
})

it('keeps VPC links, and integrations that go through them', async () => {
  const targetArns = [`arn:aws:elasticloadbalancing:us-east-1:${sandbox.accountId}:loadbalancer/net/mine/0123456789abcdef`]
  await expect(client.send(new sdk.CreateVpcLinkCommand({ name: 'l', targetArns: ['nowhere'] }))).rejects.toMatchObject({ name: 'BadRequestException' })
  const { id: vpcLinkId, status } = await client.send(new sdk.CreateVpcLinkCommand({ name: 'l', targetArns }))
  expect(status).toBe('AVAILABLE')
  const api = await makeApi(client)
  const through = (connectionId: string) => api.method(`/${connectionId}`, 'GET', { integration: { type: 'HTTP_PROXY', uri: 'http://internal.example/', connectionType: 'VPC_LINK', connectionId } })
  await expect(through('none')).rejects.toMatchObject({ name: 'BadRequestException', message: 'Invalid Vpc Link identifier specified' })
  await through(vpcLinkId!)
  await expect(client.send(new sdk.DeleteVpcLinkCommand({ vpcLinkId }))).rejects.toMatchObject({ name: 'BadRequestException', message: expect.stringContaining(`is referenced in [${api.id}]`) })
  expect(await client.send(new sdk.UpdateVpcLinkCommand({ vpcLinkId, patchOperations: replace({ '/name': 'new' }) }))).toMatchObject({ name: 'new', targetArns })
  expect((await client.send(new sdk.GetVpcLinksCommand({}))).items).toMatchObject([{ id: vpcLinkId, name: 'new' }])
  await client.send(new sdk.DeleteRestApiCommand({ restApiId: api.id }))
  await client.send(new sdk.DeleteVpcLinkCommand({ vpcLinkId }))
  await expect(client.send(new sdk.GetVpcLinkCommand({ vpcLinkId }))).rejects.toMatchObject({ name: 'NotFoundException' })
})

const byHost = (host: string, path: string) =>
  new Promise<{ status: number; body: string }>((resolve, reject) => {
    const sent = request({ host: '127.0.0.1', port: sandbox.port, path, headers: { host } }, (response) => {
      let body = ''
      response.on('data', (chunk) => (body += chunk)).on('end', () => resolve({ status: response.statusCode!, body }))
    })
    sent.on('error', reject).end()
  })

it('answers under custom domain names by base path, with the stage in the path where the mapping names none', async () => {
  const regionalCertificateArn = `arn:aws:acm:us-east-1:${sandbox.accountId}:certificate/1`
  const domainName = 'api.shop.example'
  const made = await client.send(new sdk.CreateDomainNameCommand({ domainName, regionalCertificateArn, endpointConfiguration: { types: ['REGIONAL'] }, tags: { a: '1' } }))
  expect(made).toMatchObject({ domainName, regionalCertificateArn, regionalDomainName: expect.stringMatching(/^d-.*\.execute-api\.us-east-1\.amazonaws\.com$/), domainNameStatus: 'AVAILABLE', securityPolicy: 'TLS_1_2', endpointConfiguration: { types: ['REGIONAL'] }, tags: { a: '1' } })
  await expect(client.send(new sdk.CreateDomainNameCommand({ domainName, regionalCertificateArn, endpointConfiguration: { types: ['REGIONAL'] } }))).rejects.toMatchObject({ name: 'ConflictException' })
  await expect(client.send(new sdk.CreateDomainNameCommand({ domainName: 'edge.example' }))).rejects.toMatchObject({ name: 'BadRequestException', message: expect.stringContaining('certificateArn') })
  const api = await makeApi(client)
  await api.method('/pets', 'GET', { responses: [{ responseTemplates: { 'application/json': '"$context.stage $context.domainName $context.path"' } }] })
  await api.deploy('prod')
  await api.deploy('beta')
  const map = (more: object) => client.send(new sdk.CreateBasePathMappingCommand({ domainName, restApiId: api.id, ...more }))
  expect(await map({ basePath: 'v1', stage: 'prod' })).toMatchObject({ basePath: 'v1', restApiId: api.id, stage: 'prod' })
  expect(await map({})).toMatchObject({ basePath: '(none)' })
  await expect(map({ basePath: 'v1' })).rejects.toMatchObject({ name: 'ConflictException', message: 'Base path already exists for this domain name' })
  await expect(map({ basePath: 'a/b' })).rejects.toMatchObject({ name: 'BadRequestException' })
  await expect(map({ basePath: 'v2', stage: 'none' })).rejects.toMatchObject({ name: 'BadRequestException', message: 'Invalid stage identifier specified' })
  expect(await byHost(domainName, '/v1/pets')).toEqual({ status: 200, body: `"prod ${domainName} /v1/pets"` })
  expect(await byHost(domainName, '/beta/pets')).toEqual({ status: 200, body: `"beta ${domainName} /beta/pets"` })
  expect((await byHost(domainName, '/v1/none')).status).toBe(403)
  await client.send(new sdk.UpdateBasePathMappingCommand({ domainName, basePath: 'v1', patchOperations: replace({ '/stage': 'beta', '/basePath': 'v2' }) }))
  expect((await byHost(domainName, '/v2/pets')).body).toContain('beta')
  expect((await client.send(new sdk.GetBasePathMappingsCommand({ domainName }))).items).toHaveLength(2)
  await client.send(new sdk.DeleteBasePathMappingCommand({ domainName, basePath: '(none)' }))
  expect((await byHost(domainName, '/beta/pets')).status).toBe(403)
  expect((await client.send(new sdk.GetDomainNamesCommand({}))).items).toMatchObject([{ domainName }])
  const certificateArn = `arn:aws:acm:us-east-1:${sandbox.accountId}:certificate/2`
  const edge = await client.send(new sdk.UpdateDomainNameCommand({ domainName, patchOperations: replace({ '/certificateArn': certificateArn, '/endpointConfiguration/types/REGIONAL': 'EDGE' }) }))
  expect(edge).toMatchObject({ certificateArn, distributionDomainName: expect.stringContaining('.cloudfront.net') })
  expect(edge.regionalDomainName).toBeUndefined()
  await client.send(new sdk.DeleteDomainNameCommand({ domainName }))
  await expect(client.send(new sdk.GetDomainNameCommand({ domainName }))).rejects.toMatchObject({ name: 'NotFoundException', message: 'Invalid domain name identifier specified' })
})
