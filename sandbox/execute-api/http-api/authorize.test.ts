import { createServer, type Server } from 'node:http'
import { createHmac, generateKeyPairSync, sign, type KeyObject } from 'node:crypto'
import type { AddressInfo } from 'node:net'
import { ApiGatewayV2Client, CreateAuthorizerCommand, ResetAuthorizersCacheCommand, type CreateAuthorizerRequest } from '@aws-sdk/client-apigatewayv2'
import { CreateAccessKeyCommand, CreateUserCommand, IAMClient, PutUserPolicyCommand } from '@aws-sdk/client-iam'
import { LambdaClient } from '@aws-sdk/client-lambda'
import { Sha256 } from '@aws-crypto/sha256-js'
import { HttpRequest } from '@smithy/core/protocols'
import { SignatureV4 } from '@smithy/signature-v4'
import { afterAll, beforeAll, beforeEach, expect, it } from 'vitest'
import { functionUri, permit } from '../../services/apigateway/testing'
import { eventually, functionMaker, handlerZip, makeRole, zipOf } from '../../services/lambda/testing'
import { startTestSandbox, type ClientConfig, type TestSandbox } from '../../testing'
import { hostCaller, makeHttpApi, type TestHttpApi } from './testing'

let sandbox: TestSandbox
let client: ApiGatewayV2Client
let lambda: LambdaClient
let issuer: Server
let issuerUrl: string
let strangerUrl: string
let api: TestHttpApi
let call: ReturnType<typeof hostCaller>

/** How often the issuer was asked for its keys. */
let asked = 0
const keys = generateKeyPairSync('rsa', { modulusLength: 2048 })
const otherKeys = generateKeyPairSync('rsa', { modulusLength: 2048 })
const curve = generateKeyPairSync('ec', { namedCurve: 'P-256' })
let published: object[] = []

const AUTHORIZER = `let calls = 0
exports.handler = async (event) => {
  calls += 1
  const token = event.headers.token ?? event.headers.Token
  if (token === 'who') throw new Error('Unauthorized')
  if (token === 'broken') throw new Error('oops')
  if (token === 'nothing') return {}
  if (token === 'event') return { isAuthorized: true, context: { event: JSON.stringify(event) } }
  if (token.startsWith('simple')) return { isAuthorized: token !== 'simple-no', context: { calls, isAdmin: true } }
  const arn = event.routeArn ?? event.methodArn
  const Resource = token === 'get' ? arn.replace(/\\/[A-Z]+\\/.*/, '/GET/*') : '*'
  return { principalId: 'user-1', policyDocument: { Version: '2012-10-17', Statement: [{ Action: 'execute-api:Invoke', Effect: token === 'deny' ? 'Deny' : 'Allow', Resource }] }, context: { calls, arn } }
}`
const arnOf = (name: string) => `arn:aws:lambda:us-east-1:${sandbox.accountId}:function:${name}`

beforeAll(async () => {
  issuer = createServer((request, response) => {
    asked += 1
    const answers: Record<string, object> = { '/.well-known/openid-configuration': { issuer: issuerUrl, jwks_uri: `${issuerUrl}/keys` }, '/keys': { keys: published } }
    response.end(JSON.stringify(answers[request.url!] ?? {}))
  })
  await new Promise<void>((resolve) => issuer.listen(0, '127.0.0.1', resolve))
  const { port } = issuer.address() as AddressInfo
  issuerUrl = `http://127.0.0.1:${port}`
  strangerUrl = `http://localhost:${port}`
  published = [{ ...keys.publicKey.export({ format: 'jwk' }), kid: 'one', alg: 'RS256', use: 'sig' }, { ...curve.publicKey.export({ format: 'jwk' }), kid: 'curve' }]
  sandbox = await startTestSandbox({ allowOutgoing: [`127.0.0.1:${port}`] })
  client = new ApiGatewayV2Client(sandbox.learner)
  lambda = new LambdaClient(sandbox.learner)
  const create = functionMaker(lambda, await makeRole(sandbox.learner, 'r'))
  await create('echo', { zip: handlerZip('async (event) => event.requestContext.authorizer ?? null') })
  await create('echo1', { zip: handlerZip('async (event) => ({ statusCode: 200, body: JSON.stringify(event.requestContext) })') })
  await create('authorizer', { zip: zipOf({ 'index.js': AUTHORIZER }) })
  await create('unpermitted', { zip: zipOf({ 'index.js': AUTHORIZER }) })
  await create('oidc', { zip: handlerZip(`async (event) => event.rawPath.endsWith('/keys') ? { keys: [${JSON.stringify({ ...keys.publicKey.export({ format: 'jwk' }), kid: 'one' })}] } : { jwks_uri: 'http://' + event.headers.host + '/keys' }`) })
  for (const name of ['echo', 'echo1', 'authorizer', 'oidc']) await permit(lambda, name)
})
afterAll(async () => {
  issuer.close()
  await sandbox.remove()
})
beforeEach(async () => {
  api = await makeHttpApi(client)
  call = hostCaller(sandbox, api.id)
})

