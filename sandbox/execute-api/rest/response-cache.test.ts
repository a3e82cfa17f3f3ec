import { APIGatewayClient, FlushStageCacheCommand, UpdateStageCommand } from '@aws-sdk/client-api-gateway'
import { afterAll, beforeAll, beforeEach, expect, it } from 'vitest'
import { sendSigned } from '../../raw-request'
import { startTestAccount, type Keys, type TestAccount } from '../../services/iam/test-account'
import { makeApi, replace, type TestApi } from '../../services/apigateway/testing'
import type { ClientConfig } from '../../testing'
import { callerOf } from '../testing'

let account: TestAccount
let client: APIGatewayClient
let api: TestApi
let call: ReturnType<typeof callerOf>
const set = (values: Record<string, string>) => client.send(new UpdateStageCommand({ restApiId: api.id, stageName: 'test', patchOperations: replace(values) }))
/** Each answer that is made anew is another one. */
const made = { responses: [{ responseTemplates: { 'application/json': '"$context.requestId"' } }] }
const anew = { headers: { 'Cache-Control': 'max-age=0' } }

const config = (credentials: Keys): ClientConfig => ({ endpoint: account.sandbox.url, region: 'us-east-1', credentials, maxAttempts: 1 })
const forward = (forwardSeconds: number) => fetch(`${account.sandbox.url}/_worklab/accounts/${account.accountId}/clock`, { method: 'POST', body: JSON.stringify({ forwardSeconds }), headers: { authorization: `Bearer ${account.sandbox.adminToken}` } })

beforeAll(async () => {
  account = await startTestAccount()
  client = new APIGatewayClient(config(account.keys))
})
afterAll(() => account.close())
beforeEach(async () => {
  api = await makeApi(client)
  call = callerOf(account.sandbox, api.id)
  const parameters = { 'method.request.querystring.q': false, 'method.request.path.id': true }
  await api.method('/pets/{id}', 'GET', { ...made, method: { requestParameters: parameters }, integration: { cacheKeyParameters: ['method.request.querystring.q', 'method.request.path.id'], requestTemplates: { 'application/json': '{"statusCode": 200}' } } })
  await api.method('/pets', 'GET', made)
  await api.method('/pets', 'POST', made)
  await api.method('/guarded', 'GET', { ...made, method: { authorizationType: 'AWS_IAM' } })
  await api.deploy()
  await set({ '/cacheClusterEnabled': 'true', '/cacheClusterSize': '0.5', '/*/*/caching/enabled': 'true' })
})

it('answers GET from the cache, an entry for each combination of the key’s parameters, until it is flushed', async () => {
  const first = (await call('/pets')).json
  expect((await call('/pets?q=other')).json).toBe(first)
  expect((await call('/pets', { method: 'POST' })).json).not.toBe((await call('/pets', { method: 'POST' })).json)
  const one = (await call('/pets/1?q=1')).json
  expect((await call('/pets/1?q=1&r=2')).json).toBe(one)
  expect((await call('/pets/1?q=2')).json).not.toBe(one)
  expect((await call('/pets/2?q=1')).json).not.toBe(one)
  await client.send(new FlushStageCacheCommand({ restApiId: api.id, stageName: 'test' }))
  expect((await call('/pets')).json).not.toBe(first)
})

it('caches other methods, or no longer than so long, where a method says so', async () => {
  await set({ '/~1pets/POST/caching/enabled': 'true', '/~1pets/GET/caching/ttlInSeconds': '0' })
  expect((await call('/pets', { method: 'POST' })).json).toBe((await call('/pets', { method: 'POST' })).json)
  expect((await call('/pets')).json).not.toBe((await call('/pets')).json)
  await set({ '/~1pets~1{id}/GET/caching/enabled': 'true', '/~1pets~1{id}/GET/caching/ttlInSeconds': '60' })
  const first = (await call('/pets/1')).json
  await forward(50)
  expect((await call('/pets/1')).json).toBe(first)
  await forward(20)
  expect((await call('/pets/1')).json).not.toBe(first)
})

it('makes a response anew for whom it is allowed, and treats others as the stage says', async () => {
  const first = await call('/pets')
  const warned = await call('/pets', anew)
  expect(warned.json).toBe(first.json)
  expect(warned.headers.get('warning')).toMatch(/^199 /)
  await set({ '/*/*/caching/unauthorizedCacheControlHeaderStrategy': 'SUCCEED_WITHOUT_RESPONSE_HEADER' })
  expect((await call('/pets', anew)).headers.get('warning')).toBeNull()
  await set({ '/*/*/caching/unauthorizedCacheControlHeaderStrategy': 'FAIL_WITH_403' })
  expect((await call('/pets', anew)).status).toBe(403)
  await set({ '/*/*/caching/requireAuthorizationForCacheControl': 'false' })
  const renewed = await call('/pets', anew)
  expect(renewed.json).not.toBe(first.json)
  expect((await call('/pets')).json).toBe(renewed.json)
})

it('lets a signed caller pass by the cache with execute-api:InvalidateCache', async () => {
  await set({ '/*/*/caching/unauthorizedCacheControlHeaderStrategy': 'FAIL_WITH_403' })
  const as = (user: Keys) => async (headers: Record<string, string> = {}) => {
    const { status, text } = await sendSigned(config(user), { service: 'execute-api', method: 'GET', path: `/_aws/execute-api/${api.id}/test/guarded`, headers })
    return { status, text }
  }
  const reader = as(await account.user('reader', [{ Effect: 'Allow', Action: 'execute-api:Invoke', Resource: '*' }]))
  const owner = as(await account.user('owner', [{ Effect: 'Allow', Action: 'execute-api:*', Resource: '*' }]))
  const first = await reader()
  expect(first.status).toBe(200)
  expect(await owner()).toEqual(first)
  expect((await reader({ 'cache-control': 'max-age=0' })).status).toBe(403)
  expect((await owner({ 'cache-control': 'max-age=0' })).text).not.toBe(first.text)
})
