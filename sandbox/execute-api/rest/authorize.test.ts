import { APIGatewayClient, CreateApiKeyCommand, CreateAuthorizerCommand, CreateUsagePlanCommand, CreateUsagePlanKeyCommand, GetUsageCommand, UpdateApiKeyCommand, UpdateRestApiCommand, type CreateAuthorizerRequest } from '@aws-sdk/client-api-gateway'
import { CreateAccessKeyCommand, CreateUserCommand, IAMClient, PutUserPolicyCommand } from '@aws-sdk/client-iam'
import { LambdaClient } from '@aws-sdk/client-lambda'
import { Sha256 } from '@aws-crypto/sha256-js'
import { HttpRequest } from '@smithy/core/protocols'
import { SignatureV4 } from '@smithy/signature-v4'
import { afterAll, beforeAll, beforeEach, expect, it } from 'vitest'
import { functionUri, makeApi, permit, replace, type TestApi } from '../../services/apigateway/testing'
import { functionMaker, handlerZip, makeRole, zipOf } from '../../services/lambda/testing'
import { startTestSandbox, type ClientConfig, type TestSandbox } from '../../testing'
import { callerOf } from '../testing'

let sandbox: TestSandbox
let client: APIGatewayClient
let lambda: LambdaClient
let api: TestApi
let call: ReturnType<typeof callerOf>
/** Lets `allow` pass everywhere, `get` by GET only; counts its calls. */
const AUTHORIZER = `let calls = 0
exports.handler = async (event) => {
  calls += 1
  const token = event.authorizationToken ?? event.queryStringParameters.token
  if (token === 'who') throw new Error('Unauthorized')
  if (token === 'broken') throw new Error('oops')
  if (token === 'nothing') return {}
  if (token === 'nested') return { principalId: 'u', policyDocument: policy('Allow', '*'), context: { a: {} } }
  const arn = token === 'get' ? event.methodArn.replace(/\\/GET\\/.*/, '/GET/*') : '*'
  return { principalId: 'user-1', policyDocument: policy(token === 'deny' ? 'Deny' : 'Allow', arn), context: { calls, isAdmin: true }, usageIdentifierKey: event.queryStringParameters?.key }
}
const policy = (Effect, Resource) => ({ Version: '2012-10-17', Statement: [{ Action: 'execute-api:Invoke', Effect, Resource }] })`
const arnOf = (name: string) => `arn:aws:lambda:us-east-1:${sandbox.accountId}:function:${name}`

beforeAll(async () => {
  sandbox = await startTestSandbox()
  client = new APIGatewayClient(sandbox.learner)
  lambda = new LambdaClient(sandbox.learner)
  const create = functionMaker(lambda, await makeRole(sandbox.learner, 'r'))
  await create('echo', { zip: handlerZip('async (event) => ({ body: JSON.stringify(event.requestContext) })') })
  await create('authorizer', { zip: zipOf({ 'index.js': AUTHORIZER }) })
  await create('unpermitted', { zip: zipOf({ 'index.js': AUTHORIZER }) })
  await permit(lambda, 'echo')
  await permit(lambda, 'authorizer')
})
afterAll(() => sandbox.remove())
beforeEach(async () => {
  api = await makeApi(client)
  call = callerOf(sandbox, api.id)
})

async function authorizer(more: Partial<CreateAuthorizerRequest> = {}) {
  const { id } = await client.send(new CreateAuthorizerCommand({ restApiId: api.id, name: `a${Math.random()}`, type: 'TOKEN', authorizerUri: functionUri(arnOf('authorizer')), ...more }))
  return { method: { authorizationType: 'CUSTOM', authorizerId: id }, integration: { type: 'AWS_PROXY', uri: functionUri(arnOf('echo')) } } as const
}

const withToken = (authorization: string) => ({ headers: { authorization } })

it('asks a TOKEN authorizer and says what AWS says', async () => {
  const guarded = await authorizer({ identityValidationExpression: '[a-z]+' })
  await api.method('/', 'GET', guarded)
  await api.method('/', 'POST', guarded)
  await api.deploy()
  expect(await call('/')).toMatchObject({ status: 401, json: { message: 'Unauthorized' }, errorType: 'UnauthorizedException' })
  expect(await call('/', withToken('UPPER'))).toMatchObject({ status: 401 })
  expect(await call('/', withToken('who'))).toMatchObject({ status: 401, json: { message: 'Unauthorized' } })
  expect(await call('/', withToken('deny'))).toMatchObject({ status: 403, json: { Message: 'User is not authorized to access this resource with an explicit deny' }, errorType: 'AccessDeniedException' })
  expect(await call('/', withToken('broken'))).toMatchObject({ status: 500, json: { message: null } })
  for (const token of ['nothing', 'nested']) expect(await call('/', withToken(token))).toMatchObject({ status: 500, json: { message: null }, errorType: 'AuthorizerConfigurationException' })
  const allowed = await call('/', withToken('allow'))
  expect(allowed.json.authorizer).toMatchObject({ principalId: 'user-1', isAdmin: 'true', calls: expect.stringMatching(/^\d+$/) })
  expect((await call('/', withToken('get'))).status).toBe(200)
  expect(await call('/', { method: 'POST', ...withToken('get') })).toMatchObject({ status: 403, json: { Message: 'User is not authorized to access this resource' } })
})

