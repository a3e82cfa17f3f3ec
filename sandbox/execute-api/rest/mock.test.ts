import {
  APIGatewayClient,
  CreateModelCommand,
  CreateRequestValidatorCommand,
  PutGatewayResponseCommand,
  UpdateRestApiCommand,
  UpdateStageCommand,
  type PutIntegrationResponseRequest,
} from '@aws-sdk/client-api-gateway'
import { request as httpRequest } from 'node:http'
import { afterAll, beforeAll, beforeEach, expect, it, vi } from 'vitest'
import { makeApi, replace, type TestApi } from '../../services/apigateway/testing'
import { startTestSandbox, type TestSandbox } from '../../testing'
import { callerOf } from '../testing'

let sandbox: TestSandbox
let client: APIGatewayClient
let api: TestApi
let call: ReturnType<typeof callerOf>
beforeAll(async () => {
  sandbox = await startTestSandbox({ allowOutgoing: [] })
  client = new APIGatewayClient(sandbox.learner)
})
afterAll(() => sandbox.remove())
beforeEach(async () => {
  api = await makeApi(client)
  call = callerOf(sandbox, api.id)
})

/** A method that answers with what its response template makes. */
const template = (path: string, text: string, method: Parameters<TestApi['method']>[2] = {}, httpMethod = 'POST') =>
  api.method(path, httpMethod, { ...method, responses: [{ responseTemplates: { 'application/json': text } }] })

const byHost = (host: string, path: string) =>
  new Promise<{ status: number; body: string }>((resolve, reject) => {
    const sent = httpRequest({ host: '127.0.0.1', port: sandbox.port, path, headers: { host } }, (response) => {
      let body = ''
      response.on('data', (chunk) => (body += chunk)).on('end', () => resolve({ status: response.statusCode!, body }))
    })
    sent.on('error', reject).end()
  })

it('answers under host names and paths, and only on what was deployed', async () => {
  await template('/hello', '{"ok": true}', {}, 'GET')
  expect(await call('/hello')).toMatchObject({ status: 403, json: { message: 'Forbidden' }, errorType: 'ForbiddenException' })
  await api.deploy()
  expect(await call('/hello')).toMatchObject({ status: 200, json: { ok: true } })
  for (const host of [`${api.id}.execute-api.localhost:${sandbox.port}`, `${api.id}.execute-api.us-east-1.localhost`, `${api.id}.execute-api.localhost.localstack.cloud`]) {
    expect(await byHost(host, '/test/hello')).toEqual({ status: 200, body: '{"ok": true}' })
  }
  expect((await fetch(`${sandbox.url}/restapis/${api.id}/test/_user_request_/hello`)).status).toBe(200)
  expect((await fetch(`${sandbox.url}/_aws/execute-api/nosuchapi0/test/hello`)).status).toBe(403)
  const response = await call('/hello')
  expect(response.headers.get('x-amzn-requestid')).toMatch(/^[0-9a-f-]{36}$/)
  expect(response.headers.get('x-amz-apigw-id')).toMatch(/=$/)
  await template('/later', '{}', {}, 'GET')
  expect(await call('/later')).toMatchObject({ status: 403, json: { message: 'Missing Authentication Token' }, errorType: 'MissingAuthenticationTokenException' })
  expect(await call('/hello', { method: 'DELETE' })).toMatchObject({ status: 403, json: { message: 'Missing Authentication Token' } })
  await client.send(new UpdateRestApiCommand({ restApiId: api.id, patchOperations: replace({ '/disableExecuteApiEndpoint': 'true' }) }))
  expect((await call('/hello')).status).toBe(403)
})

it('finds the most specific path and method', async () => {
  for (const [path, verb] of [['/pets', 'GET'], ['/pets/{id}', 'GET'], ['/pets/special', 'GET'], ['/pets/special', 'ANY'], ['/{proxy+}', 'ANY']] as const) {
    await template(path, `"${verb} ${path} $input.params('id') $input.params('proxy')"`, {}, verb)
  }
  await api.deploy()
  expect((await call('/pets')).json).toBe('GET /pets  ')
  expect((await call('/pets/7%208')).json).toBe('GET /pets/{id} 7 8 ')
  expect((await call('/pets/special')).json).toBe('GET /pets/special  ')
  expect((await call('/pets/special', { method: 'PUT' })).json).toBe('ANY /pets/special  ')
  expect((await call('/pets/7', { method: 'PUT' })).json).toBe('ANY /{proxy+}  pets/7')
  expect((await call('/a/b/c')).json).toBe('ANY /{proxy+}  a/b/c')
})

