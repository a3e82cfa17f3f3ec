import { createHash, randomBytes } from 'node:crypto'
import { AbortMultipartUploadCommand, CompleteMultipartUploadCommand, CreateMultipartUploadCommand, GetObjectAttributesCommand, GetObjectCommand, HeadObjectCommand, ListMultipartUploadsCommand, ListPartsCommand, UploadPartCommand, UploadPartCopyCommand, type S3Client } from '@aws-sdk/client-s3'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { startTestSandbox, type TestSandbox } from '../../testing'
import { checksumOf, type Algorithm } from './checksums'
import { s3Client, s3Tools } from './testing'

const MB5 = 5 << 20
let sandbox: TestSandbox
let s3: S3Client
let tools: ReturnType<typeof s3Tools>
const Bucket = 'parts'
const [first, last] = [randomBytes(MB5), randomBytes(1000)]
beforeAll(async () => {
  sandbox = await startTestSandbox()
  s3 = s3Client(sandbox.learner)
  tools = s3Tools(s3)
  await tools.bucket(Bucket)
})
afterAll(() => sandbox.remove())

const begin = async (Key: string, more: object = {}) => (await s3.send(new CreateMultipartUploadCommand({ Bucket, Key, ...more }))).UploadId!
const part = (Key: string, UploadId: string, PartNumber: number, Body: Uint8Array, more: object = {}) => s3.send(new UploadPartCommand({ Bucket, Key, UploadId, PartNumber, Body, ...more }))
const complete = (Key: string, UploadId: string, Parts: object[], more: object = {}) => s3.send(new CompleteMultipartUploadCommand({ Bucket, Key, UploadId, MultipartUpload: { Parts: Parts as never }, ...more }))
const checksum = async (algorithm: Algorithm, ...data: Buffer[]) => {
  const sum = checksumOf(algorithm)
  for (const one of data) sum.update(one)
  return (await sum.digest()).toString('base64')
}

it('makes one object of its parts', async () => {
  const UploadId = await begin('big', { ContentType: 'video/mp4', Metadata: { a: 'b' } })
  await part('big', UploadId, 3, randomBytes(10))
  const two = await part('big', UploadId, 2, last)
  const one = await part('big', UploadId, 1, first)
  expect((await s3.send(new ListPartsCommand({ Bucket, Key: 'big', UploadId }))).Parts!.map(({ PartNumber, Size }) => [PartNumber, Size])).toEqual([[1, MB5], [2, 1000], [3, 10]])
  const paged = await s3.send(new ListPartsCommand({ Bucket, Key: 'big', UploadId, MaxParts: 1, PartNumberMarker: '1' }))
  expect(paged).toMatchObject({ IsTruncated: true, NextPartNumberMarker: '2', Parts: [{ PartNumber: 2 }] })
  const done = await complete('big', UploadId, [{ PartNumber: 1, ETag: one.ETag }, { PartNumber: 2, ETag: two.ETag }])
  const md5 = (data: Buffer) => createHash('md5').update(data).digest()
  expect(done.ETag).toBe(`"${md5(Buffer.concat([md5(first), md5(last)])).toString('hex')}-2"`)
  expect(done.ChecksumCRC64NVME ?? done.ChecksumCRC32).toBeDefined()
  const got = await s3.send(new GetObjectCommand({ Bucket, Key: 'big' }))
  expect(got).toMatchObject({ ContentType: 'video/mp4', Metadata: { a: 'b' }, ContentLength: MB5 + 1000 })
  expect(Buffer.from(await got.Body!.transformToByteArray()).equals(Buffer.concat([first, last]))).toBe(true)
  const second = await s3.send(new GetObjectCommand({ Bucket, Key: 'big', PartNumber: 2 }))
  expect(second).toMatchObject({ PartsCount: 2, ContentRange: `bytes ${MB5}-${MB5 + 999}/${MB5 + 1000}` })
  expect(Buffer.from(await second.Body!.transformToByteArray()).equals(last)).toBe(true)
  expect((await s3.send(new GetObjectAttributesCommand({ Bucket, Key: 'big', ObjectAttributes: ['ObjectParts', 'ETag'] }))).ObjectParts).toMatchObject({ TotalPartsCount: 2 })
  await expect(complete('big', UploadId, [{ PartNumber: 1, ETag: one.ETag }])).rejects.toMatchObject({ name: 'NoSuchUpload' })
})

