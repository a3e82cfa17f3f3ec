import { CreateRestApiCommand } from '@aws-sdk/client-api-gateway'
import { CreateApiCommand, CreateStageCommand } from '@aws-sdk/client-apigatewayv2'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { addressOfApi, apiUrl, findDeployedApi, listDeployedApis, pathInStage, readApiUrl } from './deployed-api'
import type { Cloud } from './index'
import { startTestCloud } from './testing'

const endpoint = 'http://127.0.0.1:4566'

describe('addressOfApi', () => {
  it('connects to the endpoint and names the API by the host alone', () => {
    const { url, host } = addressOfApi(endpoint, 'abc123', '/prod/books?page=2')
    expect([String(url), host]).toEqual(['http://127.0.0.1:4566/prod/books?page=2', 'abc123.execute-api.localhost:4566'])
  })

  it.each(['//evil.example/x', '/../../x', '/%2e%2e/%2e%2e/other/prod', '@evil.example/', 'http://evil.example/', '\\\\evil.example'])('stays at the endpoint with %s', (rest) => {
    const { url, host } = addressOfApi(endpoint, 'abc123', rest)
    expect([url.host, host]).toEqual(['127.0.0.1:4566', 'abc123.execute-api.localhost:4566'])
  })

  it.each(['/_aws/execute-api/other/prod/', '/%5faws/execute-api/other/prod', '/prod/../_worklab/status', '/_localstack/health'])('refuses %s, which the endpoint answers itself', (rest) => {
    expect(() => addressOfApi(endpoint, 'abc123', rest)).toThrow(RangeError)
  })

  it.each(['', 'ABC', 'a.b', 'a/b', 'a@b'])('refuses the id "%s"', (apiId) => {
    expect(() => addressOfApi(endpoint, apiId, '/')).toThrow(RangeError)
  })
})

describe('readApiUrl', () => {
  it.each([
    ['http://abc.execute-api.localhost:4566/prod/books?x=1', '/prod/books?x=1'],
    ['http://abc.execute-api.us-east-1.localhost:4566/prod', '/prod'],
    ['http://localhost:4566/_aws/execute-api/abc/prod/books', '/prod/books'],
    ['http://127.0.0.1:4566/restapis/abc/prod/_user_request_/books?x=1', '/prod/books?x=1'],
  ])('reads %s', (url, rest) => {
    expect(readApiUrl(endpoint, new URL(url))).toEqual({ apiId: 'abc', rest })
  })

  it.each(['http://example.com/', 'http://127.0.0.1:4567/_aws/execute-api/abc/prod', 'http://127.0.0.1:4566/', 'http://127.0.0.1:4566/_worklab/status', 'https://abc.execute-api.localhost:4566/', 'http://abc.execute-api.localhost.evil.example:4566/'])(
    'takes %s for no deployed API',
    (url) => expect(readApiUrl(endpoint, new URL(url))).toBeUndefined(),
  )

  it('reads what it is told to call', () => {
    expect(readApiUrl(endpoint, new URL(apiUrl(endpoint, 'abc', 'prod', '/books')))).toEqual({ apiId: 'abc', rest: '/prod/books' })
    expect(pathInStage('$default', 'books')).toBe('/books')
  })
})

describe('the APIs of an account', () => {
  let cloud: Cloud
  let remove: () => Promise<void>
  beforeAll(async () => {
    ;({ cloud, remove } = await startTestCloud())
  })
  afterAll(() => remove())

  it('are found in it and not from another account', async () => {
    const [mine, other] = await Promise.all([0, 1].map(async () => cloud.clients(await cloud.createAccount(), { as: 'checker' })))
    const { id } = await mine!.apigateway.send(new CreateRestApiCommand({ name: 'bookshop' }))
    const { ApiId } = await mine!.apigatewayv2.send(new CreateApiCommand({ Name: 'bookshop-http', ProtocolType: 'HTTP' }))
    await mine!.apigatewayv2.send(new CreateStageCommand({ ApiId, StageName: 'dev' }))
    const rest = { id, name: 'bookshop', kind: 'rest', stages: [] }
    const http = { id: ApiId, name: 'bookshop-http', kind: 'http', stages: ['dev'] }
    expect(await listDeployedApis(mine!)).toEqual([rest, http])
    expect(await findDeployedApi(mine!, id!)).toEqual(rest)
    expect(await findDeployedApi(mine!, ApiId!)).toEqual(http)
    expect(await listDeployedApis(other!)).toEqual([])
    expect(await findDeployedApi(other!, id!)).toBeUndefined()
    expect(await findDeployedApi(other!, ApiId!)).toBeUndefined()
  })
})
