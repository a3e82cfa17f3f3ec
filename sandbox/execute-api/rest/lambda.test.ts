import { APIGatewayClient, UpdateIntegrationCommand, UpdateRestApiCommand } from '@aws-sdk/client-api-gateway'
import { AttachRolePolicyCommand, IAMClient } from '@aws-sdk/client-iam'
import { LambdaClient } from '@aws-sdk/client-lambda'
import { afterAll, beforeAll, beforeEach, expect, it } from 'vitest'
import { functionUri, makeApi, permit, replace, type TestApi } from '../../services/apigateway/testing'
import { functionMaker, handlerZip, makeRole } from '../../services/lambda/testing'
import { startTestSandbox, type TestSandbox } from '../../testing'
import { callerOf } from '../testing'

let sandbox: TestSandbox
let client: APIGatewayClient
let lambda: LambdaClient
let api: TestApi
let call: ReturnType<typeof callerOf>
/** Gives back what the query's `answer` says, else the event itself. */
const HANDLER = `async (event) => {
  const { answer, wait, fail } = event.queryStringParameters ?? {}
  if (wait) await new Promise((done) => setTimeout(done, Number(wait)))
  if (fail) throw new Error(fail)
  return answer ? JSON.parse(answer) : { statusCode: 200, headers: { 'X-Event': 'yes' }, body: JSON.stringify(event) }
}`
/** Says what it was given, or fails with it. */
const PLAIN = `async (event) => { if (event.fail) throw new Error(event.fail); return { got: event } }`

const arnOf = (name: string) => `arn:aws:lambda:us-east-1:${sandbox.accountId}:function:${name}`
const proxyTo = (name: string, more: object = {}) => ({ integration: { type: 'AWS_PROXY', uri: functionUri(arnOf(name)), ...more } }) as const
const answering = (answer: unknown) => `/?answer=${encodeURIComponent(JSON.stringify(answer))}`

beforeAll(async () => {
  sandbox = await startTestSandbox()
  client = new APIGatewayClient(sandbox.learner)
  lambda = new LambdaClient(sandbox.learner)
  const create = functionMaker(lambda, await makeRole(sandbox.learner, 'r'))
  await create('proxy', { zip: handlerZip(HANDLER) })
  await create('closed', { zip: handlerZip(HANDLER) })
  await create('plain', { zip: handlerZip(PLAIN) })
  await permit(lambda, 'proxy')
  await permit(lambda, 'plain')
})
afterAll(() => sandbox.remove())
beforeEach(async () => {
  api = await makeApi(client)
  call = callerOf(sandbox, api.id)
})

it('hands a function the proxy event 1.0', async () => {
  const resourceId = await api.method('/pets/{id}', 'POST', proxyTo('proxy'))
  const deploymentId = await api.deploy('test', { colour: 'red' })
  const response = await call('/pets/a%20b?x=1&x=2&y=%C3%A4', { method: 'POST', body: '{"a":1}', headers: [['X-Multi', '1'], ['X-Multi', '2'], ['Content-Type', 'application/json'], ['User-Agent', 'agent']] })
  expect(response.status).toBe(200)
  expect(response.headers.get('x-event')).toBe('yes')
  const event = response.json
  expect(event).toMatchObject({
    resource: '/pets/{id}',
    path: '/pets/a%20b',
    httpMethod: 'POST',
    queryStringParameters: { x: '2', y: 'ä' },
    multiValueQueryStringParameters: { x: ['1', '2'], y: ['ä'] },
    pathParameters: { id: 'a b' },
    stageVariables: { colour: 'red' },
    body: '{"a":1}',
    isBase64Encoded: false,
    requestContext: {
      resourceId,
      resourcePath: '/pets/{id}',
      httpMethod: 'POST',
      path: '/test/pets/a%20b',
      accountId: sandbox.accountId,
      protocol: 'HTTP/1.1',
      stage: 'test',
      domainPrefix: api.id,
      domainName: `${api.id}.execute-api.localhost`,
      deploymentId,
      apiId: api.id,
      identity: { sourceIp: '127.0.0.1', userAgent: 'agent', user: null, userArn: null, accessKey: null, caller: null },
    },
  })
  expect(event.requestContext.requestTime).toMatch(/^\d\d\/[A-Z][a-z]{2}\/\d{4}:\d\d:\d\d:\d\d \+0000$/)
  expect(event.requestContext.requestId).toBe(response.headers.get('x-amzn-requestid'))
  expect(event.headers).toMatchObject({ 'X-Forwarded-Proto': 'https', 'X-Forwarded-Port': '443', 'X-Forwarded-For': '127.0.0.1' })
  expect(Object.keys(event.requestContext).sort()).toEqual(
    ['accountId', 'apiId', 'deploymentId', 'domainName', 'domainPrefix', 'extendedRequestId', 'httpMethod', 'identity', 'path', 'protocol', 'requestId', 'requestTime', 'requestTimeEpoch', 'resourceId', 'resourcePath', 'stage'].sort(),
  )
})

