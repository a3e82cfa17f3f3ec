import { ApiGatewayV2Client, CreateDeploymentCommand, CreateStageCommand, DeleteStageCommand, GetIntegrationsCommand, UpdateApiCommand, UpdateIntegrationCommand, UpdateStageCommand } from '@aws-sdk/client-apigatewayv2'
import { LambdaClient, PutFunctionConcurrencyCommand } from '@aws-sdk/client-lambda'
import { afterAll, beforeAll, beforeEach, expect, it } from 'vitest'
import { permit } from '../../services/apigateway/testing'
import { functionMaker, handlerZip, makeRole } from '../../services/lambda/testing'
import { startTestSandbox, type TestSandbox } from '../../testing'
import { hostCaller, makeHttpApi, type TestHttpApi } from './testing'

let sandbox: TestSandbox
let client: ApiGatewayV2Client
let lambda: LambdaClient
let api: TestHttpApi
let call: ReturnType<typeof hostCaller>

/** Gives back what the query's `answer` says, else the event itself. */
const HANDLER = `async (event) => {
  const { answer, wait, fail } = event.queryStringParameters ?? {}
  if (wait) await new Promise((done) => setTimeout(done, Number(wait)))
  if (fail) throw new Error(fail)
  if (answer === 'undefined') return undefined
  return answer ? JSON.parse(answer) : { statusCode: 200, headers: { 'X-Event': 'yes' }, body: JSON.stringify(event) }
}`
const arnOf = (name: string) => `arn:aws:lambda:us-east-1:${sandbox.accountId}:function:${name}`
const answering = (answer: unknown) => `/?answer=${encodeURIComponent(JSON.stringify(answer))}`
const V1 = { integration: { PayloadFormatVersion: '1.0' } }

beforeAll(async () => {
  sandbox = await startTestSandbox()
  client = new ApiGatewayV2Client(sandbox.learner)
  lambda = new LambdaClient(sandbox.learner)
  const create = functionMaker(lambda, await makeRole(sandbox.learner, 'r'))
  for (const name of ['proxy', 'closed', 'narrow', 'full']) await create(name, { zip: handlerZip(HANDLER) })
  await permit(lambda, 'proxy')
  await permit(lambda, 'full')
  await lambda.send(new PutFunctionConcurrencyCommand({ FunctionName: 'full', ReservedConcurrentExecutions: 0 }))
})
afterAll(() => sandbox.remove())
beforeEach(async () => {
  api = await makeHttpApi(client)
  call = hostCaller(sandbox, api.id)
})

it('hands a function the event of format 2.0', async () => {
  await api.route('POST /pets/{id}', arnOf('proxy'))
  const response = await call('/pets/a%20b?x=1&x=2&y=%C3%A4+z&e=', { method: 'POST', body: '{"a":1}', headers: { 'X-Multi': ['1', '2'], 'Content-Type': 'application/json', 'User-Agent': 'agent', Cookie: 'one=1; two=2' } })
  expect(response).toMatchObject({ status: 200, headers: { 'x-event': 'yes', 'content-type': 'text/plain; charset=utf-8', 'apigw-requestid': expect.any(String) } })
  const event = response.json
  expect(event).toEqual({
    version: '2.0',
    routeKey: 'POST /pets/{id}',
    rawPath: '/pets/a b',
    rawQueryString: 'x=1&x=2&y=%C3%A4+z&e=',
    cookies: ['one=1', 'two=2'],
    headers: {
      'content-length': '7',
      'content-type': 'application/json',
      host: `${api.id}.execute-api.localhost:${sandbox.port}`,
      'user-agent': 'agent',
      'x-amzn-trace-id': expect.stringMatching(/^Root=1-[0-9a-f]{8}-[0-9a-f]{24}$/),
      'x-forwarded-for': '127.0.0.1',
      'x-forwarded-port': '443',
      'x-forwarded-proto': 'https',
      'x-multi': '1,2',
    },
    queryStringParameters: { x: '1,2', y: 'ä z', e: '' },
    requestContext: {
      accountId: sandbox.accountId,
      apiId: api.id,
      domainName: `${api.id}.execute-api.localhost`,
      domainPrefix: api.id,
      http: { method: 'POST', path: '/pets/a b', protocol: 'HTTP/1.1', sourceIp: '127.0.0.1', userAgent: 'agent' },
      requestId: response.headers['apigw-requestid'],
      routeKey: 'POST /pets/{id}',
      stage: '$default',
      time: expect.stringMatching(/^\d\d\/[A-Z][a-z]{2}\/\d{4}:\d\d:\d\d:\d\d \+0000$/),
      timeEpoch: expect.any(Number),
    },
    pathParameters: { id: 'a b' },
    body: '{"a":1}',
    isBase64Encoded: false,
  })
})