const part = (value: object) => Buffer.from(JSON.stringify(value)).toString('base64url')
const now = () => Math.floor(Date.now() / 1000)
/** A token of the issuer, good for an hour. */
function token(claims: object = {}, header: object = {}, key: KeyObject = keys.privateKey, hash: string | null = 'sha256'): string {
  const signed = `${part({ alg: 'RS256', kid: 'one', typ: 'JWT', ...header })}.${part({ iss: issuerUrl, aud: 'app', exp: now() + 3600, sub: 'me', ...claims })}`
  return `${signed}.${sign(hash, Buffer.from(signed), key).toString('base64url')}`
}
const withToken = (authorization: string) => ({ headers: { authorization } })

async function guard(more: Partial<CreateAuthorizerRequest> & { scopes?: string[]; key?: string; target?: string } = {}) {
  const { scopes, key = 'GET /', target = arnOf('echo'), ...given } = more
  const isJwt = given.AuthorizerType === undefined
  const defaults: Partial<CreateAuthorizerRequest> = isJwt
    ? { AuthorizerType: 'JWT', IdentitySource: ['$request.header.Authorization'], JwtConfiguration: { Audience: ['app', 'second'], Issuer: issuerUrl } }
    : { AuthorizerUri: functionUri(arnOf('authorizer')), AuthorizerPayloadFormatVersion: '2.0', IdentitySource: ['$request.header.token'] }
  const { AuthorizerId } = await client.send(new CreateAuthorizerCommand({ ApiId: api.id, Name: `a${Math.random()}`, ...defaults, ...given } as CreateAuthorizerRequest))
  const route = { AuthorizationType: isJwt ? ('JWT' as const) : ('CUSTOM' as const), AuthorizerId, ...(scopes ? { AuthorizationScopes: scopes } : {}) }
  await api.route(key, target, { route, ...(target.endsWith('1') ? { integration: { PayloadFormatVersion: '1.0' } } : {}) })
  return route
}
const REQUEST = { AuthorizerType: 'REQUEST' as const }

it('lets a JWT of the issuer pass and hands its claims on', async () => {
  await guard()
  for (const text of [`Bearer ${token()}`, token()]) expect((await call('/', withToken(text))).status).toBe(200)
  const { json } = await call('/', withToken(token({ scope: 'read write', groups: ['a', 'b'], admin: true })))
  expect(json).toEqual({ jwt: { claims: { iss: issuerUrl, aud: 'app', exp: expect.stringMatching(/^\d+$/), sub: 'me', scope: 'read write', groups: '[a b]', admin: 'true' }, scopes: null } })
  await guard({ key: 'GET /one', target: arnOf('echo1') })
  expect((await call('/one', withToken(token()))).json.authorizer).toMatchObject({ claims: { sub: 'me' }, scopes: null })
})

it('answers 401 without a token, with a bare challenge', async () => {
  await guard()
  expect(await call('/')).toMatchObject({ status: 401, json: { message: 'Unauthorized' }, headers: { 'www-authenticate': 'Bearer' } })
})

