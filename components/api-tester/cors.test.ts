import { describe, expect, it } from 'vitest'
import { corsSteps, needsPreflight } from './cors'

const origin = 'https://shop.example'
const json = { name: 'Content-Type', value: 'application/json' }
const failed = (steps: ReturnType<typeof corsSteps>) => steps.filter(({ ok }) => !ok).map(({ key }) => key)

describe('needsPreflight', () => {
  it.each([
    ['GET', [], false],
    ['POST', [{ name: 'content-type', value: 'text/plain; charset=utf-8' }], false],
    ['POST', [json], true],
    ['DELETE', [], true],
    ['GET', [{ name: 'Authorization', value: 'Bearer x' }], true],
    ['GET', [{ name: 'Accept', value: '*/*' }], false],
  ])('%s with %j: %s', (method, headers, expected) => {
    expect(needsPreflight({ method, headers })).toBe(expected)
  })
})

describe('corsSteps', () => {
  const put = { origin, method: 'PUT', headers: [json] }
  const good = { status: 204, headers: { 'access-control-allow-origin': origin, 'access-control-allow-methods': 'GET, PUT', 'access-control-allow-headers': 'Content-Type' } }
  const answer = { status: 200, headers: { 'access-control-allow-origin': '*' } }

  it('lets through what the API allows', () => {
    expect(failed(corsSteps(put, good, answer))).toEqual([])
  })

  it.each([
    ['preflightOrigin', { 'access-control-allow-origin': 'https://other.example' }],
    ['preflightMethod', { 'access-control-allow-methods': 'GET' }],
    ['preflightHeader', { 'access-control-allow-headers': 'X-Other' }],
  ])('stops at %s', (key, headers) => {
    expect(failed(corsSteps(put, { ...good, headers: { ...good.headers, ...headers } }, undefined))).toEqual([key])
  })

  it('stops at a preflight that is answered with an error', () => {
    expect(failed(corsSteps(put, { ...good, status: 403 }, undefined))).toEqual(['preflightStatus'])
  })

  it('stops at an answer without the header, also where the preflight was right', () => {
    expect(failed(corsSteps(put, good, { status: 502, headers: {} }))).toEqual(['origin'])
  })

  it('takes the asterisk for any method and header but Authorization', () => {
    const any = { status: 200, headers: { 'access-control-allow-origin': '*', 'access-control-allow-methods': '*', 'access-control-allow-headers': '*' } }
    expect(failed(corsSteps(put, any, answer))).toEqual([])
    expect(failed(corsSteps({ ...put, headers: [{ name: 'Authorization', value: 'x' }] }, any, answer))).toEqual(['preflightHeader'])
  })
})
