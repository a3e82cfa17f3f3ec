import { APIGatewayClient, CreateAuthorizerCommand, FlushStageAuthorizersCacheCommand, TestInvokeAuthorizerCommand, TestInvokeMethodCommand } from '@aws-sdk/client-api-gateway'
import { LambdaClient } from '@aws-sdk/client-lambda'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { functionUri, makeApi, permit } from '../../services/apigateway/testing'
import { functionMaker, handlerZip, makeRole } from '../../services/lambda/testing'
import { startTestSandbox, type TestSandbox } from '../../testing'
import { callerOf } from '../testing'

let sandbox: TestSandbox
let client: APIGatewayClient
let lambda: LambdaClient
const arnOf = (name: string) => `arn:aws:lambda:us-east-1:${sandbox.accountId}:function:${name}`
beforeAll(async () => {
  sandbox = await startTestSandbox()
  client = new APIGatewayClient(sandbox.learner)
  lambda = new LambdaClient(sandbox.learner)
  const create = functionMaker(lambda, await makeRole(sandbox.learner, 'r'))
  await create('echo', { zip: handlerZip('async (event) => ({ body: JSON.stringify(event) })') })
  await create('authorizer', {
    zip: handlerZip(`async (event) => ({ principalId: 'u' + Math.random(), context: { a: 1 }, policyDocument: { Version: '2012-10-17', Statement: { Effect: 'Allow', Action: '*', Resource: event.methodArn } } })`),
  })
  await permit(lambda, 'authorizer')
})
afterAll(() => sandbox.remove())

it('calls a method before it is deployed and tells what happened', async () => {
  const api = await makeApi(client)
  const resourceId = await api.method('/pets/{id}', 'POST', { method: { authorizationType: 'AWS_IAM' }, integration: { type: 'AWS_PROXY', uri: functionUri(arnOf('echo')) } })
  const test = () => client.send(new TestInvokeMethodCommand({ restApiId: api.id, resourceId, httpMethod: 'POST', pathWithQueryString: '/pets/7?q=1', body: '{"a":1}', headers: { 'X-One': '1' }, stageVariables: { colour: 'red' } }))
  const refused = await test()
  expect(refused.status).toBe(500)
  expect(refused.log).toContain('Execution failed due to configuration error: Invalid permissions on Lambda function')
  await permit(lambda, 'echo', `arn:aws:execute-api:us-east-1:${sandbox.accountId}:${api.id}/*/POST/pets/*`)
  const { status, body, headers, log, latency } = await test()
  expect(status).toBe(200)
  expect(headers!['Content-Type'] ?? 'application/json').toBe('application/json')
  expect(latency).toBeGreaterThanOrEqual(0)
  expect(JSON.parse(body!)).toMatchObject({ path: '/pets/7', pathParameters: { id: '7' }, queryStringParameters: { q: '1' }, headers: { 'X-One': '1' }, stageVariables: { colour: 'red' }, requestContext: { stage: 'test-invoke-stage', identity: { sourceIp: 'test-invoke-source-ip' } } })
  for (const line of ['Execution log for request ', 'HTTP Method: POST, Resource Path: /pets/7', 'Method request path: {id=7}', 'Method request query string: {q=1}', 'Method request headers: {X-One=1}', 'Endpoint response body before transformations: ', 'Successfully completed execution', 'Method completed with status: 200']) {
    expect(log).toContain(line)
  }
  expect(log).toMatch(/\n\w{3} \w{3} \d\d \d\d:\d\d:\d\d UTC \d{4} : /)
  await expect(client.send(new TestInvokeMethodCommand({ restApiId: api.id, resourceId, httpMethod: 'POST', pathWithQueryString: '/cats/7' }))).rejects.toMatchObject({ name: 'BadRequestException' })
})

it('asks an authorizer and shows its policy', async () => {
  const api = await makeApi(client)
  const { id: authorizerId } = await client.send(new CreateAuthorizerCommand({ restApiId: api.id, name: 'a', type: 'TOKEN', authorizerUri: functionUri(arnOf('authorizer')) }))
  const test = (headers: Record<string, string>) => client.send(new TestInvokeAuthorizerCommand({ restApiId: api.id, authorizerId, headers }))
  const { clientStatus, policy, authorization, principalId } = await test({ Authorization: 'x' })
  expect({ clientStatus, authorization }).toEqual({ clientStatus: 200, authorization: { a: ['1'] } })
  expect(principalId).toMatch(/^u0\./)
  expect(JSON.parse(policy!).Statement.Effect).toBe('Allow')
  expect((await test({})).clientStatus).toBe(401)
})

it('forgets what an authorizer said when the cache is flushed', async () => {
  const api = await makeApi(client)
  const { id: authorizerId } = await client.send(new CreateAuthorizerCommand({ restApiId: api.id, name: 'a', type: 'TOKEN', authorizerUri: functionUri(arnOf('authorizer')) }))
  await api.method('/', 'GET', { method: { authorizationType: 'CUSTOM', authorizerId }, responses: [{ responseTemplates: { 'application/json': '"$context.authorizer.principalId"' } }] })
  await api.deploy()
  const call = callerOf(sandbox, api.id)
  const who = async () => (await call('/', { headers: { authorization: 'x' } })).json as string
  const first = await who()
  expect(await who()).toBe(first)
  await client.send(new FlushStageAuthorizersCacheCommand({ restApiId: api.id, stageName: 'test' }))
  expect(await who()).not.toBe(first)
})
