import { Readable } from 'node:stream'
import { CopyObjectCommand, CreateBucketCommand, DeleteBucketCommand, DeleteObjectCommand, DeleteObjectsCommand, GetBucketLocationCommand, GetObjectCommand, HeadBucketCommand, HeadObjectCommand, ListBucketsCommand, ListObjectsCommand, ListObjectsV2Command, PutObjectCommand, S3Client } from '@aws-sdk/client-s3'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { startTestSandbox, type TestSandbox } from '../../testing'

let sandbox: TestSandbox
let s3: S3Client
beforeAll(async () => {
  sandbox = await startTestSandbox()
  s3 = new S3Client({ ...sandbox.learner, forcePathStyle: true })
  await s3.send(new CreateBucketCommand({ Bucket: 'photos' }))
})
afterAll(() => sandbox.remove())

const textOf = async (Bucket: string, Key: string) => (await s3.send(new GetObjectCommand({ Bucket, Key }))).Body!.transformToString()

describe('buckets', () => {
  it('are made, found, listed and deleted', async () => {
    expect((await s3.send(new CreateBucketCommand({ Bucket: 'reports' }))).Location).toBe('/reports')
    expect(await s3.send(new HeadBucketCommand({ Bucket: 'reports' }))).toMatchObject({ BucketRegion: 'us-east-1' })
    expect((await s3.send(new GetBucketLocationCommand({ Bucket: 'reports' }))).LocationConstraint).toBeUndefined()
    expect((await s3.send(new ListBucketsCommand({}))).Buckets!.map(({ Name }) => Name)).toEqual(['photos', 'reports'])
    await s3.send(new DeleteBucketCommand({ Bucket: 'reports' }))
    await expect(s3.send(new HeadBucketCommand({ Bucket: 'reports' }))).rejects.toMatchObject({ name: 'NotFound', $metadata: { httpStatusCode: 404 } })
  })

  it('have names that are one space over all accounts; us-east-1 alone takes the same call twice', async () => {
    const { config } = await sandbox.newAccount()
    await expect(new S3Client({ ...config, forcePathStyle: true }).send(new CreateBucketCommand({ Bucket: 'photos' }))).rejects.toMatchObject({ name: 'BucketAlreadyExists' })
    await s3.send(new CreateBucketCommand({ Bucket: 'photos' }))
    const inTokyo = new S3Client({ ...sandbox.learner, region: 'ap-northeast-1', forcePathStyle: true })
    const CreateBucketConfiguration = { LocationConstraint: 'ap-northeast-1' } as const
    await inTokyo.send(new CreateBucketCommand({ Bucket: 'tokyo', CreateBucketConfiguration }))
    await expect(inTokyo.send(new CreateBucketCommand({ Bucket: 'tokyo', CreateBucketConfiguration }))).rejects.toMatchObject({ name: 'BucketAlreadyOwnedByYou' })
    expect((await inTokyo.send(new GetBucketLocationCommand({ Bucket: 'tokyo' }))).LocationConstraint).toBe('ap-northeast-1')
    await expect(inTokyo.send(new CreateBucketCommand({ Bucket: 'tokyo-2', CreateBucketConfiguration: { LocationConstraint: 'eu-west-1' } }))).rejects.toMatchObject({ name: 'IllegalLocationConstraintException' })
    await inTokyo.send(new DeleteBucketCommand({ Bucket: 'tokyo' }))
  })
})