it('answers CORS preflights by OPTIONS and MOCK as AWS’s console sets it up', async () => {
  await api.method('/', 'OPTIONS', {
    responses: [{ responseParameters: { 'method.response.header.Access-Control-Allow-Origin': "'*'", 'method.response.header.Access-Control-Allow-Methods': "'GET,OPTIONS'" }, responseTemplates: { 'application/json': '' } }],
  })
  await api.deploy()
  const response = await call('/', { method: 'OPTIONS' })
  expect(response).toMatchObject({ status: 200, text: '' })
  expect(response.headers.get('access-control-allow-origin')).toBe('*')
  expect(response.headers.get('access-control-allow-methods')).toBe('GET,OPTIONS')
})

it('chooses the response by the status that the request template gives', async () => {
  const responses: Partial<PutIntegrationResponseRequest>[] = [{ statusCode: '200', responseTemplates: { 'application/json': '{"found": true}' } }, { statusCode: '404', selectionPattern: '4\\d\\d', responseTemplates: { 'application/json': '{"found": false}' } }]
  await api.method('/', 'GET', { integration: { requestTemplates: { 'application/json': '{"statusCode": #if($input.params("id") == "1")200#{else}404#end}' } }, responses })
  await api.method('/bad', 'GET', { integration: { requestTemplates: { 'application/json': '{}' } } })
  await api.deploy()
  expect(await call('/?id=1')).toMatchObject({ status: 200, json: { found: true } })
  expect(await call('/?id=2')).toMatchObject({ status: 404, json: { found: false } })
  expect(await call('/bad')).toMatchObject({ status: 500, json: { message: 'Internal server error' }, errorType: 'InternalServerErrorException' })
})

it('renders templates with $input, $context, $stageVariables and $util', async () => {
  const text = `#set($context.responseOverride.status = 201)#set($context.responseOverride.header.X-Made = "yes")
{"stage": "$stageVariables.colour", "api": "$context.apiId", "ip": "$context.identity.sourceIp", "path": "$context.resourcePath",
 "query": "$util.escapeJavaScript($input.params('q'))", "header": "$input.params().header.get('X-One')", "encoded": "$util.base64Encode('a b') $util.urlEncode('a b&c')",
 "parsed": $util.parseJson('{"a":[1,2]}').a.size(), "list": [#foreach($n in [1..3])$n#if($foreach.hasNext),#end#end], "map": "#set($m = {"k": "v"})$m.containsKey('k') $m.isEmpty()", "java": "$input.params('q').replaceAll("[a-b]", "x").length()"}`
  await template('/t', text)
  await api.deploy('test', { colour: 'red' })
  const response = await call('/t?q=a%22b%2Fc', { method: 'POST', headers: { 'X-One': '1' } })
  expect(response.status).toBe(201)
  expect(response.headers.get('x-made')).toBe('yes')
  expect(response.json).toEqual({ stage: 'red', api: api.id, ip: '127.0.0.1', path: '/t', query: 'a"b/c', header: '1', encoded: 'YSBi a+b%26c', parsed: 2, list: [1, 2, 3], map: 'true false', java: '5' })
})

it('gives up templates that do not come to an end', async () => {
  await template('/range', '#foreach($i in [1..100000000])$i#end')
  await template('/nested', '#set($r=[1..999])#foreach($a in $r)#foreach($b in $r)#foreach($c in $r)$c#end#end#end')
  await template('/recursive', '#macro(again)#again()#end#again()')
  await template('/broken', '#if(')
  await api.deploy()
  for (const path of ['/range', '/nested', '/recursive', '/broken']) expect(await call(path, { method: 'POST' })).toMatchObject({ status: 500, json: { message: 'Internal server error' } })
})

it('gives up patterns that would never end', async () => {
  const { id: requestValidatorId } = await client.send(new CreateRequestValidatorCommand({ restApiId: api.id, validateRequestBody: true }))
  await client.send(new CreateModelCommand({ restApiId: api.id, name: 'Slow', contentType: 'application/json', schema: '{"type": "string", "pattern": "^(a+)+$"}' }))
  await api.method('/model', 'POST', { method: { requestValidatorId, requestModels: { 'application/json': 'Slow' } } })
  await template('/template', '$input.params("text").matches("(a+)+b")')
  await api.deploy()
  const slow = `${'a'.repeat(40)}!`
  const startedAt = Date.now()
  expect((await call('/model', { method: 'POST', body: JSON.stringify(slow), headers: { 'content-type': 'application/json' } })).status).toBe(500)
  expect((await call(`/template?text=${slow}`, { method: 'POST' })).status).toBe(500)
  expect(Date.now() - startedAt).toBeLessThan(5000)
})

