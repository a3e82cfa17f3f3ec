import { ApiGatewayV2Client, CreateAuthorizerCommand, UpdateApiCommand } from '@aws-sdk/client-apigatewayv2'
import { LambdaClient } from '@aws-sdk/client-lambda'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { functionUri, permit } from '../../services/apigateway/testing'
import { functionMaker, handlerZip, makeRole } from '../../services/lambda/testing'
import { startTestSandbox, type TestSandbox } from '../../testing'
import { hostCaller, makeHttpApi, type TestHttpApi } from './testing'

let sandbox: TestSandbox
let api: TestHttpApi

beforeAll(async () => {
  sandbox = await startTestSandbox()
  const client = new ApiGatewayV2Client(sandbox.learner)
  const lambda = new LambdaClient(sandbox.learner)
  const create = functionMaker(lambda, await makeRole(sandbox.learner, 'r'))
  const { FunctionArn } = await create('echo', { zip: handlerZip('async (event) => ({ statusCode: 200, body: event.rawPath ?? event.path })') })
  await create('guard', { zip: handlerZip('async (event) => ({ isAuthorized: true, context: event.headers })') })
  for (const name of ['echo', 'guard']) await permit(lambda, name)
  api = await makeHttpApi(client)
  await client.send(new UpdateApiCommand({ ApiId: api.id, CorsConfiguration: { AllowOrigins: ['*'], AllowMethods: ['*'] } }))
  const jwt = await client.send(new CreateAuthorizerCommand({ ApiId: api.id, Name: 'jwt', AuthorizerType: 'JWT', IdentitySource: ['$request.header.Authorization'], JwtConfiguration: { Audience: ['app'], Issuer: 'https://issuer.example' } }))
  const guard = await client.send(new CreateAuthorizerCommand({ ApiId: api.id, Name: 'guard', AuthorizerType: 'REQUEST', AuthorizerPayloadFormatVersion: '2.0', EnableSimpleResponses: true, IdentitySource: ['$request.header.Authorization'], AuthorizerUri: functionUri(FunctionArn!.replace(/echo$/, 'guard')) }))
  const mapped = { RequestParameters: { 'append:header.x-a': '$request.body.a.b', 'overwrite:querystring.q': '${request.querystring.q}${request.path.proxy}', 'overwrite:path': '/$request.path.proxy' }, ResponseParameters: { 200: { 'append:header.x-out': '$request.header.x-in' } } }
  await api.route('ANY /open/{proxy+}', FunctionArn!, { integration: mapped })
  await api.route('ANY /one/{proxy+}', FunctionArn!, { integration: { PayloadFormatVersion: '1.0' } })
  await api.route('ANY /jwt/{proxy+}', FunctionArn!, { route: { AuthorizationType: 'JWT', AuthorizerId: jwt.AuthorizerId } })
  await api.route('ANY /guard/{proxy+}', FunctionArn!, { route: { AuthorizationType: 'CUSTOM', AuthorizerId: guard.AuthorizerId } })
  await api.route('ANY /iam/{proxy+}', FunctionArn!, { route: { AuthorizationType: 'AWS_IAM' } })
})
afterAll(() => sandbox.remove())

const base64 = (text: string) => Buffer.from(text).toString('base64url')
const PATHS = ['', '%', '%00', '%ff', '%2f..%2f', '//', '../..', 'a'.repeat(4000), '__proto__', 'constructor/prototype', '{proxy}', '?a=%&%=b&&=&__proto__=1', '?x-amz-algorithm=AWS4-HMAC-SHA256', '?X-Amz-Algorithm=AWS4-HMAC-SHA256&X-Amz-Credential=a/b/c', '?q=%f0%9f', 'ä'.normalize('NFD').replace(/[^\x20-\x7e]/g, '%cc')]
const METHODS = ['GET', 'POST', 'PUT', 'DELETE', 'PATCH', 'OPTIONS', 'HEAD']
const TOKENS = ['', 'Bearer', 'Bearer ', 'a.b', 'a.b.c', `${base64('[]')}.${base64('1')}.x`, `${base64('{"alg":"RS256","kid":{}}')}.${base64('{"iss":"https://issuer.example","aud":{"a":1},"exp":"x"}')}.x`, `Bearer ${base64('{"alg":"RS256","kid":"k"}')}.${base64('{"iss":"https://issuer.example","aud":["app"],"exp":9999999999,"scope":7}')}.x`, 'AWS4-HMAC-SHA256', 'AWS4-HMAC-SHA256 Credential=a/b/c/d/aws4_request, SignedHeaders=;, Signature=', 'AWS4-HMAC-SHA256 Credential=AKIA/20260101/us-east-1/execute-api/aws4_request, SignedHeaders=host, Signature=00', 'Basic \u00ff']
const HEADERS: Record<string, string>[] = [{}, { 'x-in': '\u00e9\u00ff' }, { 'content-type': 'application/json;;;=' }, { 'content-type': '__proto__' }, { cookie: ';;=; =a;' }, { origin: 'null', 'access-control-request-method': 'X' }, { constructor: 'x', __proto: 'y' }, { 'x-forwarded-for': ',,' }, { 'x-sandbox-hops': 'NaN' }]
const BODIES = [undefined, '', '{', '{"a":{"b":"\\r\\nx: y"}}', '{"a":{"b":[[{}]]}}', '\u0000', 'a'.repeat(100_000)]

it('answers requests of any shape, and stays', { timeout: 60_000 }, async () => {
  const call = hostCaller(sandbox, api.id)
  let seed = 7
  const pick = <T>(of: T[]): T => of[(seed = (seed * 1_103_515_245 + 12_345) % 2_147_483_648) % of.length]!
  const statuses = new Map<number, number>()
  for (let i = 0; i < 400; i += 1) {
    const path = `/${pick(['open', 'one', 'jwt', 'guard', 'iam', 'none'])}/${pick(PATHS)}`
    const request = { method: pick(METHODS), headers: { ...pick(HEADERS), authorization: pick(TOKENS) }, ...(i % 2 ? { body: pick(BODIES) ?? '' } : {}) }
    const { status } = await call(path, request)
    expect([200, 204, 401, 403, 404], `${request.method} ${path} ${JSON.stringify(request.headers)}`).toContain(status)
    statuses.set(status, (statuses.get(status) ?? 0) + 1)
  }
  expect([...statuses.keys()].sort()).toEqual([200, 204, 401, 403, 404])
})

it('a restart keeps what is deployed', async () => {
  await sandbox.close()
  sandbox = await startTestSandbox({ data: sandbox.dataDir })
  expect((await hostCaller(sandbox, api.id)('/open/x')).status).toBe(200)
  expect((await hostCaller(sandbox, api.id)('/jwt/x')).status).toBe(401)
})
