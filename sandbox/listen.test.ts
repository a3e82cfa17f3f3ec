import { afterAll, expect, it } from 'vitest'
import { LARGEST_BODY, listen } from './listen'

const { server, port } = await listen({ port: 0, host: '127.0.0.1' }, async (request) => ({
  status: 200,
  headers: { 'content-type': 'application/json' },
  body: Buffer.from(JSON.stringify({ ...request, query: [...request.query], body: request.body.length })),
}))
afterAll(() => server.close())
const url = `http://127.0.0.1:${port}`

it('hands over method, path as sent, query, headers and body', async () => {
  const response = await fetch(`${url}/a%20b?x=1&x=2`, { method: 'POST', body: 'hello' })
  expect(await response.json()).toMatchObject({ method: 'POST', path: '/a%20b', query: [['x', '1'], ['x', '2']], body: 5 })
})

it('keeps the sessions of Worklab from learners’ code', async () => {
  const cookie = 'worklab-session-3000=secret; theme=dark; next-auth.csrf-token=secret; __Host-next-auth.csrf-token=secret'
  const { headers } = (await (await fetch(url, { headers: { cookie } })).json()) as { headers: { cookie: string } }
  expect(headers.cookie).toBe('theme=dark')
})

it('refuses a body over Lambda’s limit in AWS’s form', async () => {
  const response = await fetch(url, { method: 'POST', body: Buffer.alloc(LARGEST_BODY + 1) })
  expect(response.status).toBe(413)
  expect(response.headers.get('x-amzn-errortype')).toBe('RequestEntityTooLargeException')
})
