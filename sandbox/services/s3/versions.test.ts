import { DeleteObjectCommand, GetBucketVersioningCommand, GetObjectCommand, HeadObjectCommand, ListObjectVersionsCommand, ListObjectsV2Command, PutBucketVersioningCommand, type S3Client } from '@aws-sdk/client-s3'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { startTestSandbox, type TestSandbox } from '../../testing'
import { s3Client, s3Tools } from './testing'

let sandbox: TestSandbox
let s3: S3Client
let tools: ReturnType<typeof s3Tools>
beforeAll(async () => {
  sandbox = await startTestSandbox()
  s3 = s3Client(sandbox.learner)
  tools = s3Tools(s3)
})
afterAll(() => sandbox.remove())

const keep = (Bucket: string, Status: 'Enabled' | 'Suspended' = 'Enabled') => s3.send(new PutBucketVersioningCommand({ Bucket, VersioningConfiguration: { Status } }))
const versionsOf = async (Bucket: string, more: object = {}) => {
  const { Versions = [], DeleteMarkers = [], ...rest } = await s3.send(new ListObjectVersionsCommand({ Bucket, ...more }))
  return { ...rest, versions: Versions.map(({ Key, VersionId, IsLatest }) => [Key, VersionId, IsLatest]), markers: DeleteMarkers.map(({ Key, VersionId, IsLatest }) => [Key, VersionId, IsLatest]) }
}

it('keeps what was there before; a deletion hides it, and can be undone', async () => {
  const Bucket = await tools.bucket('kept')
  expect((await s3.send(new GetBucketVersioningCommand({ Bucket }))).Status).toBeUndefined()
  await tools.put(Bucket, 'k', 'before')
  await keep(Bucket)
  const [one, two] = [(await tools.put(Bucket, 'k', 'one')).VersionId!, (await tools.put(Bucket, 'k', 'two')).VersionId!]
  expect(await tools.text(Bucket, 'k')).toBe('two')
  expect(await tools.text(Bucket, 'k', one)).toBe('one')
  expect(await tools.text(Bucket, 'k', 'null')).toBe('before')

  const gone = await s3.send(new DeleteObjectCommand({ Bucket, Key: 'k' }))
  expect(gone).toMatchObject({ DeleteMarker: true, VersionId: expect.any(String) })
  await expect(s3.send(new GetObjectCommand({ Bucket, Key: 'k' }))).rejects.toMatchObject({ name: 'NoSuchKey' })
  await expect(s3.send(new GetObjectCommand({ Bucket, Key: 'k', VersionId: gone.VersionId! }))).rejects.toMatchObject({ name: 'MethodNotAllowed' })
  await expect(s3.send(new GetObjectCommand({ Bucket, Key: 'k', VersionId: 'x'.repeat(32) }))).rejects.toMatchObject({ name: 'NoSuchVersion' })
  expect((await s3.send(new ListObjectsV2Command({ Bucket }))).KeyCount).toBe(0)
  expect(await versionsOf(Bucket)).toMatchObject({ versions: [['k', two, false], ['k', one, false], ['k', 'null', false]], markers: [['k', gone.VersionId, true]] })

  expect(await s3.send(new DeleteObjectCommand({ Bucket, Key: 'k', VersionId: gone.VersionId! }))).toMatchObject({ DeleteMarker: true })
  expect(await tools.text(Bucket, 'k')).toBe('two')
  await s3.send(new DeleteObjectCommand({ Bucket, Key: 'k', VersionId: two }))
  expect(await s3.send(new HeadObjectCommand({ Bucket, Key: 'k' }))).toMatchObject({ VersionId: one })
  await s3.send(new DeleteObjectCommand({ Bucket, Key: 'k', VersionId: 'null' }))
  expect((await versionsOf(Bucket)).versions).toEqual([['k', one, true]])
})

it('suspended, has one version without an id', async () => {
  const Bucket = await tools.bucket('suspended')
  await keep(Bucket)
  const first = (await tools.put(Bucket, 'k', 'first')).VersionId!
  await keep(Bucket, 'Suspended')
  expect((await tools.put(Bucket, 'k', 'second')).VersionId).toBe('null')
  await tools.put(Bucket, 'k', 'third')
  expect((await versionsOf(Bucket)).versions).toEqual([['k', 'null', true], ['k', first, false]])
  expect(await s3.send(new DeleteObjectCommand({ Bucket, Key: 'k' }))).toMatchObject({ DeleteMarker: true, VersionId: 'null' })
  expect(await versionsOf(Bucket)).toMatchObject({ versions: [['k', first, false]], markers: [['k', 'null', true]] })
})

it('lists versions page by page, with prefixes', async () => {
  const Bucket = await tools.bucket('paged')
  await keep(Bucket)
  for (const key of ['a', 'b', 'b', 'b', 'c/1', 'c/2', 'd']) await tools.put(Bucket, key)
  for (const MaxKeys of [1, 2, 3]) {
    const seen: unknown[] = []
    let markers: object = {}
    for (;;) {
      const page = await versionsOf(Bucket, { MaxKeys, Delimiter: '/', ...markers })
      seen.push(...page.versions.map(([key]) => key), ...(page.CommonPrefixes ?? []).map(({ Prefix }) => Prefix))
      if (!page.IsTruncated) break
      markers = { KeyMarker: page.NextKeyMarker, ...(page.NextVersionIdMarker === undefined ? {} : { VersionIdMarker: page.NextVersionIdMarker }) }
    }
    expect(seen.sort()).toEqual(['a', 'b', 'b', 'b', 'c/', 'd'])
  }
})
