import {
  APIGatewayClient,
  CreateAuthorizerCommand,
  CreateRequestValidatorCommand,
  CreateRestApiCommand,
  DeleteAuthorizerCommand,
  DeleteGatewayResponseCommand,
  DeleteRequestValidatorCommand,
  GetAuthorizersCommand,
  GetGatewayResponseCommand,
  GetGatewayResponsesCommand,
  GetRequestValidatorsCommand,
  GetRestApiCommand,
  GetRestApisCommand,
  GetTagsCommand,
  PutGatewayResponseCommand,
  TagResourceCommand,
  UntagResourceCommand,
  UpdateAuthorizerCommand,
  UpdateGatewayResponseCommand,
  UpdateRequestValidatorCommand,
  UpdateRestApiCommand,
} from '@aws-sdk/client-api-gateway'
import { CreateAccessKeyCommand, CreateUserCommand, IAMClient, PutUserPolicyCommand } from '@aws-sdk/client-iam'
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

it('keeps Lambda authorizers with AWS’s defaults, and those in use', async () => {
  const authorizerUri = functionUri(`arn:aws:lambda:us-east-1:${sandbox.accountId}:function:f`)
  const token = await client.send(new CreateAuthorizerCommand({ restApiId, name: 'a', type: 'TOKEN', authorizerUri }))
  expect(token).toMatchObject({ name: 'a', type: 'TOKEN', authType: 'custom', identitySource: 'method.request.header.Authorization', authorizerResultTtlInSeconds: 300 })
  await expect(client.send(new CreateAuthorizerCommand({ restApiId, name: 'a', type: 'TOKEN', authorizerUri }))).rejects.toMatchObject({ name: 'ConflictException' })
  await expect(client.send(new CreateAuthorizerCommand({ restApiId, name: 'b', type: 'REQUEST', authorizerUri }))).rejects.toMatchObject({ name: 'BadRequestException', message: expect.stringContaining('Identity source is required') })
  await expect(client.send(new CreateAuthorizerCommand({ restApiId, name: 'b', type: 'TOKEN', authorizerUri: 'x' }))).rejects.toMatchObject({ name: 'BadRequestException' })
  const updated = await client.send(new UpdateAuthorizerCommand({ restApiId, authorizerId: token.id, patchOperations: replace({ '/authorizerResultTtlInSeconds': '0', '/type': 'REQUEST', '/identitySource': 'method.request.querystring.t' }) }))
  expect(updated).toMatchObject({ type: 'REQUEST', authorizerResultTtlInSeconds: 0 })
  await api.method('/', 'GET', { method: { authorizationType: 'CUSTOM', authorizerId: token.id } })
  await expect(client.send(new DeleteAuthorizerCommand({ restApiId, authorizerId: token.id }))).rejects.toMatchObject({ name: 'ConflictException' })
  expect((await client.send(new GetAuthorizersCommand({ restApiId }))).items).toHaveLength(1)
})

it('keeps request validators', async () => {
  const { id } = await client.send(new CreateRequestValidatorCommand({ restApiId, name: 'body', validateRequestBody: true }))
  const changed = await client.send(new UpdateRequestValidatorCommand({ restApiId, requestValidatorId: id, patchOperations: replace({ '/validateRequestParameters': 'true' }) }))
  expect(changed).toEqual({ $metadata: expect.anything(), id, name: 'body', validateRequestBody: true, validateRequestParameters: true })
  await expect(client.send(new UpdateRequestValidatorCommand({ restApiId, requestValidatorId: id, patchOperations: replace({ '/validateRequestBody': 'perhaps' }) }))).rejects.toMatchObject({ name: 'BadRequestException' })
  expect((await client.send(new GetRequestValidatorsCommand({ restApiId }))).items).toHaveLength(1)
  await client.send(new DeleteRequestValidatorCommand({ restApiId, requestValidatorId: id }))
  await expect(client.send(new DeleteRequestValidatorCommand({ restApiId, requestValidatorId: id }))).rejects.toMatchObject({ name: 'NotFoundException' })
})

it('shows API Gateway’s own responses, customised and taken back', async () => {
  const all = await client.send(new GetGatewayResponsesCommand({ restApiId, limit: 500 }))
  expect(all.items).toHaveLength(21)
  expect(all.items!.every(({ defaultResponse }) => defaultResponse)).toBe(true)
  const type = { restApiId, responseType: 'UNAUTHORIZED' } as const
  await client.send(new PutGatewayResponseCommand({ ...type, responseParameters: { 'gatewayresponse.header.Access-Control-Allow-Origin': "'*'" } }))
  await client.send(new UpdateGatewayResponseCommand({ ...type, patchOperations: replace({ '/statusCode': '418' }) }))
  expect(await client.send(new GetGatewayResponseCommand(type))).toMatchObject({ statusCode: '418', defaultResponse: false })
  await client.send(new DeleteGatewayResponseCommand(type))
  expect(await client.send(new GetGatewayResponseCommand(type))).toMatchObject({ statusCode: '401', defaultResponse: true })
  await expect(client.send(new DeleteGatewayResponseCommand(type))).rejects.toMatchObject({ name: 'NotFoundException' })
  await expect(client.send(new PutGatewayResponseCommand({ ...type, responseParameters: { 'method.response.header.X': "'*'" } }))).rejects.toMatchObject({ name: 'BadRequestException' })
})