it('keeps the web application’s own session from handlers', async () => {
  await api.method('/', 'GET', proxyTo('proxy'))
  await api.deploy()
  expect((await call('/', { headers: { cookie: 'worklab-session=secret; mine=1' } })).json.multiValueHeaders.cookie).toEqual(['mine=1'])
})

it('says null where there is nothing', async () => {
  await api.method('/', 'GET', proxyTo('proxy'))
  await api.deploy()
  expect((await call('/')).json).toMatchObject({ queryStringParameters: null, multiValueQueryStringParameters: null, pathParameters: null, stageVariables: null, body: null })
})

it('takes status, headers and body of the answer', async () => {
  await api.method('/', 'ANY', proxyTo('proxy'))
  await api.deploy()
  const response = await call(answering({ statusCode: '418', headers: { 'X-One': 1, Date: 'today' }, multiValueHeaders: { 'Set-Cookie': ['a=1', 'b=2'] }, body: 'tea' }))
  expect(response).toMatchObject({ status: 418, text: 'tea' })
  expect(response.headers.get('x-one')).toBe('1')
  expect(response.headers.get('x-amzn-remapped-date')).toBe('today')
  expect(response.headers.get('content-type')).toBe('application/json')
  expect(response.headers.getSetCookie()).toEqual(['a=1', 'b=2'])
  expect(await call(answering({}))).toMatchObject({ status: 200, text: '' })
  expect(await call(answering({ body: 'YQ==', isBase64Encoded: true }))).toMatchObject({ status: 200, text: 'YQ==' })
})

it.each([
  ['a text', 'x'],
  ['a list', []],
  ['nothing', null],
  ['a body that is no text', { statusCode: 200, body: { a: 1 } }],
  ['a status that is none', { statusCode: 'good' }],
  ['members that API Gateway does not know', { statusCode: 200, message: 'x' }],
  ['headers that are objects', { statusCode: 200, headers: { a: {} } }],
])('answers 502 to %s', async (_what, answer) => {
  await api.method('/', 'GET', proxyTo('proxy'))
  await api.deploy()
  expect(await call(answering(answer))).toMatchObject({ status: 502, json: { message: 'Internal server error' }, errorType: 'InternalServerErrorException' })
})

it('answers 502 to a function that fails and 504 to one that takes too long', async () => {
  await api.method('/', 'GET', proxyTo('proxy', { timeoutInMillis: 100 }))
  await api.deploy()
  await call('/')
  expect(await call('/?fail=oops')).toMatchObject({ status: 502, json: { message: 'Internal server error' } })
  expect(await call('/?wait=1000')).toMatchObject({ status: 504, json: { message: 'Endpoint request timed out' } })
})

it('needs the function’s permission for this API, stage, method and path', async () => {
  const resourceId = await api.method('/pets/{id}', 'GET', proxyTo('closed'))
  await api.deploy()
  const refused = { status: 500, json: { message: 'Internal server error' } }
  expect(await call('/pets/1')).toMatchObject(refused)
  await permit(lambda, 'closed', `arn:aws:execute-api:us-east-1:${sandbox.accountId}:${api.id}/*/POST/pets/*`)
  expect(await call('/pets/1')).toMatchObject(refused)
  await permit(lambda, 'closed', `arn:aws:execute-api:us-east-1:${sandbox.accountId}:${api.id}/test/GET/pets/*`)
  expect((await call('/pets/1')).status).toBe(200)
  const missing = replace({ '/uri': functionUri(arnOf('missing')) })
  await client.send(new UpdateIntegrationCommand({ restApiId: api.id, resourceId, httpMethod: 'GET', patchOperations: missing }))
  await api.deploy()
  expect(await call('/pets/1')).toMatchObject(refused)
})

