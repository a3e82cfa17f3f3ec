import { createHash, createHmac } from 'node:crypto'
import { GetObjectCommand, PutObjectCommand, type S3Client } from '@aws-sdk/client-s3'
import { createPresignedPost } from '@aws-sdk/s3-presigned-post'
import { getSignedUrl } from '@aws-sdk/s3-request-presigner'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { startTestSandbox, type TestSandbox } from '../../testing'
import { s3Client, s3Tools } from './testing'

let sandbox: TestSandbox
let s3: S3Client
let tools: ReturnType<typeof s3Tools>
const Bucket = 'signed'
beforeAll(async () => {
  sandbox = await startTestSandbox()
  s3 = s3Client(sandbox.learner)
  tools = s3Tools(s3)
  await tools.bucket(Bucket)
  await tools.put(Bucket, 'a b/ü', 'hello')
})
afterAll(() => sandbox.remove())

const codeOf = async (response: Response) => /<Code>(\w+)<\/Code>/.exec(await response.text())?.[1]

describe('a link', () => {
  it('reads and writes without keys', async () => {
    const read = await getSignedUrl(s3, new GetObjectCommand({ Bucket, Key: 'a b/ü', ResponseContentType: 'text/x' }), { expiresIn: 604_800 })
    const got = await fetch(read)
    expect([got.status, got.headers.get('content-type'), await got.text()]).toEqual([200, 'text/x', 'hello'])
    const write = await getSignedUrl(s3, new PutObjectCommand({ Bucket, Key: 'by-link', Metadata: { a: 'b' }, ContentType: 'text/plain' }))
    expect((await fetch(write, { method: 'PUT', body: 'linked', headers: { 'content-type': 'text/plain' } })).status).toBe(200)
    expect(await tools.text(Bucket, 'by-link')).toBe('linked')
    expect((await s3.send(new GetObjectCommand({ Bucket, Key: 'by-link' }))).Metadata).toEqual({ a: 'b' })
  })

  it('is good for what was signed alone, and until it ends', async () => {
    const url = await getSignedUrl(s3, new GetObjectCommand({ Bucket, Key: 'a b/ü' }), { expiresIn: 60 })
    expect(await codeOf(await fetch(url, { method: 'PUT', body: 'x' }))).toBe('SignatureDoesNotMatch')
    expect(await codeOf(await fetch(url.replace('a%20b', 'c')))).toBe('SignatureDoesNotMatch')
    const ended = await getSignedUrl(s3, new GetObjectCommand({ Bucket, Key: 'a b/ü' }), { expiresIn: 60, signingDate: new Date(Date.now() - 61_000) })
    const response = await fetch(ended)
    expect([response.status, await response.text()]).toEqual([403, expect.stringContaining('<Code>AccessDenied</Code><Message>Request has expired</Message>')])
    expect(await codeOf(await fetch(url.replace('X-Amz-Expires=60', 'X-Amz-Expires=604801')))).toBe('AuthorizationQueryParametersError')
    expect(await codeOf(await fetch(url.replace(/AKIA\w+/, 'AKIAAAAAAAAAAAAAAAAA')))).toBe('InvalidAccessKeyId')
  })

  it('takes no header that is not signed: it cannot become a copy of what its holder may not read', async () => {
    await tools.put(Bucket, 'private', 'secret')
    const write = await getSignedUrl(s3, new PutObjectCommand({ Bucket, Key: 'mine' }))
    for (const headers of [{ 'x-amz-copy-source': `/${Bucket}/private` }, { 'x-amz-acl': 'public-read' }, { 'x-amz-meta-a': 'b' }] as Record<string, string>[]) {
      const response = await fetch(write, { method: 'PUT', headers })
      expect([response.status, await response.text()]).toEqual([403, expect.stringMatching(/<Code>AccessDenied<.*<HeadersNotSigned>x-amz-/s)])
    }
    await expect(tools.text(Bucket, 'mine')).rejects.toMatchObject({ name: 'NoSuchKey' })
  })
})

describe('a browser’s form', () => {
  const send = async (fields: Record<string, string>, url: string, body: string, filename = 'f.txt') => {
    const form = new FormData()
    for (const [name, value] of Object.entries(fields)) form.append(name, value)
    form.append('file', new Blob([body], { type: 'text/plain' }), filename)
    return fetch(url, { method: 'POST', body: form, redirect: 'manual' })
  }
  const made = (more: object = {}) => createPresignedPost(s3, { Bucket, Key: 'up/${filename}', Conditions: [['content-length-range', 2, 100_000], ['starts-with', '$x-amz-meta-a', '']], Fields: { 'x-amz-meta-a': 'b', success_action_status: '201' }, ...more })

  it('uploads as its policy lets it', async () => {
    const { url, fields } = await made()
    const response = await send(fields, url, 'from a form')
    expect([response.status, await response.text()]).toEqual([201, expect.stringContaining('<Key>up/f.txt</Key>')])
    const got = await s3.send(new GetObjectCommand({ Bucket, Key: 'up/f.txt' }))
    expect([got.ContentType, got.Metadata, await got.Body!.transformToString()]).toEqual(['text/plain', { a: 'b' }, 'from a form'])
    const large = 'x'.repeat(99_000)
    expect((await send(fields, url, large, 'large')).status).toBe(201)
    expect(await tools.text(Bucket, 'up/large')).toBe(large)
  })

  it('is refused where it breaks its policy', async () => {
    const { url, fields } = await made()
    expect(await codeOf(await send(fields, url, 'x'))).toBe('EntityTooSmall')
    expect(await codeOf(await send(fields, url, 'x'.repeat(100_001)))).toBe('EntityTooLarge')
    expect(await codeOf(await send({ ...fields, key: 'elsewhere' }, url, 'hello'))).toBe('AccessDenied')
    expect(await codeOf(await send({ ...fields, 'x-amz-meta-other': '1' }, url, 'hello'))).toBe('AccessDenied')
    expect(await codeOf(await send({ ...fields, Policy: Buffer.from('{}').toString('base64') }, url, 'hello'))).toBe('SignatureDoesNotMatch')
    expect(await codeOf(await send(fields, `${url}?uploads`, 'x'))).toBe('EntityTooSmall')
    const { policy: _p, Policy: _P, ...unsigned } = fields as Record<string, string>
    expect(await codeOf(await send(unsigned, url, 'hello'))).toBe('AccessDenied')
  })
})