it('leaves out of the event 2.0 what is empty', async () => {
  await api.route('$default', arnOf('proxy'))
  const { json } = await call('/')
  expect(json).toMatchObject({ routeKey: '$default', rawPath: '/', rawQueryString: '', isBase64Encoded: false })
  for (const name of ['cookies', 'queryStringParameters', 'pathParameters', 'stageVariables', 'body']) expect(json).not.toHaveProperty(name)
  expect(json.requestContext).not.toHaveProperty('authorizer')
})

it('hands a function the event of format 1.0', async () => {
  await api.route('ANY /pets/{id}', arnOf('proxy'), V1)
  const response = await call('/pets/a%20b?x=1&x=2', { method: 'PUT', body: 'text', headers: { 'X-Multi': ['1', '2'], 'Content-Type': 'text/plain', 'User-Agent': 'agent' } })
  expect(response.status).toBe(200)
  expect(response.json).toMatchObject({
    version: '1.0',
    resource: '/pets/{id}',
    path: '/pets/a b',
    httpMethod: 'PUT',
    headers: { 'X-Multi': '2', 'Content-Type': 'text/plain', 'X-Forwarded-Proto': 'https' },
    multiValueHeaders: { 'X-Multi': ['1', '2'] },
    queryStringParameters: { x: '2' },
    multiValueQueryStringParameters: { x: ['1', '2'] },
    requestContext: {
      accountId: sandbox.accountId,
      apiId: api.id,
      domainName: `${api.id}.execute-api.localhost`,
      domainPrefix: api.id,
      extendedRequestId: response.headers['apigw-requestid'],
      httpMethod: 'PUT',
      identity: { sourceIp: '127.0.0.1', userAgent: 'agent', accessKey: null, user: null, userArn: null },
      path: '/pets/a b',
      protocol: 'HTTP/1.1',
      requestId: response.headers['apigw-requestid'],
      resourcePath: '/pets/{id}',
      stage: '$default',
    },
    pathParameters: { id: 'a b' },
    stageVariables: null,
    body: 'text',
    isBase64Encoded: false,
  })
  expect((await call('/pets/1')).json).toMatchObject({ body: null, queryStringParameters: null, multiValueQueryStringParameters: null })
})

it.each([
  ['application/json; charset=utf-8', false],
  ['text/csv', false],
  ['application/xml', false],
  ['application/vnd.api+json', false],
  ['application/x-www-form-urlencoded', true],
  ['multipart/form-data; boundary=x', true],
  ['image/png', true],
])('a body of %s comes as base64: %s', async (type, isBase64Encoded) => {
  await api.route('POST /', arnOf('proxy'))
  const { json } = await call('/', { method: 'POST', body: 'a=1', headers: { 'Content-Type': type } })
  expect(json).toMatchObject({ isBase64Encoded, body: isBase64Encoded ? Buffer.from('a=1').toString('base64') : 'a=1' })
})

it('takes the answer of format 2.0: status, headers, cookies, body', async () => {
  await api.route('$default', arnOf('proxy'))
  const response = await call(answering({ statusCode: 201, headers: { 'Content-Type': 'text/html', 'X-A': 'b', 'X-N': 7, constructor: 'c', 'bad name': 'x', 'X-Bad': 'a\nb', Connection: 'close', 'Content-Length': '3' }, cookies: ['a=1; Secure', 'b=2'], body: '<p>' }))
  expect(response).toMatchObject({ status: 201, text: '<p>', headers: { 'content-type': 'text/html', 'x-a': 'b', 'x-n': '7', constructor: 'c', 'set-cookie': ['a=1; Secure', 'b=2'] } })
  expect(await call(answering({ statusCode: 200, isBase64Encoded: true, body: Buffer.from('ä').toString('base64') }))).toMatchObject({ text: 'ä' })
  expect(await call(answering({ statusCode: '204' }))).toMatchObject({ status: 204, text: '' })
})

