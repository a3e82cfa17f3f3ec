import { expect, it } from 'vitest'
import { curlLine } from './curl'
import { apiRequest, withoutSecrets, type ApiRequest } from './request'

const request: ApiRequest = { apiId: 'abc123', stage: 'prod', method: 'POST', path: '/books', headers: [{ name: 'content-type', value: 'application/json' }], body: `{"title":"Lão Hạc's"}`, auth: { kind: 'none', value: '' }, origin: '' }
const line = (changes: Partial<ApiRequest>) => curlLine({ ...request, ...changes }, 'http://127.0.0.1:4566', 'us-east-1')

it('writes a request as one would type it', () => {
  expect(line({})).toBe(`curl -i -X POST http://127.0.0.1:4566/_aws/execute-api/abc123/prod/books \\\n  -H 'content-type: application/json' \\\n  --data-raw '{"title":"Lão Hạc'\\''s"}'`)
})

it('leaves out a body that is not sent, and the stage that paths do not name', () => {
  expect(line({ method: 'GET', stage: '$default', headers: [] })).toBe('curl -i http://127.0.0.1:4566/_aws/execute-api/abc123/books')
})

it('writes each way to say who sends it', () => {
  expect(line({ auth: { kind: 'key', value: 'k1' } })).toContain("-H 'x-api-key: k1'")
  expect(line({ auth: { kind: 'bearer', value: 't1' } })).toContain("-H 'authorization: Bearer t1'")
  expect(line({ auth: { kind: 'iam', value: '' } })).toContain('--user "$AWS_ACCESS_KEY_ID:$AWS_SECRET_ACCESS_KEY"')
})

it('keeps no secret', () => {
  const kept = withoutSecrets({ ...request, headers: [{ name: 'Authorization', value: 'Bearer t1' }, ...request.headers], auth: { kind: 'key', value: 'k1' } })
  expect(JSON.stringify(kept)).not.toMatch(/t1|k1/)
  expect(kept.headers[1]).toEqual(request.headers[0])
})

it.each([
  ['path', { path: '/books/{id}' }, 'placeholder'],
  ['headers', { headers: [{ name: 'Host', value: 'evil.example' }] }, 'ownHeader'],
  ['headers', { headers: [{ name: 'a b', value: '' }] }, 'headerName'],
  ['headers', { headers: [{ name: 'a', value: 'x\r\ny: z' }] }, 'headerValue'],
  ['origin', { origin: 'shop.example' }, 'origin'],
])('refuses in %s %j', (field, changes, message) => {
  const { error } = apiRequest.safeParse({ ...request, ...changes })
  expect(error?.issues[0]).toMatchObject({ message, path: expect.arrayContaining([field]) })
})
