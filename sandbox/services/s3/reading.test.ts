import { randomBytes } from 'node:crypto'
import { CopyObjectCommand, GetObjectAttributesCommand, GetObjectCommand, GetObjectTaggingCommand, HeadObjectCommand, PutObjectCommand, PutObjectTaggingCommand, type GetObjectCommandInput, type S3Client } from '@aws-sdk/client-s3'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { sendSigned } from '../../raw-request'
import { startTestSandbox, type TestSandbox } from '../../testing'
import { s3Client, s3Tools } from './testing'

let sandbox: TestSandbox
let s3: S3Client
let tools: ReturnType<typeof s3Tools>
const Bucket = 'reading'
beforeAll(async () => {
  sandbox = await startTestSandbox()
  s3 = s3Client(sandbox.learner)
  tools = s3Tools(s3)
  await tools.bucket(Bucket)
  await tools.put(Bucket, 'digits', '0123456789')
})
afterAll(() => sandbox.remove())

const get = (more: Partial<GetObjectCommandInput>) => s3.send(new GetObjectCommand({ Bucket, Key: 'digits', ...more }))

describe('a range', () => {
  it.each([
    ['bytes=0-0', '0', 'bytes 0-0/10'],
    ['bytes=2-5', '2345', 'bytes 2-5/10'],
    ['bytes=7-', '789', 'bytes 7-9/10'],
    ['bytes=-3', '789', 'bytes 7-9/10'],
    ['bytes=5-100', '56789', 'bytes 5-9/10'],
  ])('%s', async (Range, text, ContentRange) => {
    const got = await get({ Range })
    expect([await got.Body!.transformToString(), got.ContentRange, got.$metadata.httpStatusCode, got.ContentLength]).toEqual([text, ContentRange, 206, text.length])
  })

  it('that holds nothing is refused; one that is none is passed over', async () => {
    await expect(get({ Range: 'bytes=10-' })).rejects.toMatchObject({ name: 'InvalidRange', $metadata: { httpStatusCode: 416 } })
    expect((await get({ Range: 'lines=1-2' })).$metadata.httpStatusCode).toBe(200)
  })

  it('crosses what lies in files', async () => {
    const bytes = randomBytes(200_000)
    await tools.put(Bucket, 'random', bytes)
    const got = await get({ Key: 'random', Range: 'bytes=70000-150000' })
    expect(Buffer.from(await got.Body!.transformToByteArray()).equals(bytes.subarray(70_000, 150_001))).toBe(true)
  })
})

describe('conditions', () => {
  it('of a read', async () => {
    const { ETag, LastModified } = await s3.send(new HeadObjectCommand({ Bucket, Key: 'digits' }))
    const [before, after] = [new Date(LastModified!.getTime() - 60_000), new Date(LastModified!.getTime() + 60_000)]
    await expect(get({ IfMatch: '"other"' })).rejects.toMatchObject({ name: 'PreconditionFailed' })
    await expect(get({ IfNoneMatch: ETag! })).rejects.toMatchObject({ $metadata: { httpStatusCode: 304 } })
    await expect(get({ IfModifiedSince: after })).rejects.toMatchObject({ $metadata: { httpStatusCode: 304 } })
    await expect(get({ IfUnmodifiedSince: before })).rejects.toMatchObject({ name: 'PreconditionFailed' })
    for (const more of [{ IfMatch: ETag! }, { IfNoneMatch: '"other"' }, { IfModifiedSince: before }, { IfUnmodifiedSince: after }, { IfMatch: ETag!, IfUnmodifiedSince: before }]) await get(more)
  })

  it('of a write: only where nothing is, or only over what one knows', async () => {
    const put = (more: object) => s3.send(new PutObjectCommand({ Bucket, Key: 'once', Body: 'x', ...more }))
    const attempts = await Promise.allSettled([1, 2, 3, 4].map(() => put({ IfNoneMatch: '*' })))
    expect(attempts.filter(({ status }) => status === 'fulfilled')).toHaveLength(1)
    await expect(put({ IfNoneMatch: '*' })).rejects.toMatchObject({ name: 'PreconditionFailed' })
    await expect(put({ IfMatch: '"other"' })).rejects.toMatchObject({ name: 'PreconditionFailed' })
    await expect(s3.send(new PutObjectCommand({ Bucket, Key: 'none', Body: 'x', IfMatch: '"e"' }))).rejects.toMatchObject({ name: 'NoSuchKey' })
    const { ETag } = await s3.send(new HeadObjectCommand({ Bucket, Key: 'once' }))
    await put({ IfMatch: ETag })
  })

  it('of a copy', async () => {
    const copy = (more: object) => s3.send(new CopyObjectCommand({ Bucket, Key: 'copied', CopySource: `${Bucket}/digits`, ...more }))
    await expect(copy({ CopySourceIfMatch: '"other"' })).rejects.toMatchObject({ name: 'PreconditionFailed' })
    const { ETag } = await s3.send(new HeadObjectCommand({ Bucket, Key: 'digits' }))
    await expect(copy({ CopySourceIfNoneMatch: ETag })).rejects.toMatchObject({ name: 'PreconditionFailed' })
    await copy({ CopySourceIfMatch: ETag })
  })
})