it('infers a response of format 2.0 where the function gives no status', async () => {
  await api.route('$default', arnOf('proxy'))
  for (const [answer, text] of [['hello', 'hello'], [{ a: 1 }, '{"a":1}'], [[1, 2], '[1,2]'], [7, '7'], [true, 'true']] as const) {
    expect(await call(answering(answer))).toMatchObject({ status: 200, text, headers: { 'content-type': 'application/json' } })
  }
  expect(await call('/?answer=undefined')).toMatchObject({ status: 200, text: 'null' })
})

it('takes the answer of format 1.0, several values and all, and infers nothing', async () => {
  await api.route('$default', arnOf('proxy'), V1)
  const response = await call(answering({ statusCode: 200, headers: { 'X-A': 'b', 'X-B': 'lost' }, multiValueHeaders: { 'X-B': ['1', '2'], 'Set-Cookie': ['a=1', 'b=2'] }, body: 'ok' }))
  expect(response).toMatchObject({ status: 200, text: 'ok', headers: { 'x-a': 'b', 'x-b': '1,2', 'set-cookie': ['a=1', 'b=2'] } })
  expect(await call(answering('hello'))).toMatchObject({ status: 500, json: { message: 'Internal Server Error' } })
  expect(await call(answering({ a: 1 }))).toMatchObject({ status: 500 })
})

it.each([
  ['no status', { statusCode: 'abc' }],
  ['a body that is no text', { statusCode: 200, body: { a: 1 } }],
  ['headers that are none', { statusCode: 200, headers: ['a'] }],
  ['a status beyond HTTP', { statusCode: 1000 }],
])('a malformed answer is a 500: %s', async (_, answer) => {
  await api.route('$default', arnOf('proxy'))
  expect(await call(answering(answer))).toMatchObject({ status: 500, json: { message: 'Internal Server Error' }, headers: { 'content-type': 'application/json' } })
})

it('answers 500 for a function that fails, 503 for one that is late or has no room', async () => {
  await api.route('GET /', arnOf('proxy'), { integration: { TimeoutInMillis: 300 } })
  await api.route('GET /full', arnOf('full'))
  expect(await call('/?fail=broken')).toMatchObject({ status: 500, json: { message: 'Internal Server Error' } })
  expect(await call('/?wait=900')).toMatchObject({ status: 503, json: { message: 'Service Unavailable' } })
  expect(await call('/full')).toMatchObject({ status: 503, json: { message: 'Service Unavailable' } })
})

it('calls no function that does not let API Gateway', async () => {
  await api.route('$default', arnOf('closed'))
  await api.route('GET /none', arnOf('none'))
  expect(await call('/')).toMatchObject({ status: 500, json: { message: 'Internal Server Error' } })
  expect(await call('/none')).toMatchObject({ status: 500 })
})

it('tells the function’s policy the route as aws:SourceArn', async () => {
  const base = `arn:aws:execute-api:us-east-1:${sandbox.accountId}:${api.id}`
  await permit(lambda, 'narrow', `${base}/*/GET/pets/{id}`)
  await permit(lambda, 'narrow', `${base}/$default/$default`)
  await permit(lambda, 'narrow', `${base}/*/*/any`)
  for (const key of ['GET /pets/{id}', 'POST /pets/{id}', '$default', 'ANY /any']) await api.route(key, arnOf('narrow'))
  expect((await call('/pets/1')).status).toBe(200)
  expect((await call('/pets/1', { method: 'POST' })).status).toBe(500)
  expect((await call('/else')).status).toBe(200)
  expect((await call('/any', { method: 'PATCH' })).status).toBe(200)
  await client.send(new CreateStageCommand({ ApiId: api.id, StageName: 'dev', AutoDeploy: true }))
  expect((await call('/dev/else')).status).toBe(500)
})

it('calls a function as the integration’s role', async () => {
  const role = await makeRole(sandbox.learner, 'caller', ['service-role/AWSLambdaRole'], 'apigateway.amazonaws.com')
  const stranger = await makeRole(sandbox.learner, 'stranger', ['service-role/AWSLambdaRole'])
  await api.route('GET /', arnOf('closed'), { integration: { CredentialsArn: role } })
  await api.route('GET /stranger', arnOf('closed'), { integration: { CredentialsArn: stranger } })
  expect((await call('/')).status).toBe(200)
  expect((await call('/stranger')).status).toBe(500)
})