it.each<[string, () => string]>([
  ['that is none', () => 'nonsense'],
  ['of another issuer', () => token({ iss: 'https://else.example' })],
  ['for another audience', () => token({ aud: 'else' })],
  ['whose aud does not fit although client_id would', () => token({ aud: 'else', client_id: 'app' })],
  ['without aud and client_id', () => token({ aud: undefined })],
  ['that has expired', () => token({ exp: now() - 10 })],
  ['without exp', () => token({ exp: undefined })],
  ['that is not valid yet', () => token({ nbf: now() + 600 })],
  ['issued in the future', () => token({ iat: now() + 600 })],
  ['signed by another key', () => token({}, {}, otherKeys.privateKey)],
  ['whose key the issuer does not have', () => token({}, { kid: 'two' })],
  ['without kid', () => token({}, { kid: undefined })],
  ['signed by an elliptic curve', () => token({}, { alg: 'ES256', kid: 'curve' }, curve.privateKey)],
  ['without signature', () => `${part({ alg: 'none' })}.${part({ iss: issuerUrl, aud: 'app', exp: now() + 3600 })}.`],
  ['signed with the public key as a secret', () => {
    const signed = `${part({ alg: 'HS256', kid: 'one' })}.${part({ iss: issuerUrl, aud: 'app', exp: now() + 3600 })}`
    return `${signed}.${createHmac('sha256', keys.publicKey.export({ type: 'spki', format: 'pem' })).update(signed).digest('base64url')}`
  }],
  ['changed after it was signed', () => token().replace(/\.[^.]+\./, `.${part({ iss: issuerUrl, aud: 'app', exp: now() + 3600, sub: 'admin' })}.`)],
])('answers 401 for a token %s', async (_, make) => {
  await guard()
  const response = await call('/', withToken(`Bearer ${make()}`))
  expect(response).toMatchObject({ status: 401, json: { message: 'Unauthorized' } })
  expect(response.headers['www-authenticate']).toMatch(/^Bearer scope="" error="invalid_token" error_description="[^"]+"$/)
})

it.each([
  ['RS384', 'sha384'],
  ['RS512', 'sha512'],
])('takes %s too', async (alg, hash) => {
  await guard()
  expect((await call('/', withToken(token({}, { alg }, keys.privateKey, hash)))).status).toBe(200)
})

it('takes client_id where there is no aud, a list of audiences, and a token from the query', async () => {
  await guard({ IdentitySource: ['$request.querystring.token'] })
  for (const claims of [{ aud: undefined, client_id: 'app' }, { aud: ['x', 'second'] }]) expect((await call(`/?token=${token(claims)}`)).status).toBe(200)
})

it('answers 403 for a token without one of the route’s scopes', async () => {
  await guard({ scopes: ['read', 'admin'] })
  const refused = await call('/', withToken(token({ scope: 'write' })))
  expect(refused).toMatchObject({ status: 403, json: { message: 'Forbidden' } })
  expect(refused.headers['www-authenticate']).toBe('Bearer scope="read admin" error="insufficient_scope" error_description="the token does not have any of the required scopes"')
  expect((await call('/', withToken(token({ scope: 'write read' })))).json.jwt.scopes).toEqual(['write', 'read'])
  expect((await call('/', withToken(token({ scp: ['admin'] })))).json.jwt.scopes).toEqual(['admin'])
})

it('keeps the issuer’s keys, and asks anew for one that is not among them', async () => {
  await guard()
  await call('/', withToken(token()))
  const before = asked
  await call('/', withToken(token()))
  expect(asked).toBe(before)
  published.push({ ...otherKeys.publicKey.export({ format: 'jwk' }), kid: 'new' })
  const rotated = () => call('/', withToken(token({}, { kid: 'new' }, otherKeys.privateKey)))
  await eventually(async () => ((await rotated()).status === 200 ? true : undefined))
})

it('asks no issuer that the operator does not allow', async () => {
  await guard({ JwtConfiguration: { Audience: ['app'], Issuer: strangerUrl } })
  const before = asked
  expect((await call('/', withToken(token({ iss: strangerUrl })))).headers['www-authenticate']).toContain('OIDC discovery endpoint communication error')
  expect(asked).toBe(before)
})

it('takes a deployed API of the sandbox as issuer', async () => {
  const oidc = await makeHttpApi(client)
  await oidc.route('$default', arnOf('oidc'))
  const Issuer = `http://${oidc.id}.execute-api.localhost:${sandbox.port}`
  await guard({ JwtConfiguration: { Audience: ['app'], Issuer } })
  expect((await call('/', withToken(token({ iss: Issuer })))).status).toBe(200)
})