describe('checksums', () => {
  it.each(['CRC32', 'CRC32C', 'CRC64NVME', 'SHA1', 'SHA256'] as const)('%s is verified, kept and told', async (ChecksumAlgorithm) => {
    const put = await tools.put(Bucket, ChecksumAlgorithm, 'hello', { ChecksumAlgorithm })
    const name = `Checksum${ChecksumAlgorithm}` as const
    expect(put[name]).toBeDefined()
    expect(await get({ Key: ChecksumAlgorithm, ChecksumMode: 'ENABLED' })).toMatchObject({ [name]: put[name], ChecksumType: 'FULL_OBJECT' })
    const { Checksum, ObjectSize } = await s3.send(new GetObjectAttributesCommand({ Bucket, Key: ChecksumAlgorithm, ObjectAttributes: ['Checksum', 'ObjectSize'] }))
    expect([Checksum![name], ObjectSize]).toEqual([put[name], 5])
  })

  it('that do not fit leave nothing behind', async () => {
    const raw = (headers: Record<string, string>) => sendSigned(sandbox.learner, { service: 's3', method: 'PUT', path: `/${Bucket}/spoiled`, headers, body: Buffer.from('hello') })
    const sha256 = '2cf24dba5fb0a30e26e83b2ac5b9e29e1b161e5c1fa7425e73043362938b9824'
    const cases: [string, Record<string, string>][] = [
      ['BadDigest', { 'x-amz-content-sha256': sha256, 'x-amz-checksum-crc32': 'AAAAAA==' }],
      ['BadDigest', { 'x-amz-content-sha256': sha256, 'content-md5': Buffer.alloc(16).toString('base64') }],
      ['InvalidDigest', { 'x-amz-content-sha256': sha256, 'content-md5': 'nonsense' }],
      ['InvalidRequest', { 'x-amz-content-sha256': sha256, 'x-amz-checksum-crc32': 'short' }],
    ]
    for (const [code, headers] of cases) expect((await raw(headers)).text).toContain(`<Code>${code}</Code>`)
    await expect(get({ Key: 'spoiled' })).rejects.toMatchObject({ name: 'NoSuchKey' })
  })
})

describe('what is said of an object', () => {
  it('is kept: headers, metadata, tags, storage class', async () => {
    const more = { ContentType: 'text/html', ContentLanguage: 'vi', ContentDisposition: 'inline', ContentEncoding: 'gzip', CacheControl: 'max-age=60', Expires: new Date('2030-01-01T00:00:00Z'), Metadata: { color: 'red' }, Tagging: 'a=1&b=2', StorageClass: 'STANDARD_IA' as const, WebsiteRedirectLocation: '/there' }
    await tools.put(Bucket, 'described', 'x', more)
    const { Tagging: _, ...told } = more
    expect(await s3.send(new HeadObjectCommand({ Bucket, Key: 'described' }))).toMatchObject({ ...told, Expires: more.Expires })
    expect(await get({ Key: 'described' })).toMatchObject({ TagCount: 2 })
    expect((await s3.send(new GetObjectTaggingCommand({ Bucket, Key: 'described' }))).TagSet).toEqual([{ Key: 'a', Value: '1' }, { Key: 'b', Value: '2' }])
    await s3.send(new PutObjectTaggingCommand({ Bucket, Key: 'described', Tagging: { TagSet: [{ Key: 'c', Value: '3' }] } }))
    expect((await s3.send(new GetObjectTaggingCommand({ Bucket, Key: 'described' }))).TagSet).toEqual([{ Key: 'c', Value: '3' }])
    await s3.send(new CopyObjectCommand({ Bucket, Key: 'described', CopySource: `${Bucket}/described`, MetadataDirective: 'REPLACE', Metadata: { color: 'blue' }, ContentType: 'text/plain' }))
    expect(await s3.send(new HeadObjectCommand({ Bucket, Key: 'described' }))).toMatchObject({ ContentType: 'text/plain', Metadata: { color: 'blue' }, TagCount: 1 })
  })

  it('is told otherwise where the reader asks so', async () => {
    expect(await get({ ResponseContentType: 'text/csv', ResponseContentDisposition: 'attachment' })).toMatchObject({ ContentType: 'text/csv', ContentDisposition: 'attachment' })
  })

  it('must not be too much', async () => {
    await expect(tools.put(Bucket, 'x', 'x', { Metadata: { a: 'x'.repeat(2048) } })).rejects.toMatchObject({ name: 'MetadataTooLarge' })
    await expect(tools.put(Bucket, 'k'.repeat(1025))).rejects.toMatchObject({ name: 'KeyTooLongError' })
    await expect(tools.put(Bucket, 'x', 'x', { StorageClass: 'COLD' as never })).rejects.toMatchObject({ name: 'InvalidStorageClass' })
    await expect(tools.put(Bucket, 'x', 'x', { Tagging: Array.from({ length: 11 }, (_, i) => `k${i}=v`).join('&') })).rejects.toMatchObject({ name: 'BadRequest' })
    await expect(s3.send(new CopyObjectCommand({ Bucket, Key: 'digits', CopySource: `${Bucket}/digits` }))).rejects.toMatchObject({ name: 'InvalidRequest' })
  })
})
