import { ApiGatewayV2Client, CreateIntegrationCommand, CreateVpcLinkCommand, DeleteVpcLinkCommand, GetTagsCommand, GetVpcLinkCommand, GetVpcLinksCommand, TagResourceCommand, UpdateVpcLinkCommand } from '@aws-sdk/client-apigatewayv2'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { hostCaller, makeHttpApi } from '../../execute-api/http-api/testing'
import { startTestSandbox, type TestSandbox } from '../../testing'

let sandbox: TestSandbox
let client: ApiGatewayV2Client
beforeAll(async () => {
  sandbox = await startTestSandbox()
  client = new ApiGatewayV2Client(sandbox.learner)
})
afterAll(() => sandbox.remove())

const create = (more: object = {}) => client.send(new CreateVpcLinkCommand({ Name: 'link', SubnetIds: ['subnet-0a', 'subnet-0b'], SecurityGroupIds: ['sg-1'], ...more }))
const bad = (message: string) => ({ name: 'BadRequestException', message: expect.stringContaining(message) })

it('makes, shows, renames, tags, lists and deletes a VPC link', async () => {
  const { VpcLinkId, ...made } = await create({ Tags: { a: '1' } })
  expect(made).toMatchObject({ $metadata: { httpStatusCode: 201 }, Name: 'link', SubnetIds: ['subnet-0a', 'subnet-0b'], SecurityGroupIds: ['sg-1'], VpcLinkStatus: 'AVAILABLE', VpcLinkVersion: 'V2', CreatedDate: expect.any(Date), Tags: { a: '1' } })
  const ResourceArn = `arn:aws:apigateway:us-east-1::/vpclinks/${VpcLinkId}`
  await client.send(new TagResourceCommand({ ResourceArn, Tags: { b: '2' } }))
  expect((await client.send(new GetTagsCommand({ ResourceArn }))).Tags).toEqual({ a: '1', b: '2' })
  await client.send(new UpdateVpcLinkCommand({ VpcLinkId, Name: 'renamed' }))
  expect(await client.send(new GetVpcLinkCommand({ VpcLinkId }))).toMatchObject({ Name: 'renamed', Tags: { b: '2' } })
  expect((await client.send(new GetVpcLinksCommand({}))).Items).toMatchObject([{ VpcLinkId }])
  const { resources } = await sandbox.admin('GET', `/_worklab/accounts/${sandbox.accountId}/resources`)
  expect(resources).toContainEqual(expect.objectContaining({ type: 'vpc-link', name: 'renamed', arn: ResourceArn }))
  expect((await client.send(new DeleteVpcLinkCommand({ VpcLinkId }))).$metadata.httpStatusCode).toBe(202)
  await expect(client.send(new GetVpcLinkCommand({ VpcLinkId }))).rejects.toMatchObject({ name: 'NotFoundException' })
})

it('refuses links without subnets and ids that are none', async () => {
  await expect(create({ SubnetIds: [] })).rejects.toMatchObject(bad('subnets'))
  await expect(create({ SubnetIds: ['vpc-1'] })).rejects.toMatchObject(bad('vpc-1'))
})

it('lets an integration lead through a link, behind which nothing answers', async () => {
  const { VpcLinkId } = await create()
  const api = await makeHttpApi(client)
  const listener = `arn:aws:elasticloadbalancing:us-east-1:${sandbox.accountId}:listener/app/lb/1/2`
  const integrate = (more: object) => client.send(new CreateIntegrationCommand({ ApiId: api.id, IntegrationType: 'HTTP_PROXY', IntegrationMethod: 'ANY', PayloadFormatVersion: '1.0', IntegrationUri: listener, ConnectionType: 'VPC_LINK', ConnectionId: VpcLinkId, ...more }))
  await expect(integrate({ ConnectionId: 'none' })).rejects.toMatchObject({ name: 'NotFoundException' })
  await expect(integrate({ ConnectionId: undefined })).rejects.toMatchObject(bad('ConnectionId'))
  await expect(integrate({ IntegrationUri: 'https://example.com' })).rejects.toMatchObject(bad('listener'))
  const { IntegrationId, ConnectionType } = await integrate({})
  expect(ConnectionType).toBe('VPC_LINK')
  await api.route('$default', undefined, { route: { Target: `integrations/${IntegrationId}` } })
  expect(await hostCaller(sandbox, api.id)('/')).toMatchObject({ status: 503, json: { message: 'Service Unavailable' } })
})