it('holds requests against required parameters and models', async () => {
  const { id: requestValidatorId } = await client.send(new CreateRequestValidatorCommand({ restApiId: api.id, name: 'all', validateRequestBody: true, validateRequestParameters: true }))
  const model = (name: string, schema: object) => client.send(new CreateModelCommand({ restApiId: api.id, name, contentType: 'application/json', schema: JSON.stringify(schema) }))
  await model('Price', { $schema: 'http://json-schema.org/draft-04/schema#', type: 'number', minimum: 0, exclusiveMinimum: true })
  await model('Pet', { type: 'object', required: ['name'], properties: { name: { type: 'string' }, price: { $ref: `https://apigateway.amazonaws.com/restapis/${api.id}/models/Price` } } })
  await template('/pets', '{"valid": true}', { method: { requestValidatorId, requestModels: { 'application/json': 'Pet' }, requestParameters: { 'method.request.querystring.q': true, 'method.request.header.X-Key': true, 'method.request.querystring.o': false } } })
  await client.send(new PutGatewayResponseCommand({ restApiId: api.id, responseType: 'BAD_REQUEST_BODY', responseTemplates: { 'application/json': '{"message": $context.error.messageString, "why": "$context.error.validationErrorString"}' } }))
  await api.deploy()
  const post = (path: string, body: string, headers = {}) => call(path, { method: 'POST', body, headers: { 'content-type': 'application/json', ...headers } })
  expect(await post('/pets', '{}')).toMatchObject({ status: 400, json: { message: 'Missing required request parameters: [q, X-Key]' }, errorType: 'BadRequestException' })
  const withKey = { 'x-key': '1' }
  expect(await post('/pets?q=1', '{}', withKey)).toMatchObject({ status: 400, json: { message: 'Invalid request body', why: "[object must have required property 'name']" } })
  expect(await post('/pets?q=1', '{', withKey)).toMatchObject({ status: 400, json: { message: 'Invalid request body' } })
  expect(await post('/pets?q=1', '{"name": "a", "price": 0}', withKey)).toMatchObject({ status: 400 })
  expect(await post('/pets?q=1', '{"name": "a", "price": 1}', withKey)).toMatchObject({ status: 200, json: { valid: true } })
})

it('passes bodies or refuses their type as the integration says', async () => {
  for (const [path, passthroughBehavior] of [['/match', 'WHEN_NO_MATCH'], ['/never', 'NEVER'], ['/templates', 'WHEN_NO_TEMPLATES']] as const) await api.method(path, 'POST', { integration: { passthroughBehavior } })
  await api.deploy()
  const post = (path: string, type: string) => call(path, { method: 'POST', body: '{"statusCode": 200}', headers: { 'content-type': type } })
  expect((await post('/never', 'application/json')).status).toBe(200)
  expect((await post('/match', 'text/plain')).status).toBe(200)
  for (const path of ['/never', '/templates']) expect(await post(path, 'text/plain')).toMatchObject({ status: 415, json: { message: 'Unsupported Media Type' }, errorType: 'UnsupportedMediaTypeException' })
})

it('customises its own responses, by kind and by default', async () => {
  await template('/', '{}', {}, 'GET')
  const put = (responseType: 'DEFAULT_4XX' | 'MISSING_AUTHENTICATION_TOKEN', more: object) => client.send(new PutGatewayResponseCommand({ restApiId: api.id, responseType, ...more }))
  await put('DEFAULT_4XX', { responseParameters: { 'gatewayresponse.header.Access-Control-Allow-Origin': "'*'", 'gatewayresponse.header.X-Asked': 'method.request.header.X-Ask' } })
  await api.deploy()
  const first = await call('/none', { headers: { 'X-Ask': 'what' } })
  expect([first.status, first.headers.get('access-control-allow-origin'), first.headers.get('x-asked')]).toEqual([403, '*', 'what'])
  await put('MISSING_AUTHENTICATION_TOKEN', { statusCode: '404', responseTemplates: { 'application/json': '{"error": $context.error.messageString, "type": "$context.error.responseType", "path": "$context.path"}' } })
  await api.deploy()
  expect(await call('/none')).toMatchObject({ status: 404, json: { error: 'Missing Authentication Token', type: 'MISSING_AUTHENTICATION_TOKEN', path: '/test/none' } })
})