it('tags APIs and stages', async () => {
  await api.method('/', 'GET')
  await api.deploy('prod')
  for (const resourceArn of [`arn:aws:apigateway:us-east-1::/restapis/${restApiId}`, `arn:aws:apigateway:us-east-1::/restapis/${restApiId}/stages/prod`]) {
    await client.send(new TagResourceCommand({ resourceArn, tags: { a: '1', b: '2' } }))
    await client.send(new UntagResourceCommand({ resourceArn, tagKeys: ['a'] }))
    expect((await client.send(new GetTagsCommand({ resourceArn }))).tags).toEqual({ b: '2' })
  }
  await expect(client.send(new GetTagsCommand({ resourceArn: 'arn:aws:apigateway:us-east-1::/sdktypes/x' }))).rejects.toMatchObject({ name: 'BadRequestException' })
})

it('asks IAM for the HTTP method on the path', async () => {
  const iam = new IAMClient(sandbox.learner)
  await iam.send(new CreateUserCommand({ UserName: 'reader' }))
  const Statement = { Effect: 'Allow', Action: 'apigateway:GET', Resource: `arn:aws:apigateway:us-east-1::/restapis/${restApiId}` }
  await iam.send(new PutUserPolicyCommand({ UserName: 'reader', PolicyName: 'p', PolicyDocument: JSON.stringify({ Version: '2012-10-17', Statement }) }))
  const { AccessKey } = await iam.send(new CreateAccessKeyCommand({ UserName: 'reader' }))
  const reader = new APIGatewayClient(sandbox.as({ accessKeyId: AccessKey!.AccessKeyId!, secretAccessKey: AccessKey!.SecretAccessKey! }))
  expect((await reader.send(new GetRestApiCommand({ restApiId }))).id).toBe(restApiId)
  const message = (action: string, path: string) => `User: arn:aws:iam::${sandbox.accountId}:user/reader is not authorized to perform: ${action} on resource: arn:aws:apigateway:us-east-1::${path} because no identity-based policy allows the ${action} action`
  await expect(reader.send(new GetRestApisCommand({}))).rejects.toMatchObject({ name: 'AccessDeniedException', message: message('apigateway:GET', '/restapis') })
  await expect(reader.send(new CreateRestApiCommand({ name: 'x' }))).rejects.toMatchObject({ name: 'AccessDeniedException', message: message('apigateway:POST', '/restapis') })
})

it('asks for a permission of its own where a resource policy changes, and knows an API’s tags', async () => {
  const iam = new IAMClient(sandbox.learner)
  await iam.send(new CreateUserCommand({ UserName: 'tagged' }))
  const Statement = { Effect: 'Allow', Action: 'apigateway:PATCH', Resource: '*', Condition: { StringEquals: { 'aws:ResourceTag/team': 'a' } } }
  await iam.send(new PutUserPolicyCommand({ UserName: 'tagged', PolicyName: 'p', PolicyDocument: JSON.stringify({ Version: '2012-10-17', Statement }) }))
  const { AccessKey } = await iam.send(new CreateAccessKeyCommand({ UserName: 'tagged' }))
  const user = new APIGatewayClient(sandbox.as({ accessKeyId: AccessKey!.AccessKeyId!, secretAccessKey: AccessKey!.SecretAccessKey! }))
  const update = (patch: Record<string, string>) => user.send(new UpdateRestApiCommand({ restApiId, patchOperations: replace(patch) }))
  await expect(update({ '/name': 'mine' })).rejects.toMatchObject({ name: 'AccessDeniedException' })
  await client.send(new TagResourceCommand({ resourceArn: `arn:aws:apigateway:us-east-1::/restapis/${restApiId}`, tags: { team: 'a' } }))
  expect((await update({ '/name': 'mine' })).name).toBe('mine')
  const policy = JSON.stringify({ Version: '2012-10-17', Statement: [{ Effect: 'Allow', Principal: '*', Action: 'execute-api:Invoke', Resource: '*' }] })
  await expect(update({ '/policy': policy })).rejects.toMatchObject({ name: 'AccessDeniedException', message: expect.stringContaining('apigateway:UpdateRestApiPolicy') })
})

it('shows APIs in the account’s inventory', async () => {
  const { resources } = await sandbox.admin('GET', `/_worklab/accounts/${sandbox.accountId}/resources`)
  expect(resources).toContainEqual(expect.objectContaining({ service: 'apigateway', type: 'rest-api', arn: `arn:aws:apigateway:us-east-1::/restapis/${restApiId}` }))
})
