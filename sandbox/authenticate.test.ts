import { describe, expect, it } from 'vitest'
import { readClaim, verify } from './authenticate'
import type { WireRequest } from './protocol/index'

const header = (credential: string, headers = 'host;x-amz-date') => `AWS4-HMAC-SHA256 Credential=${credential}, SignedHeaders=${headers}, Signature=abc`
const wire = (headers: Record<string, string>, query = ''): WireRequest => ({ method: 'GET', path: '/', query: new URLSearchParams(query), headers: { host: 'localhost', ...headers }, body: Buffer.alloc(0) })
const scope = 'AKIA/20260101/us-east-1/iam/aws4_request'
const signed = (date: string, credential = scope, headers?: string) => wire({ authorization: header(credential, headers), 'x-amz-date': date })
const presigned = (more: Record<string, string> = {}) =>
  wire({}, String(new URLSearchParams({ 'X-Amz-Algorithm': 'AWS4-HMAC-SHA256', 'X-Amz-Credential': scope, 'X-Amz-SignedHeaders': 'host', 'X-Amz-Signature': 'abc', 'X-Amz-Date': '20260101T000000Z', ...more })))

describe('a signature', () => {
  it('is read from the header', () => {
    expect(readClaim(signed('20260101T000000Z'))).toMatchObject({ accessKeyId: 'AKIA', region: 'us-east-1', service: 'iam', signature: 'abc', expires: undefined })
  })

  it('is read from the query, with its life', () => {
    expect(readClaim(presigned({ 'X-Amz-Expires': '60' }))).toMatchObject({ accessKeyId: 'AKIA', expires: 60 })
    expect(readClaim(presigned())).toMatchObject({ expires: 86_400 })
  })

  it('is none where nothing is signed', () => {
    expect(readClaim(wire({}))).toBeUndefined()
  })

  it.each([
    ['without all parts of the scope', signed('20260101T000000Z', 'AKIA/20260101/us-east-1'), 'IncompleteSignature'],
    ['without a time', signed('yesterday'), 'IncompleteSignature'],
    ['of another day than its scope', signed('20260102T000000Z'), 'SignatureDoesNotMatch'],
    ['that leaves the host out', signed('20260101T000000Z', scope, 'x-amz-date'), 'SignatureDoesNotMatch'],
    ['that lives for ever', presigned({ 'X-Amz-Expires': 'NaN' }), 'AuthorizationQueryParametersError'],
    ['that lives longer than a week', presigned({ 'X-Amz-Expires': '604801' }), 'AuthorizationQueryParametersError'],
    ['that lives backwards', presigned({ 'X-Amz-Expires': '-1' }), 'AuthorizationQueryParametersError'],
  ])('%s is refused', (_, request, code) => {
    expect(() => readClaim(request)).toThrow(expect.objectContaining({ code }))
  })

  it.each([
    ['on a day that is none', signed('20260101T999999Z'), Date.UTC(2026, 0, 1)],
    ['longer ago than 15 minutes', signed('20260101T000000Z'), Date.UTC(2026, 0, 1, 0, 16)],
    ['in the future', presigned({ 'X-Amz-Expires': '60' }), Date.UTC(2025, 11, 31, 23, 44)],
  ])('made %s is refused', (_, request, now) => {
    const credential = { secretAccessKey: 'x', principal: { type: 'Root', account: '1', arn: 'a', userId: '1', accessKeyId: 'AKIA' } as const }
    expect(() => verify(request, readClaim(request)!, credential, now)).toThrow(/Signature expired/)
  })

  it.each([
    ['iam', 'ExpiredToken'],
    ['lambda', 'ExpiredTokenException'],
  ])('with a token that has ended is refused by %s as %s', (service, code) => {
    const request = signed('20260101T000000Z', scope.replace('iam', service))
    const principal = { type: 'Root', account: '1', arn: 'a', userId: '1', accessKeyId: 'AKIA' } as const
    const credential = { secretAccessKey: 'x', principal, expiresAt: Date.UTC(2025, 11, 31) }
    expect(() => verify(request, readClaim(request)!, credential, Date.UTC(2026, 0, 1))).toThrow(expect.objectContaining({ code }))
  })
})