it('a form says nothing of its object by headers that its policy does not rule', async () => {
  const { url, fields } = await createPresignedPost(s3, { Bucket, Key: 'ruled', Conditions: [] })
  const form = new FormData()
  for (const [name, value] of Object.entries(fields)) form.append(name, value)
  form.append('file', new Blob(['hello']), 'f')
  expect((await fetch(url, { method: 'POST', body: form, headers: { 'x-amz-meta-forced': '1', 'cache-control': 'no-store' } })).status).toBe(204)
  const got = await s3.send(new GetObjectCommand({ Bucket, Key: 'ruled' }))
  expect([got.Metadata, got.CacheControl]).toEqual([{}, undefined])
})

describe('a body in signed chunks', () => {
  /** Signs by hand what no SDK for JavaScript sends. */
  async function put(key: string, chunks: string[], options: { spoil?: boolean; trailer?: string } = {}) {
    const { accessKeyId, secretAccessKey } = sandbox.learner.credentials
    const { host } = new URL(sandbox.url)
    const timestamp = new Date().toISOString().replace(/[-:]|\.\d{3}/g, '')
    const scope = `${timestamp.slice(0, 8)}/us-east-1/s3/aws4_request`
    const hmac = (secret: Buffer | string, text: string) => createHmac('sha256', secret).update(text).digest()
    const sha256 = (text: string) => createHash('sha256').update(text).digest('hex')
    const signing = ['us-east-1', 's3', 'aws4_request'].reduce((k, part) => hmac(k, part), hmac(`AWS4${secretAccessKey}`, timestamp.slice(0, 8)))
    const kind = `STREAMING-AWS4-HMAC-SHA256-PAYLOAD${options.trailer ? '-TRAILER' : ''}`
    const headers: Record<string, string> = { 'content-encoding': 'aws-chunked', host, 'x-amz-content-sha256': kind, 'x-amz-date': timestamp, 'x-amz-decoded-content-length': String(chunks.join('').length), ...(options.trailer ? { 'x-amz-trailer': 'x-amz-checksum-crc32' } : {}) }
    const names = Object.keys(headers).sort()
    const canonical = ['PUT', `/${Bucket}/${key}`, '', ...names.map((name) => `${name}:${headers[name]}`), '', names.join(';'), kind].join('\n')
    let signature = hmac(signing, ['AWS4-HMAC-SHA256', timestamp, scope, sha256(canonical)].join('\n')).toString('hex')
    const authorization = `AWS4-HMAC-SHA256 Credential=${accessKeyId}/${scope}, SignedHeaders=${names.join(';')}, Signature=${signature}`
    let body = ''
    for (const chunk of [...chunks, '']) {
      signature = hmac(signing, ['AWS4-HMAC-SHA256-PAYLOAD', timestamp, scope, signature, sha256(''), sha256(chunk)].join('\n')).toString('hex')
      body += `${chunk.length.toString(16)};chunk-signature=${signature}\r\n${options.spoil ? chunk.toUpperCase() : chunk}${chunk === '' && options.trailer ? '' : '\r\n'}`
    }
    if (options.trailer) {
      const line = `x-amz-checksum-crc32:${options.trailer}\n`
      body += `${line.trim()}\r\nx-amz-trailer-signature:${hmac(signing, ['AWS4-HMAC-SHA256-TRAILER', timestamp, scope, signature, sha256(line)].join('\n')).toString('hex')}\r\n\r\n`
    }
    return fetch(`${sandbox.url}/${Bucket}/${key}`, { method: 'PUT', headers: { ...headers, authorization }, body })
  }

  it('is taken where every chunk is the signer’s', async () => {
    expect((await put('chunked', ['hello ', 'world'])).status).toBe(200)
    expect(await tools.text(Bucket, 'chunked')).toBe('hello world')
    expect((await s3.send(new GetObjectCommand({ Bucket, Key: 'chunked' }))).ContentEncoding).toBeUndefined()
    expect((await put('trailed', ['hello'], { trailer: 'NhCmhg==' })).status).toBe(200)
    expect(await codeOf(await put('spoiled', ['hello'], { trailer: 'AAAAAA==' }))).toBe('BadDigest')
    expect(await codeOf(await put('spoiled', ['hello'], { spoil: true }))).toBe('SignatureDoesNotMatch')
    await expect(tools.text(Bucket, 'spoiled')).rejects.toMatchObject({ name: 'NoSuchKey' })
  })
})