it('calls as a role where the integration names one', async () => {
  const credentials = await makeRole(sandbox.learner, `gateway-${api.id}`, [], 'apigateway.amazonaws.com')
  await api.method('/', 'GET', proxyTo('closed', { credentials }))
  await api.deploy()
  expect((await call('/')).status).toBe(500)
  await new IAMClient(sandbox.learner).send(new AttachRolePolicyCommand({ RoleName: `gateway-${api.id}`, PolicyArn: 'arn:aws:iam::aws:policy/service-role/AWSLambdaRole' }))
  expect((await call('/')).status).toBe(200)
})

it('takes the function’s name from a stage variable', async () => {
  await api.method('/', 'GET', { integration: { type: 'AWS_PROXY', uri: functionUri(arnOf('${stageVariables.fn}')) } })
  await api.deploy('test', { fn: 'proxy' })
  expect((await call('/')).status).toBe(200)
  await api.deploy('other', { fn: 'nobody' })
  expect((await callerOf(sandbox, api.id, 'other')('/')).status).toBe(500)
})

it('carries bytes as base64 for binary media types', async () => {
  await api.method('/', 'POST', proxyTo('proxy'))
  await client.send(new UpdateRestApiCommand({ restApiId: api.id, patchOperations: [{ op: 'add', path: '/binaryMediaTypes/image~1png' }] }))
  await api.deploy()
  const sent = await call('/', { method: 'POST', body: Buffer.from([0, 255, 1]), headers: { 'content-type': 'image/png' } })
  expect(sent.json).toMatchObject({ body: 'AP8B', isBase64Encoded: true })
  const answer = { headers: { 'Content-Type': 'image/png' }, body: Buffer.from([0, 255, 1]).toString('base64'), isBase64Encoded: true }
  const got = await fetch(`${sandbox.url}/_aws/execute-api/${api.id}/test${answering(answer)}`, { method: 'POST', headers: { accept: 'image/png' } })
  expect([...new Uint8Array(await got.arrayBuffer())]).toEqual([0, 255, 1])
})

it('maps requests and responses of a function by templates', async () => {
  await api.method('/{id}', 'POST', {
    integration: { type: 'AWS', uri: functionUri(arnOf('plain')), requestTemplates: { 'application/json': '{"id": "$input.params(\'id\')", "name": $input.json(\'$.pet.name\'), "fail": "$!input.params(\'fail\')"}' } },
    responses: [
      { statusCode: '200', responseTemplates: { 'application/json': '{"id": "$input.path(\'$.got.id\')", "name": $input.json(\'$.got.name\')}' }, responseParameters: { 'method.response.header.X-Id': 'integration.response.body.got.id' } },
      { statusCode: '404', selectionPattern: 'NotFound.*', responseTemplates: { 'application/json': '{"error": "$input.path(\'$.errorMessage\')"}' } },
    ],
  })
  await api.deploy()
  const found = await call('/7', { method: 'POST', body: '{"pet": {"name": "Rex"}}' , headers: { 'content-type': 'application/json' } })
  expect(found).toMatchObject({ status: 200, json: { id: '7', name: 'Rex' } })
  expect(found.headers.get('x-id')).toBe('7')
  expect(await call('/7?fail=NotFound:%20pet', { method: 'POST', headers: { 'content-type': 'application/json' } })).toMatchObject({ status: 404, json: { error: 'NotFound: pet' } })
})

it('takes an event and answers at once where the invocation type says so', async () => {
  await api.method('/', 'POST', {
    integration: { type: 'AWS', uri: functionUri(arnOf('plain')), requestParameters: { 'integration.request.header.X-Amz-Invocation-Type': "'Event'" } },
    responses: [{ statusCode: '202', responseTemplates: { 'application/json': '{"taken": true}' } }],
  })
  await api.deploy()
  expect(await call('/', { method: 'POST', body: '{}', headers: { 'content-type': 'application/json' } })).toMatchObject({ status: 202, json: { taken: true } })
})