it('keeps what an authorizer said for as long as it says', async () => {
  await api.method('/kept', 'GET', await authorizer())
  await api.method('/asked', 'GET', await authorizer({ authorizerResultTtlInSeconds: 0 }))
  await api.deploy()
  const calls = async (path: string) => Number((await call(path, withToken('allow'))).json.authorizer.calls)
  expect(await calls('/kept')).toBe(await calls('/kept'))
  expect(await calls('/asked')).toBeLessThan(await calls('/asked'))
})

it('asks a REQUEST authorizer with the request, and nobody where an identity source is missing', async () => {
  await api.method('/{id}', 'GET', await authorizer({ type: 'REQUEST', identitySource: 'method.request.querystring.token, stageVariables.colour' }))
  await api.deploy('test', { colour: 'red' })
  expect((await call('/1')).status).toBe(401)
  expect((await call('/1?token=allow')).json.authorizer.principalId).toBe('user-1')
})

it('needs permission to call the authorizer', async () => {
  await api.method('/', 'GET', await authorizer({ authorizerUri: functionUri(arnOf('unpermitted')) }))
  await api.deploy()
  expect(await call('/', withToken('allow'))).toMatchObject({ status: 500, json: { message: null }, errorType: 'AuthorizerConfigurationException' })
  await permit(lambda, 'unpermitted', `arn:aws:execute-api:us-east-1:${sandbox.accountId}:${api.id}/authorizers/*`)
  expect((await call('/', withToken('allow'))).status).toBe(200)
})

async function signed(config: ClientConfig, path: string, service = 'execute-api') {
  const { host, hostname, port } = new URL(sandbox.url)
  const request = new HttpRequest({ method: 'GET', protocol: 'http:', hostname, port: Number(port), path: `/_aws/execute-api/${api.id}/test${path}`, headers: { host } })
  const signer = new SignatureV4({ credentials: config.credentials, region: 'us-east-1', service, sha256: Sha256 })
  const { headers } = await signer.sign(request)
  const { host: _, ...sent } = headers
  return call(path, { headers: sent })
}

async function newUser(name: string, policy?: object) {
  const iam = new IAMClient(sandbox.learner)
  await iam.send(new CreateUserCommand({ UserName: name }))
  if (policy) await iam.send(new PutUserPolicyCommand({ UserName: name, PolicyName: 'p', PolicyDocument: JSON.stringify({ Version: '2012-10-17', Statement: policy }) }))
  const { AccessKey } = await iam.send(new CreateAccessKeyCommand({ UserName: name }))
  return sandbox.as({ accessKeyId: AccessKey!.AccessKeyId!, secretAccessKey: AccessKey!.SecretAccessKey! })
}

it('lets signed requests pass where IAM allows execute-api:Invoke', async () => {
  await api.method('/pets/{id}', 'GET', { method: { authorizationType: 'AWS_IAM' }, integration: { type: 'AWS_PROXY', uri: functionUri(arnOf('echo')) } })
  await api.deploy()
  expect(await call('/pets/1')).toMatchObject({ status: 403, json: { message: 'Missing Authentication Token' }, errorType: 'MissingAuthenticationTokenException' })
  const may = await newUser(`may-${api.id}`, { Effect: 'Allow', Action: 'execute-api:Invoke', Resource: `arn:aws:execute-api:us-east-1:${sandbox.accountId}:${api.id}/test/GET/pets/1` })
  const passed = await signed(may, '/pets/1')
  expect(passed.status).toBe(200)
  expect(passed.json.identity).toMatchObject({ accountId: sandbox.accountId, userArn: `arn:aws:iam::${sandbox.accountId}:user/may-${api.id}`, accessKey: may.credentials.accessKeyId })
  const masked = `arn:aws:execute-api:us-east-1:********${sandbox.accountId.slice(-4)}:${api.id}/test/GET/pets/2`
  expect(await signed(may, '/pets/2')).toMatchObject({ status: 403, json: { Message: expect.stringContaining(`is not authorized to perform: execute-api:Invoke on resource: ${masked}`) }, errorType: 'AccessDeniedException' })
  const wrong = { ...may, credentials: { ...may.credentials, secretAccessKey: 'wrong' } }
  expect(await signed(wrong, '/pets/1')).toMatchObject({ status: 403, json: { message: expect.stringContaining('The request signature we calculated does not match') }, errorType: 'InvalidSignatureException' })
  expect(await signed({ ...may, credentials: { accessKeyId: 'AKIAAAAAAAAAAAAAAAAA', secretAccessKey: 'x' } }, '/pets/1')).toMatchObject({ status: 403, json: { message: 'The security token included in the request is invalid.' }, errorType: 'UnrecognizedClientException' })
  expect(await signed(may, '/pets/1', 'lambda')).toMatchObject({ status: 403, json: { message: "Credential should be scoped to correct service: 'execute-api'." } })
})