describe('objects', () => {
  it('come back as they were put, with their headers', async () => {
    const put = await s3.send(new PutObjectCommand({ Bucket: 'photos', Key: 'a b/ü+%.txt', Body: 'xin chào', ContentType: 'text/plain', CacheControl: 'no-cache', Metadata: { who: 'me' } }))
    expect(put).toMatchObject({ ETag: expect.stringMatching(/^"[0-9a-f]{32}"$/), ServerSideEncryption: 'AES256', ChecksumType: 'FULL_OBJECT' })
    const got = await s3.send(new GetObjectCommand({ Bucket: 'photos', Key: 'a b/ü+%.txt' }))
    expect(got).toMatchObject({ ContentType: 'text/plain', CacheControl: 'no-cache', Metadata: { who: 'me' }, ContentLength: 9, ETag: put.ETag })
    expect(await got.Body!.transformToString()).toBe('xin chào')
    expect(await s3.send(new HeadObjectCommand({ Bucket: 'photos', Key: 'a b/ü+%.txt' }))).toMatchObject({ ContentLength: 9, Metadata: { who: 'me' } })
  })

  it('may be empty, and as large as a file', async () => {
    await s3.send(new PutObjectCommand({ Bucket: 'photos', Key: 'empty', Body: new Uint8Array(0) }))
    expect(await textOf('photos', 'empty')).toBe('')
    const large = Buffer.alloc(3_000_000, 'worklab')
    await s3.send(new PutObjectCommand({ Bucket: 'photos', Key: 'large', Body: large }))
    expect(Buffer.from(await (await s3.send(new GetObjectCommand({ Bucket: 'photos', Key: 'large' }))).Body!.transformToByteArray()).equals(large)).toBe(true)
  })

  it('are taken from a stream, with a checksum behind it', async () => {
    const Body = Readable.from([Buffer.alloc(100_000, 'a'), Buffer.alloc(50_000, 'b')])
    const put = await s3.send(new PutObjectCommand({ Bucket: 'photos', Key: 'streamed', Body, ContentLength: 150_000, ChecksumAlgorithm: 'SHA256' }))
    expect(put.ChecksumSHA256).toBeDefined()
    expect((await textOf('photos', 'streamed')).length).toBe(150_000)
  })

  it('are missing with a word', async () => {
    await expect(s3.send(new GetObjectCommand({ Bucket: 'photos', Key: 'nothing' }))).rejects.toMatchObject({ name: 'NoSuchKey' })
    await expect(s3.send(new HeadObjectCommand({ Bucket: 'photos', Key: 'nothing' }))).rejects.toMatchObject({ name: 'NotFound' })
    await expect(s3.send(new GetObjectCommand({ Bucket: 'no-such-bucket', Key: 'nothing' }))).rejects.toMatchObject({ name: 'NoSuchBucket' })
  })

  it('are copied and deleted, one or many', async () => {
    await s3.send(new PutObjectCommand({ Bucket: 'photos', Key: 'original', Body: 'same', Metadata: { a: '1' } }))
    const { CopyObjectResult } = await s3.send(new CopyObjectCommand({ Bucket: 'photos', Key: 'copy', CopySource: 'photos/original' }))
    expect(CopyObjectResult).toMatchObject({ ETag: expect.any(String), LastModified: expect.any(Date) })
    await s3.send(new CopyObjectCommand({ Bucket: 'photos', Key: 'large-copy', CopySource: 'photos/large' }))
    expect((await s3.send(new HeadObjectCommand({ Bucket: 'photos', Key: 'copy' }))).Metadata).toEqual({ a: '1' })
    await s3.send(new DeleteObjectCommand({ Bucket: 'photos', Key: 'original' }))
    await s3.send(new DeleteObjectCommand({ Bucket: 'photos', Key: 'large' }))
    expect((await textOf('photos', 'large-copy')).length).toBe(3_000_000)
    expect(await textOf('photos', 'copy')).toBe('same')
    const { Deleted, Errors } = await s3.send(new DeleteObjectsCommand({ Bucket: 'photos', Delete: { Objects: [{ Key: 'copy' }, { Key: 'never-there' }, { Key: 'large-copy' }] } }))
    expect(Deleted!.map(({ Key }) => Key)).toEqual(['copy', 'never-there', 'large-copy'])
    expect(Errors).toBeUndefined()
    await expect(s3.send(new DeleteBucketCommand({ Bucket: 'photos' }))).rejects.toMatchObject({ name: 'BucketNotEmpty' })
  })

  it('are listed in the order of their bytes, by prefix, delimiter and page', async () => {
    await s3.send(new CreateBucketCommand({ Bucket: 'listed' }))
    const keys = ['a', 'a/1', 'a/2', 'a/b/3', 'b', 'é', '🙂', 'z']
    for (const Key of keys) await s3.send(new PutObjectCommand({ Bucket: 'listed', Key, Body: Key }))
    const all = await s3.send(new ListObjectsV2Command({ Bucket: 'listed' }))
    expect(all).toMatchObject({ KeyCount: 8, IsTruncated: false, Name: 'listed' })
    expect(all.Contents!.map(({ Key }) => Key)).toEqual(['a', 'a/1', 'a/2', 'a/b/3', 'b', 'z', 'é', '🙂'])
    const top = await s3.send(new ListObjectsV2Command({ Bucket: 'listed', Delimiter: '/' }))
    expect([top.Contents!.map(({ Key }) => Key), top.CommonPrefixes!.map(({ Prefix }) => Prefix)]).toEqual([['a', 'b', 'z', 'é', '🙂'], ['a/']])
    const below = await s3.send(new ListObjectsV2Command({ Bucket: 'listed', Delimiter: '/', Prefix: 'a/' }))
    expect([below.Contents!.map(({ Key }) => Key), below.CommonPrefixes!.map(({ Prefix }) => Prefix)]).toEqual([['a/1', 'a/2'], ['a/b/']])
    const seen: string[] = []
    for (let ContinuationToken: string | undefined; ; ) {
      const page = await s3.send(new ListObjectsV2Command({ Bucket: 'listed', MaxKeys: 2, Delimiter: '/', ...(ContinuationToken === undefined ? {} : { ContinuationToken }) }))
      seen.push(...(page.Contents ?? []).map(({ Key }) => Key!), ...(page.CommonPrefixes ?? []).map(({ Prefix }) => Prefix!))
      expect(page.KeyCount).toBeLessThanOrEqual(2)
      ContinuationToken = page.NextContinuationToken
      if (!page.IsTruncated) break
    }
    expect(seen.sort()).toEqual(['a', 'a/', 'b', 'z', 'é', '🙂'].sort())
    const old = await s3.send(new ListObjectsCommand({ Bucket: 'listed', Marker: 'b', EncodingType: 'url' }))
    expect(old.Contents!.map(({ Key }) => Key)).toEqual(['z', '%C3%A9', '%F0%9F%99%82'])
  })
})
