import { createServer, type IncomingMessage, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { ApiGatewayV2Client, CreateAuthorizerCommand, CreateStageCommand, UpdateApiCommand } from '@aws-sdk/client-apigatewayv2'
import { afterAll, beforeAll, beforeEach, expect, it } from 'vitest'
import { startTestSandbox, type TestSandbox } from '../../testing'
import { hostCaller, makeHttpApi, type TestHttpApi } from './testing'

let sandbox: TestSandbox
let client: ApiGatewayV2Client
let backend: Server
let url: string
let api: TestHttpApi
let call: ReturnType<typeof hostCaller>

beforeAll(async () => {
  backend = createServer(async (request: IncomingMessage, response) => {
    const chunks: Buffer[] = []
    for await (const chunk of request) chunks.push(chunk as Buffer)
    const { pathname, searchParams } = new URL(request.url!, 'http://x')
    const wait = Number(searchParams.get('wait') ?? 0)
    await new Promise((done) => setTimeout(done, wait))
    const status = Number(searchParams.get('status') ?? 200)
    response.writeHead(status, { 'content-type': 'application/json', 'x-backend': 'yes', 'set-cookie': ['a=1', 'b=2'], 'access-control-allow-origin': 'https://backend.example', ...(status === 301 ? { location: '/else' } : {}) })
    response.end(JSON.stringify({ method: request.method, path: pathname, query: [...searchParams], headers: request.headers, body: Buffer.concat(chunks).toString() }))
  })
  await new Promise<void>((resolve) => backend.listen(0, '127.0.0.1', resolve))
  url = `http://127.0.0.1:${(backend.address() as AddressInfo).port}`
  sandbox = await startTestSandbox({ allowOutgoing: [new URL(url).host, '127.0.0.1:1'] })
  client = new ApiGatewayV2Client(sandbox.learner)
})
afterAll(async () => {
  backend.close()
  await sandbox.remove()
})
beforeEach(async () => {
  api = await makeHttpApi(client)
  call = hostCaller(sandbox, api.id)
})

it('passes the whole request on, and the whole answer back', async () => {
  await api.route('ANY /files/{proxy+}', `${url}/store/{proxy}`)
  const response = await call('/files/a%20b/c?x=1&x=2', { method: 'PUT', body: 'hello', headers: { 'X-Multi': ['1', '2'], 'Content-Type': 'text/plain' } })
  expect(response).toMatchObject({ status: 200, headers: { 'x-backend': 'yes', 'set-cookie': ['a=1', 'b=2'], 'content-type': 'application/json' } })
  expect(response.json).toMatchObject({
    method: 'PUT',
    path: '/store/a%20b/c',
    query: [['x', '1'], ['x', '2']],
    body: 'hello',
    headers: { host: new URL(url).host, 'x-multi': '1, 2', forwarded: `for=127.0.0.1;host=${api.id}.execute-api.localhost;proto=https`, via: 'HTTP/1.1 AmazonAPIGateway' },
  })
  expect(await call('/files/a?status=404')).toMatchObject({ status: 404, json: { path: '/store/a' } })
  expect(await call('/files/a?status=301')).toMatchObject({ status: 301, headers: { location: '/else' } })
})

it('maps the request: appends, overwrites, removes', async () => {
  await api.route('POST /pets/{id}', `${url}/{id}`, {
    integration: {
      IntegrationMethod: 'GET',
      RequestParameters: {
        'append:header.x-list': '$request.querystring.name',
        'overwrite:header.x-who': 'api $context.apiId in ${stageVariables.colour}',
        'remove:header.x-gone': "''",
        'append:querystring.more': 'static',
        'overwrite:querystring.name': '$request.header.x-name',
        'remove:querystring.old': "''",
        'overwrite:path': '/mapped/$request.path.id',
      },
    },
  })
  await client.send(new CreateStageCommand({ ApiId: api.id, StageName: 'dev', AutoDeploy: true, StageVariables: { colour: 'red' } }))
  const { json } = await call('/dev/pets/7?name=n&old=1', { method: 'POST', headers: { 'x-list': 'first', 'x-gone': '1', 'x-name': 'header' } })
  expect(json).toMatchObject({ method: 'GET', path: '/mapped/7', query: [['more', 'static'], ['name', 'header']], headers: { 'x-list': 'first, n', 'x-who': `api ${api.id} in red` } })
  expect(json.headers).not.toHaveProperty('x-gone')
})

it('maps the response by its status', async () => {
  await api.route('GET /', url, { integration: { ResponseParameters: { 404: { 'overwrite:statuscode': '200', 'append:header.x-was': '$response.header.x-backend', 'overwrite:header.content-type': 'text/plain', 'remove:header.x-backend': '' }, 500: { 'append:header.x-id': '$context.requestId' } } } })
  const found = await call('/?status=404')
  expect(found).toMatchObject({ status: 200, headers: { 'x-was': 'yes', 'content-type': 'text/plain' } })
  expect(found.headers).not.toHaveProperty('x-backend')
  const failed = await call('/?status=500')
  expect(failed).toMatchObject({ status: 500, headers: { 'x-backend': 'yes' } })
  expect(failed.headers['x-id']).toBe(failed.headers['apigw-requestid'])
  expect((await call('/')).headers).not.toHaveProperty('x-was')
})

it('answers 503 for a backend that is late or not there, or that the operator does not allow', async () => {
  await api.route('GET /late', `${url}/`, { integration: { TimeoutInMillis: 100 } })
  await api.route('GET /none', 'http://127.0.0.1:1/')
  await api.route('GET /refused', `${url.replace('127.0.0.1', 'localhost')}/`)
  for (const path of ['/late?wait=400', '/none', '/refused']) expect(await call(path), path).toMatchObject({ status: 503, json: { message: 'Service Unavailable' } })
})

it('calls another deployed API, and no endless row of them', async () => {
  const other = await makeHttpApi(client)
  await other.route('GET /{proxy+}', `${url}/other/{proxy}`)
  await api.route('GET /other/{proxy+}', `http://${other.id}.execute-api.localhost:${sandbox.port}/{proxy}`)
  const self = (path: string) => `http://${api.id}.execute-api.localhost:${sandbox.port}${path}`
  await api.route('GET /self', self('/self'))
  await api.route('GET /reset', self('/reset'), { integration: { RequestParameters: { 'overwrite:header.x-sandbox-hops': '0' } } })
  expect((await call('/other/x?a=1')).json).toMatchObject({ path: '/other/x', query: [['a', '1']] })
  expect((await call('/self')).status).toBe(500)
  expect((await call('/self', { headers: { 'x-sandbox-hops': '-1000000' } })).status).toBe(500)
  expect((await call('/reset')).status).toBe(500)
})

const ORIGIN = 'https://shop.example'
const preflight = (origin: string, more: Record<string, string> = {}) => ({ method: 'OPTIONS', headers: { origin, 'access-control-request-method': 'PUT', ...more } })

it('answers preflights itself and puts its CORS headers in place of the backend’s', async () => {
  await client.send(new UpdateApiCommand({ ApiId: api.id, CorsConfiguration: { AllowOrigins: [ORIGIN, 'http://*'], AllowMethods: ['GET', 'PUT'], AllowHeaders: ['X-One', 'authorization'], ExposeHeaders: ['X-Two'], MaxAge: 300, AllowCredentials: true } }))
  await api.route('GET /', url)
  const allowed = await call('/', preflight(ORIGIN))
  expect(allowed).toMatchObject({ status: 204, text: '', headers: { 'access-control-allow-origin': ORIGIN, 'access-control-allow-methods': 'GET,PUT', 'access-control-allow-headers': 'x-one,authorization', 'access-control-max-age': '300', 'access-control-allow-credentials': 'true', 'access-control-expose-headers': 'x-two' } })
  expect((await call('/nowhere', preflight('http://any.example'))).headers['access-control-allow-origin']).toBe('http://any.example')
  const strange = await call('/', preflight('https://evil.example'))
  expect(strange.status).toBe(204)
  expect(strange.headers).not.toHaveProperty('access-control-allow-origin')
  const simple = await call('/', { headers: { origin: ORIGIN } })
  expect(simple).toMatchObject({ status: 200, headers: { 'access-control-allow-origin': ORIGIN, 'access-control-allow-credentials': 'true', 'access-control-expose-headers': 'x-two', 'x-backend': 'yes' } })
  expect((await call('/')).headers).not.toHaveProperty('access-control-allow-origin')
  expect(await call('/nowhere', { headers: { origin: ORIGIN } })).toMatchObject({ status: 404, headers: { 'access-control-allow-origin': ORIGIN } })
})

it('leaves the backend’s CORS headers and OPTIONS routes alone where CORS is not configured', async () => {
  await api.route('ANY /', url)
  expect(await call('/', preflight(ORIGIN))).toMatchObject({ status: 200, json: { method: 'OPTIONS' }, headers: { 'access-control-allow-origin': 'https://backend.example' } })
  expect((await call('/else', preflight(ORIGIN))).status).toBe(404)
})

it('a guarded $default guards preflights, unless an open OPTIONS route goes before it', async () => {
  await client.send(new UpdateApiCommand({ ApiId: api.id, CorsConfiguration: { AllowOrigins: ['*'] } }))
  const { AuthorizerId } = await client.send(new CreateAuthorizerCommand({ ApiId: api.id, Name: 'jwt', AuthorizerType: 'JWT', IdentitySource: ['$request.header.Authorization'], JwtConfiguration: { Audience: ['a'], Issuer: 'https://issuer.example' } }))
  await api.route('$default', url, { route: { AuthorizationType: 'JWT', AuthorizerId } })
  expect((await call('/x', preflight(ORIGIN))).status).toBe(401)
  await api.route('OPTIONS /{proxy+}', url)
  expect(await call('/x', preflight(ORIGIN))).toMatchObject({ status: 204, headers: { 'access-control-allow-origin': '*' } })
})