it('holds everyone against the API’s resource policy', async () => {
  const setPolicy = async (...Statement: object[]) => {
    await client.send(new UpdateRestApiCommand({ restApiId: api.id, patchOperations: replace({ '/policy': JSON.stringify({ Version: '2012-10-17', Statement }) }) }))
    await api.deploy()
  }
  await api.method('/', 'GET', { integration: { type: 'AWS_PROXY', uri: functionUri(arnOf('echo')) } })
  await api.method('/signed', 'GET', { method: { authorizationType: 'AWS_IAM' }, integration: { type: 'AWS_PROXY', uri: functionUri(arnOf('echo')) } })
  const everyone = { Effect: 'Allow', Principal: '*', Action: 'execute-api:Invoke', Resource: 'execute-api:/*' }
  await setPolicy(everyone)
  expect((await call('/')).status).toBe(200)
  await setPolicy(everyone, { ...everyone, Effect: 'Deny', Condition: { IpAddress: { 'aws:SourceIp': '127.0.0.0/8' } } })
  const resource = `arn:aws:execute-api:us-east-1:********${sandbox.accountId.slice(-4)}:${api.id}/test/GET/`
  expect(await call('/')).toMatchObject({ status: 403, json: { Message: `User: anonymous is not authorized to perform: execute-api:Invoke on resource: ${resource} with an explicit deny` } })
  const user = await newUser(`policy-${api.id}`)
  await setPolicy({ ...everyone, Principal: { AWS: `arn:aws:iam::${sandbox.accountId}:user/policy-${api.id}` } })
  expect(await call('/')).toMatchObject({ status: 403, json: { Message: `User: anonymous is not authorized to perform: execute-api:Invoke on resource: ${resource}` } })
  expect((await signed(user, '/signed')).status).toBe(200)
})

it('asks for an API key of a usage plan, throttles and counts', async () => {
  await api.method('/', 'GET', { method: { apiKeyRequired: true }, integration: { type: 'AWS_PROXY', uri: functionUri(arnOf('echo')) } })
  await api.method('/slow', 'GET', { method: { apiKeyRequired: true }, integration: { type: 'AWS_PROXY', uri: functionUri(arnOf('echo')) } })
  await api.deploy()
  const key = await client.send(new CreateApiKeyCommand({ name: 'k', enabled: true }))
  const withKey = { headers: { 'x-api-key': key.value! } }
  const forbidden = { status: 403, json: { message: 'Forbidden' }, errorType: 'ForbiddenException' }
  expect(await call('/')).toMatchObject(forbidden)
  expect(await call('/', withKey)).toMatchObject(forbidden)
  const plan = await client.send(
    new CreateUsagePlanCommand({ name: 'p', apiStages: [{ apiId: api.id, stage: 'test', throttle: { '/slow/GET': { rateLimit: 0.001, burstLimit: 1 } } }], throttle: { rateLimit: 100, burstLimit: 100 }, quota: { limit: 3, period: 'DAY' } }),
  )
  await client.send(new CreateUsagePlanKeyCommand({ usagePlanId: plan.id, keyId: key.id, keyType: 'API_KEY' }))
  expect((await call('/', withKey)).json.identity).toMatchObject({ apiKey: key.value, apiKeyId: key.id })
  expect((await call('/slow', withKey)).status).toBe(200)
  expect(await call('/slow', withKey)).toMatchObject({ status: 429, json: { message: 'Too Many Requests' } })
  expect((await call('/', withKey)).status).toBe(200)
  expect(await call('/', withKey)).toMatchObject({ status: 429, json: { message: 'Limit Exceeded' }, errorType: 'LimitExceededException' })
  const today = new Date().toISOString().slice(0, 10)
  expect((await client.send(new GetUsageCommand({ usagePlanId: plan.id, startDate: today, endDate: today }))).items).toEqual({ [key.id!]: [[3, 0]] })
  await client.send(new UpdateApiKeyCommand({ apiKey: key.id, patchOperations: replace({ '/enabled': 'false' }) }))
  expect(await call('/', withKey)).toMatchObject(forbidden)
})

it('takes the API key from the authorizer where the API says so', async () => {
  await client.send(new UpdateRestApiCommand({ restApiId: api.id, patchOperations: replace({ '/apiKeySource': 'AUTHORIZER' }) }))
  const guarded = await authorizer({ type: 'REQUEST', identitySource: 'method.request.querystring.token', authorizerResultTtlInSeconds: 0 })
  await api.method('/', 'GET', { ...guarded, method: { ...guarded.method, apiKeyRequired: true } })
  await api.deploy()
  const key = await client.send(new CreateApiKeyCommand({ name: 'k', enabled: true }))
  const plan = await client.send(new CreateUsagePlanCommand({ name: 'p', apiStages: [{ apiId: api.id, stage: 'test' }] }))
  await client.send(new CreateUsagePlanKeyCommand({ usagePlanId: plan.id, keyId: key.id, keyType: 'API_KEY' }))
  expect((await call('/?token=allow')).status).toBe(403)
  expect((await call(`/?token=allow&key=${key.value}`)).status).toBe(200)
})