it('asks a Lambda authorizer that answers yes or no', async () => {
  await guard({ ...REQUEST, EnableSimpleResponses: true })
  expect(await call('/', { headers: { token: 'simple' } })).toMatchObject({ status: 200, json: { lambda: { calls: expect.any(Number), isAdmin: true } } })
  expect(await call('/', { headers: { token: 'simple-no' } })).toMatchObject({ status: 403, json: { message: 'Forbidden' } })
  expect(await call('/')).toMatchObject({ status: 401, json: { message: 'Unauthorized' } })
  expect(await call('/', { headers: { token: 'who' } })).toMatchObject({ status: 401, json: { message: 'Unauthorized' } })
  for (const bad of ['broken', 'nothing']) expect(await call('/', { headers: { token: bad } })).toMatchObject({ status: 500, json: { message: 'Internal Server Error' } })
})

it('hands a Lambda authorizer the event of format 2.0', async () => {
  await guard({ ...REQUEST, EnableSimpleResponses: true, key: 'GET /pets/{id}', IdentitySource: ['$request.header.token', '$request.querystring.q', '$context.routeKey'] })
  const { json } = await call('/pets/1?q=z', { headers: { token: 'event' } })
  expect(JSON.parse(json.lambda.event)).toMatchObject({
    version: '2.0',
    type: 'REQUEST',
    routeArn: `arn:aws:execute-api:us-east-1:${sandbox.accountId}:${api.id}/$default/GET/pets/1`,
    identitySource: ['event', 'z', 'GET /pets/{id}'],
    routeKey: 'GET /pets/{id}',
    rawPath: '/pets/1',
    queryStringParameters: { q: 'z' },
    pathParameters: { id: '1' },
    requestContext: { http: { method: 'GET' } },
  })
  expect((await call('/pets/1', { headers: { token: 'event' } })).status).toBe(401)
})

it('holds a request against the policy that a Lambda authorizer gives', async () => {
  for (const AuthorizerPayloadFormatVersion of ['1.0', '2.0']) {
    const version = AuthorizerPayloadFormatVersion[0]
    const { AuthorizationType, AuthorizerId } = await guard({ ...REQUEST, AuthorizerPayloadFormatVersion, key: `GET /v${version}` })
    await api.route(`POST /v${version}`, arnOf('echo1'), { integration: { PayloadFormatVersion: '1.0' }, route: { AuthorizationType, AuthorizerId } })
    const ask = (method: string, token: string) => call(`/v${version}`, { method, headers: { token } })
    expect(await ask('GET', 'allow')).toMatchObject({ status: 200, json: { lambda: { arn: `arn:aws:execute-api:us-east-1:${sandbox.accountId}:${api.id}/$default/GET/v${version}` } } })
    expect((await ask('POST', 'allow')).json.authorizer).toMatchObject({ principalId: 'user-1', calls: expect.any(Number) })
    expect((await ask('GET', 'deny')).status).toBe(403)
    expect((await ask('GET', 'get')).status).toBe(200)
    expect(await ask('POST', 'get')).toMatchObject({ status: 403, json: { message: 'Forbidden' } })
    expect((await ask('GET', 'nothing')).status).toBe(500)
  }
})

it('caches what an authorizer said by its identity sources until that is reset', async () => {
  await guard({ ...REQUEST, EnableSimpleResponses: true, AuthorizerResultTtlInSeconds: 300 })
  const calls = async (token: string) => (await call('/', { headers: { token } })).json.lambda.calls
  const first = await calls('simple-cached')
  expect(await calls('simple-cached')).toBe(first)
  expect(await calls('simple-other')).not.toBe(first)
  await client.send(new ResetAuthorizersCacheCommand({ ApiId: api.id, StageName: '$default' }))
  expect(await calls('simple-cached')).not.toBe(first)
  await expect(client.send(new ResetAuthorizersCacheCommand({ ApiId: api.id, StageName: 'none' }))).rejects.toMatchObject({ name: 'NotFoundException' })
})

it('calls no authorizer that does not let API Gateway', async () => {
  await guard({ ...REQUEST, EnableSimpleResponses: true, AuthorizerUri: functionUri(arnOf('unpermitted')) })
  expect((await call('/', { headers: { token: 'simple' } })).status).toBe(500)
})

