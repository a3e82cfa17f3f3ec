import { expect, test } from 'vitest'
import { isLocalRequest } from './local-request'

const request = (headers: Record<string, string>) => isLocalRequest((name) => headers[name])

test('a browser on this machine is let in without a password', () => {
  expect(request({ host: '127.0.0.1:3000' })).toBe(true)
  expect(request({ host: 'localhost:3000', 'x-forwarded-host': 'localhost:3000', 'x-forwarded-for': '::ffff:127.0.0.1' })).toBe(true)
  expect(request({ host: '[::1]:3000', 'x-forwarded-for': '::1' })).toBe(true)
})

test.each([
  ['a foreign name that was pointed at this machine', { host: 'evil.example:3000' }],
  ['a proxy that passes on for others', { host: '127.0.0.1:3000', 'x-forwarded-for': '203.0.113.7, 127.0.0.1' }],
  ['a proxy that was asked by another name', { host: '127.0.0.1:3000', 'x-forwarded-host': 'worklab.example' }],
  ['a proxy that names itself', { host: '127.0.0.1:3000', via: '1.1 gateway' }],
  ['a request without a host', {}],
])('%s needs a password', (_, headers) => {
  expect(request(headers)).toBe(false)
})