it('refuses more than 10 MB and strange paths without falling over', async () => {
  await template('/', '{}')
  await api.deploy()
  expect(await call('/', { method: 'POST', body: 'x'.repeat(10_485_761) })).toMatchObject({ status: 413, json: { message: 'Request Too Long' } })
  for (const path of ['/%', '/%E0%A4%A', '//', '/__proto__', '/constructor/prototype']) expect((await call(path)).status).toBe(403)
})

it('compresses from the size that the API says', async () => {
  await template('/', JSON.stringify({ long: 'x'.repeat(500) }), {}, 'GET')
  await client.send(new UpdateRestApiCommand({ restApiId: api.id, patchOperations: replace({ '/minimumCompressionSize': '100' }) }))
  await api.deploy()
  const response = await call('/', { headers: { 'accept-encoding': 'gzip' } })
  expect(response.headers.get('content-encoding')).toBe('gzip')
  expect(response.json.long).toHaveLength(500)
})

it('shares traffic with a canary, with variables of its own', async () => {
  await template('/', '"$stageVariables.colour $context.isCanaryRequest"', {}, 'GET')
  const deploymentId = await api.deploy('test', { colour: 'red' })
  const canary = (percent: string) =>
    client.send(new UpdateStageCommand({ restApiId: api.id, stageName: 'test', patchOperations: replace({ '/canarySettings/deploymentId': deploymentId, '/canarySettings/percentTraffic': percent, '/canarySettings/stageVariableOverrides/colour': 'blue' }) }))
  await canary('100')
  expect((await call('/')).json).toBe('blue true')
  await canary('0')
  expect((await call('/')).json).toBe('red false')
})

it('throttles by the stage’s settings', async () => {
  await template('/', '{}', {}, 'GET')
  await template('/free', '{}', {}, 'GET')
  await api.deploy()
  await client.send(new UpdateStageCommand({ restApiId: api.id, stageName: 'test', patchOperations: replace({ '/~1/GET/throttling/burstLimit': '2', '/~1/GET/throttling/rateLimit': '0.001' }) }))
  const statuses = []
  for (let i = 0; i < 3; i += 1) statuses.push((await call('/')).status)
  expect(statuses).toEqual([200, 200, 429])
  expect(await call('/')).toMatchObject({ json: { message: 'Too Many Requests' }, errorType: 'TooManyRequestsException' })
  expect((await call('/free')).status).toBe(200)
})

it('calls other deployed APIs over HTTP integrations, and no other host', async () => {
  await template('/inner', '{"inner": "$input.params(\'a\')", "got": "$input.params(\'X-Mapped\')"}', {}, 'GET')
  const url = (path: string) => `http://${api.id}.execute-api.localhost:${sandbox.port}/test${path}`
  await api.method('/proxy/{proxy+}', 'GET', { method: { requestParameters: { 'method.request.path.proxy': true } }, integration: { type: 'HTTP_PROXY', integrationHttpMethod: 'GET', uri: url('/{proxy}'), requestParameters: { 'integration.request.path.proxy': 'method.request.path.proxy', 'integration.request.header.X-Mapped': "'m'" } } })
  await api.method('/http', 'GET', { integration: { type: 'HTTP', integrationHttpMethod: 'GET', uri: url('/inner') }, responses: [{ statusCode: '200', responseTemplates: { 'application/json': '{"outer": $input.json("$.inner")}' } }] })
  await api.method('/out', 'GET', { integration: { type: 'HTTP_PROXY', integrationHttpMethod: 'GET', uri: 'http://example.com/' } })
  await api.method('/loop', 'GET', { integration: { type: 'HTTP_PROXY', integrationHttpMethod: 'GET', uri: url('/loop') } })
  await api.deploy()
  expect(await call('/proxy/inner?a=1')).toMatchObject({ status: 200, json: { inner: '1', got: 'm' } })
  expect(await call('/http')).toMatchObject({ status: 200, json: { outer: '' } })
  expect(await call('/loop')).toMatchObject({ status: 500 })
  const warned = vi.spyOn(console, 'warn').mockReturnValue()
  expect(await call('/out')).toMatchObject({ status: 504, json: { message: 'Network error communicating with endpoint' } })
  expect(warned.mock.calls.join()).toContain('refused to call example.com')
  warned.mockRestore()
})