it('has a checksum of the whole, or of the parts’ checksums', async () => {
  for (const [ChecksumAlgorithm, ChecksumType] of [['CRC32', 'FULL_OBJECT'], ['CRC64NVME', 'FULL_OBJECT'], ['SHA256', 'COMPOSITE'], ['CRC32C', 'COMPOSITE']] as const) {
    const UploadId = await begin(ChecksumAlgorithm, { ChecksumAlgorithm, ChecksumType })
    const one = await part(ChecksumAlgorithm, UploadId, 1, first, { ChecksumAlgorithm })
    const two = await part(ChecksumAlgorithm, UploadId, 2, last, { ChecksumAlgorithm })
    const name = `Checksum${ChecksumAlgorithm}` as const
    const done = await complete(ChecksumAlgorithm, UploadId, [{ PartNumber: 1, ETag: one.ETag, [name]: one[name] }, { PartNumber: 2, ETag: two.ETag, [name]: two[name] }], { ChecksumType })
    const expected = ChecksumType === 'FULL_OBJECT' ? await checksum(ChecksumAlgorithm, first, last) : `${await checksum(ChecksumAlgorithm, Buffer.from(one[name]!, 'base64'), Buffer.from(two[name]!, 'base64'))}-2`
    expect([done[name], done.ChecksumType]).toEqual([expected, ChecksumType])
    expect(await s3.send(new HeadObjectCommand({ Bucket, Key: ChecksumAlgorithm, ChecksumMode: 'ENABLED' }))).toMatchObject({ [name]: expected, ChecksumType })
  }
})

it('takes parts from other objects', async () => {
  await tools.put(Bucket, 'source', first)
  const UploadId = await begin('copied')
  const one = await s3.send(new UploadPartCopyCommand({ Bucket, Key: 'copied', UploadId, PartNumber: 1, CopySource: `${Bucket}/source` }))
  const two = await s3.send(new UploadPartCopyCommand({ Bucket, Key: 'copied', UploadId, PartNumber: 2, CopySource: `${Bucket}/source`, CopySourceRange: 'bytes=10-19' }))
  await complete('copied', UploadId, [{ PartNumber: 1, ETag: one.CopyPartResult!.ETag }, { PartNumber: 2, ETag: two.CopyPartResult!.ETag }])
  const got = await (await s3.send(new GetObjectCommand({ Bucket, Key: 'copied' }))).Body!.transformToByteArray()
  expect(Buffer.from(got).equals(Buffer.concat([first, first.subarray(10, 20)]))).toBe(true)
})

it('is refused where the parts are not right, and can be aborted', async () => {
  const UploadId = await begin('wrong')
  const one = await part('wrong', UploadId, 1, Buffer.from('small'))
  const two = await part('wrong', UploadId, 2, Buffer.from('last'))
  const [a, b] = [{ PartNumber: 1, ETag: one.ETag }, { PartNumber: 2, ETag: two.ETag }]
  await expect(complete('wrong', UploadId, [a, b])).rejects.toMatchObject({ name: 'EntityTooSmall' })
  await expect(complete('wrong', UploadId, [b, a])).rejects.toMatchObject({ name: 'InvalidPartOrder' })
  await expect(complete('wrong', UploadId, [{ PartNumber: 1, ETag: '"x"' }])).rejects.toMatchObject({ name: 'InvalidPart' })
  await expect(complete('wrong', UploadId, [{ PartNumber: 7, ETag: one.ETag }])).rejects.toMatchObject({ name: 'InvalidPart' })
  await expect(part('wrong', UploadId, 10_001, Buffer.from('x'))).rejects.toMatchObject({ name: 'InvalidArgument' })
  expect((await s3.send(new ListMultipartUploadsCommand({ Bucket }))).Uploads!.map(({ Key }) => Key)).toEqual(['wrong'])
  await s3.send(new AbortMultipartUploadCommand({ Bucket, Key: 'wrong', UploadId }))
  await expect(part('wrong', UploadId, 1, Buffer.from('x'))).rejects.toMatchObject({ name: 'NoSuchUpload' })
  await expect(s3.send(new ListPartsCommand({ Bucket, Key: 'wrong', UploadId }))).rejects.toMatchObject({ name: 'NoSuchUpload' })
  expect((await s3.send(new ListMultipartUploadsCommand({ Bucket }))).Uploads).toBeUndefined()
})