it('selects the most specific route', async () => {
  for (const key of ['$default', 'GET /a/{id}', 'ANY /a/{proxy+}', 'GET /a/b', 'ANY /a/b', 'GET /a/{id}/c', 'GET /{proxy+}', 'GET /x/{y}/z', 'GET /x/{y}/{z+}', 'GET /%C3%A4']) await api.route(key, arnOf('proxy'))
  const chosen = async (path: string, method = 'GET') => (await call(path, { method })).json.routeKey
  expect(await chosen('/a/b')).toBe('GET /a/b')
  expect(await chosen('/a/b', 'POST')).toBe('ANY /a/b')
  expect(await chosen('/a/x')).toBe('GET /a/{id}')
  expect(await chosen('/a/x', 'POST')).toBe('ANY /a/{proxy+}')
  expect(await chosen('/a/x/c')).toBe('GET /a/{id}/c')
  expect(await chosen('/a/x/d')).toBe('ANY /a/{proxy+}')
  expect(await chosen('/b')).toBe('GET /{proxy+}')
  expect(await chosen('/b', 'DELETE')).toBe('$default')
  expect(await chosen('/x/1/z')).toBe('GET /x/{y}/z')
  expect(await chosen('/x/1/w/v')).toBe('GET /x/{y}/{z+}')
  expect(await chosen('/')).toBe('$default')
  expect((await call('/x/1/w%2Fq/v')).json.pathParameters).toEqual({ y: '1', z: 'w/q/v' })
})

it('answers 404 where no route fits, no stage is deployed, or the API does not answer under its own name', async () => {
  const isNotFound = { status: 404, json: { message: 'Not Found' }, headers: { 'content-type': 'application/json' } }
  expect(await call('/')).toMatchObject(isNotFound)
  await api.route('GET /pets', arnOf('proxy'))
  expect((await call('/pets')).status).toBe(200)
  expect(await call('/pets', { method: 'POST' })).toMatchObject(isNotFound)
  expect(await call('/pets/')).toMatchObject(isNotFound)
  await client.send(new UpdateApiCommand({ ApiId: api.id, DisableExecuteApiEndpoint: true }))
  expect(await call('/pets')).toMatchObject(isNotFound)
  await client.send(new UpdateApiCommand({ ApiId: api.id, DisableExecuteApiEndpoint: false }))
  await client.send(new DeleteStageCommand({ ApiId: api.id, StageName: '$default' }))
  expect(await call('/pets')).toMatchObject(isNotFound)
})

it('a named stage is in the path, with variables and deployments of its own', async () => {
  await api.route('GET /pets', arnOf('${stageVariables.fn}'))
  await client.send(new CreateStageCommand({ ApiId: api.id, StageName: 'dev', StageVariables: { fn: 'proxy' } }))
  expect((await call('/dev/pets')).status).toBe(404)
  await client.send(new CreateDeploymentCommand({ ApiId: api.id, StageName: 'dev' }))
  const { json } = await call('/dev/pets?a=1')
  expect(json).toMatchObject({ rawPath: '/dev/pets', stageVariables: { fn: 'proxy' }, requestContext: { stage: 'dev', http: { path: '/dev/pets' } } })
  await api.route('GET /more', arnOf('proxy'))
  expect((await call('/more')).status).toBe(200)
  expect((await call('/dev/more')).status).toBe(404)
  await client.send(new UpdateStageCommand({ ApiId: api.id, StageName: 'dev', AutoDeploy: true }))
  expect((await call('/dev/more')).status).toBe(200)
  await client.send(new UpdateStageCommand({ ApiId: api.id, StageName: 'dev', StageVariables: { fn: 'closed' } }))
  expect((await call('/dev/pets')).status).toBe(500)
})

it('shows the path as it was sent, trailing slash or none', async () => {
  await api.route('GET /', arnOf('proxy'))
  await client.send(new CreateStageCommand({ ApiId: api.id, StageName: 'dev', AutoDeploy: true }))
  for (const path of ['/', '/dev', '/dev/']) expect((await call(path)).json).toMatchObject({ routeKey: 'GET /', rawPath: path })
})