it('lets a signed request pass where its caller may invoke the route', async () => {
  await api.route('GET /pets/{id}', arnOf('echo'), { route: { AuthorizationType: 'AWS_IAM' } })
  await api.route('POST /pets/{id}', arnOf('echo1'), { route: { AuthorizationType: 'AWS_IAM' }, integration: { PayloadFormatVersion: '1.0' } })
  const iam = new IAMClient(sandbox.learner)
  const UserName = `caller-${api.id}`
  await iam.send(new CreateUserCommand({ UserName }))
  const Statement = { Effect: 'Allow', Action: 'execute-api:Invoke', Resource: `arn:aws:execute-api:us-east-1:${sandbox.accountId}:${api.id}/$default/GET/pets/*` }
  await iam.send(new PutUserPolicyCommand({ UserName, PolicyName: 'p', PolicyDocument: JSON.stringify({ Version: '2012-10-17', Statement }) }))
  const { AccessKey } = await iam.send(new CreateAccessKeyCommand({ UserName }))
  const caller = sandbox.as({ accessKeyId: AccessKey!.AccessKeyId!, secretAccessKey: AccessKey!.SecretAccessKey! })
  const signed = async (config: ClientConfig, method: string, path: string, service = 'execute-api') => {
    const signer = new SignatureV4({ credentials: config.credentials, region: 'us-east-1', service, sha256: Sha256 })
    const { headers } = await signer.sign(new HttpRequest({ method, hostname: '127.0.0.1', path, headers: { host: `${api.id}.execute-api.localhost:${sandbox.port}` } }))
    return call(path, { method, headers })
  }
  const { json } = await signed(caller, 'GET', '/pets/1')
  expect(json.iam).toMatchObject({ accessKey: AccessKey!.AccessKeyId, accountId: sandbox.accountId, userArn: `arn:aws:iam::${sandbox.accountId}:user/${UserName}`, userId: expect.stringMatching(/^AIDA/), cognitoIdentity: null })
  expect((await signed(sandbox.learner, 'POST', '/pets/1')).json.identity).toMatchObject({ userArn: expect.stringContaining(':user/learner'), accountId: sandbox.accountId })
  const isForbidden = { status: 403, json: { message: 'Forbidden' } }
  expect(await signed(caller, 'POST', '/pets/1')).toMatchObject(isForbidden)
  expect(await signed(caller, 'GET', '/pets/1', 's3')).toMatchObject(isForbidden)
  expect(await call('/pets/1')).toMatchObject(isForbidden)
  expect(await signed({ ...caller, credentials: { ...caller.credentials, secretAccessKey: 'x' } }, 'GET', '/pets/1')).toMatchObject(isForbidden)
  const { config: stranger } = await sandbox.newAccount()
  expect(await signed(stranger, 'GET', '/pets/1')).toMatchObject(isForbidden)
})

it('a signature goes by the machine’s time although the account’s clock is ahead; a token by the account’s', async () => {
  const fresh = await sandbox.newAccount()
  client = new ApiGatewayV2Client(fresh.config)
  api = await makeHttpApi(client)
  call = hostCaller(sandbox, api.id)
  await api.route('GET /signed', undefined, { route: { AuthorizationType: 'AWS_IAM' } })
  await guard({ key: 'GET /token' })
  await fetch(`${sandbox.url}/_worklab/accounts/${fresh.accountId}/clock`, { method: 'POST', headers: { authorization: `Bearer ${sandbox.adminToken}`, 'content-type': 'application/json' }, body: JSON.stringify({ forwardSeconds: 86_400 }) })
  const signer = new SignatureV4({ credentials: fresh.config.credentials, region: 'us-east-1', service: 'execute-api', sha256: Sha256 })
  const { headers } = await signer.sign(new HttpRequest({ method: 'GET', hostname: '127.0.0.1', path: '/signed', headers: { host: `${api.id}.execute-api.localhost:${sandbox.port}` } }))
  // Allowed in: that the route has no integration is what then fails.
  expect((await call('/signed', { headers })).status).toBe(500)
  expect((await call('/token', withToken(token()))).headers['www-authenticate']).toContain('the token has expired')
  client = new ApiGatewayV2Client(sandbox.learner)
})