it('answers on the path forms too', async () => {
  await api.route('GET /pets', arnOf('proxy'))
  await client.send(new CreateStageCommand({ ApiId: api.id, StageName: 'dev', AutoDeploy: true }))
  const rawPath = async (path: string) => ((await (await fetch(sandbox.url + path)).json()) as { rawPath: string }).rawPath
  expect(await rawPath(`/_aws/execute-api/${api.id}/pets`)).toBe('/pets')
  expect(await rawPath(`/_aws/execute-api/${api.id}/dev/pets`)).toBe('/dev/pets')
  expect(await rawPath(`/restapis/${api.id}/dev/_user_request_/pets`)).toBe('/dev/pets')
  expect(await rawPath(`/restapis/${api.id}/$default/_user_request_/pets`)).toBe('/pets')
})

it('throttles by stage and by route', async () => {
  await api.route('GET /slow', arnOf('proxy'))
  await api.route('GET /other', arnOf('proxy'))
  await client.send(new UpdateStageCommand({ ApiId: api.id, StageName: '$default', DefaultRouteSettings: { ThrottlingBurstLimit: 100, ThrottlingRateLimit: 100 }, RouteSettings: { 'GET /slow': { ThrottlingBurstLimit: 2, ThrottlingRateLimit: 0.001 } } }))
  const statuses: number[] = []
  for (let i = 0; i < 4; i += 1) statuses.push((await call('/slow')).status)
  expect(statuses).toEqual([200, 200, 429, 429])
  expect(await call('/slow')).toMatchObject({ json: { message: 'Too Many Requests' } })
  expect((await call('/other')).status).toBe(200)
})

it('maps parameters into what a function gets, and its response', async () => {
  await api.route('POST /pets/{id}', arnOf('proxy'), { integration: { RequestParameters: { 'append:header.x-id': '$request.path.id', 'overwrite:querystring.q': 'v-${request.header.x-in}-$context.stage', 'remove:header.x-in': '' }, ResponseParameters: { 200: { 'append:header.x-out': '$response.header.x-event', 'overwrite:statuscode': '202', 'overwrite:header.x-body': '$request.body.a.b' } } } })
  const response = await call('/pets/7', { method: 'POST', headers: { 'x-in': 'me', 'content-type': 'application/json' }, body: '{"a":{"b":"deep"}}' })
  expect(response).toMatchObject({ status: 202, headers: { 'x-out': 'yes', 'x-body': 'deep' } })
  expect(response.json.headers).toMatchObject({ 'x-id': '7' })
  expect(response.json.headers).not.toHaveProperty('x-in')
  expect(response.json.queryStringParameters).toEqual({ q: 'v-me-$default' })
})

it('maps parts of the body by JSONPath, without recursion, from its first 100 KB', async () => {
  const source = (path: string) => `$request.body.${path}`
  await api.route('POST /', arnOf('proxy'), { integration: { RequestParameters: { 'overwrite:header.x-item': source("items[1]['name']"), 'overwrite:header.x-object': source('items[0]'), 'overwrite:header.x-deep': source('.name'), 'overwrite:header.x-none': source('none') } } })
  const post = async (body: object) => (await call('/', { method: 'POST', headers: { 'content-type': 'application/json' }, body: JSON.stringify(body) })).json.headers
  const items = [{ a: 1 }, { name: 'second' }]
  const headers = await post({ items })
  expect(headers).toMatchObject({ 'x-item': 'second', 'x-object': '{"a":1}' })
  for (const name of ['x-deep', 'x-none']) expect(headers).not.toHaveProperty(name)
  expect(await post({ items, filler: 'x'.repeat(102_400) })).not.toHaveProperty('x-item')
})

it('an integration that changes is deployed at once', async () => {
  await api.route('GET /', arnOf('closed'))
  const [integration] = (await client.send(new GetIntegrationsCommand({ ApiId: api.id }))).Items!
  await client.send(new UpdateIntegrationCommand({ ApiId: api.id, IntegrationId: integration!.IntegrationId, IntegrationUri: arnOf('proxy') }))
  expect((await call('/')).status).toBe(200)
})
