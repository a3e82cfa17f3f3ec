import * as sdk from '@aws-sdk/client-s3'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { itAnswersTheDocumentedErrors } from '../../documented-errors-testing'
import { sendSigned } from '../../raw-request'
import { startTestSandbox, type TestSandbox } from '../../testing'
import documented from './documented-errors.json' with { type: 'json' }
import { s3 as service } from './index'
import { s3Client, s3Tools } from './testing'

let sandbox: TestSandbox
let s3: sdk.S3Client
let theirs: sdk.S3Client
const Bucket = 'errors'
const missing = { Bucket, Key: 'missing' }
const nowhere = { Bucket: 'no-such-bucket-here' }
beforeAll(async () => {
  sandbox = await startTestSandbox()
  s3 = s3Client(sandbox.learner)
  theirs = s3Client((await sandbox.newAccount()).config)
  await s3Tools(s3).bucket(Bucket)
  await theirs.send(new sdk.CreateBucketCommand({ Bucket: 'theirs' }))
  await new sdk.S3Client({ ...sandbox.learner, region: 'eu-west-1' }).send(new sdk.CreateBucketCommand({ Bucket: 'in-europe', CreateBucketConfiguration: { LocationConstraint: 'eu-west-1' } }))
  await s3Tools(s3).put(Bucket, 'archived', 'x', { StorageClass: 'GLACIER' })
})
afterAll(() => sandbox.remove())

describe('what AWS’s model documents', () => {
  const send = (command: unknown) => () => s3.send(command as never)
  itAnswersTheDocumentedErrors({
    service,
    documented,
    provoked: {
      'AbortMultipartUpload NoSuchUpload': send(new sdk.AbortMultipartUploadCommand({ ...missing, UploadId: 'x' })),
      'CreateBucket BucketAlreadyExists': send(new sdk.CreateBucketCommand({ Bucket: 'theirs' })),
      'CreateBucket BucketAlreadyOwnedByYou': () => new sdk.S3Client({ ...sandbox.learner, region: 'eu-west-1' }).send(new sdk.CreateBucketCommand({ Bucket: 'in-europe', CreateBucketConfiguration: { LocationConstraint: 'eu-west-1' } })),
      'GetObject NoSuchKey': send(new sdk.GetObjectCommand(missing)),
      'GetObject InvalidObjectState': send(new sdk.GetObjectCommand({ Bucket, Key: 'archived' })),
      'GetObjectAcl NoSuchKey': send(new sdk.GetObjectAclCommand(missing)),
      'GetObjectAttributes NoSuchKey': send(new sdk.GetObjectAttributesCommand({ ...missing, ObjectAttributes: ['ETag'] })),
      'ListObjects NoSuchBucket': send(new sdk.ListObjectsCommand(nowhere)),
      'ListObjectsV2 NoSuchBucket': send(new sdk.ListObjectsV2Command(nowhere)),
      'PutObjectAcl NoSuchKey': send(new sdk.PutObjectAclCommand({ ...missing, ACL: 'bucket-owner-full-control' })),
      'PutObject InvalidRequest': send(new sdk.PutObjectCommand({ ...missing, Body: 'x', ObjectLockMode: 'GOVERNANCE', ObjectLockRetainUntilDate: new Date('2040-01-01') })),
    },
    never: {
      'HeadBucket NoSuchBucket': 'an answer to HEAD has no body that could name it: clients see NotFound',
      'HeadObject NoSuchKey': 'an answer to HEAD has no body that could name it: clients see NotFound',
      ObjectNotInActiveTierError: 'nothing is moved between tiers: a storage class is kept and given back',
      InvalidWriteOffset: 'of directory buckets, where PutObject appends; there are none',
      TooManyParts: 'of directory buckets, where PutObject appends; there are none',
      EncryptionTypeMismatch: 'of directory buckets, where PutObject appends; there are none',
    },
  })
})

/** Codes of S3's own list (S3 API reference, "Error responses") that no other test here provokes, by what was sent. */
describe('the list of error codes', () => {
  const raw = async (method: string, path: string, body = '', headers: Record<string, string> = {}, query: Record<string, string> = {}) => {
    const { status, text } = await sendSigned(sandbox.learner, { service: 's3', method, path, query, headers, body: Buffer.from(body) })
    return [status, /<Code>(\w+)<\/Code>/.exec(text)?.[1]]
  }

  it.each([
    ['MalformedXML', 400, () => raw('PUT', `/${Bucket}`, '<not xml', {}, { versioning: '' })],
    ['MissingRequestBodyError', 400, () => raw('PUT', `/${Bucket}`, '', {}, { versioning: '' })],
    ['MalformedXML', 400, () => raw('POST', `/${Bucket}`, '<Delete></Delete>', {}, { delete: '' })],
    ['BadDigest', 400, () => raw('PUT', `/${Bucket}`, '<VersioningConfiguration/>', { 'content-md5': Buffer.alloc(16).toString('base64') }, { versioning: '' })],
    ['InvalidDigest', 400, () => raw('PUT', `/${Bucket}`, '<VersioningConfiguration/>', { 'content-md5': 'x' }, { versioning: '' })],
    ['InvalidArgument', 400, () => raw('GET', `/${Bucket}`, '', {}, { 'list-type': '2', 'max-keys': 'many' })],
    ['InvalidArgument', 400, () => raw('GET', `/${Bucket}`, '', {}, { 'list-type': '2', 'continuation-token': 'x' })],
    ['InvalidArgument', 400, () => raw('GET', `/${Bucket}`, '', {}, { 'encoding-type': 'morse' })],
    ['InvalidArgument', 400, () => raw('PUT', `/${Bucket}/copy`, '', { 'x-amz-copy-source': 'nonsense' })],
    ['InvalidArgument', 400, () => raw('PUT', `/${Bucket}/k`, 'x', { 'x-amz-server-side-encryption': 'rot13' })],
    ['NoSuchVersion', 404, () => raw('GET', `/${Bucket}/archived`, '', {}, { versionId: 'x' })],
    ['NoSuchKey', 404, () => raw('PUT', `/${Bucket}/copy`, '', { 'x-amz-copy-source': `${Bucket}/missing` })],
    ['NoSuchBucket', 404, () => raw('PUT', `/${Bucket}/copy`, '', { 'x-amz-copy-source': 'no-such-bucket-here/k' })],
    ['NoSuchBucket', 404, () => raw('PUT', '/no-such-bucket-here/k', 'x')],
    ['MethodNotAllowed', 405, () => raw('POST', `/${Bucket}/k`, 'x')],
    ['MethodNotAllowed', 405, () => raw('PATCH', `/${Bucket}/k`, 'x')],
    ['NotImplemented', 501, () => raw('GET', `/${Bucket}`, '', {}, { inventory: '' })],
    ['NotImplemented', 501, () => raw('PUT', `/${Bucket}/k`, 'x', { 'if-none-match': '"abc"' })],
    ['XAmzContentSHA256Mismatch', 400, () => raw('PUT', `/${Bucket}/k`, 'x', { 'x-amz-content-sha256': '0'.repeat(64) })],
    ['IncompleteBody', 400, () => raw('PUT', `/${Bucket}/k`, '5\r\nhel', { 'x-amz-content-sha256': 'STREAMING-UNSIGNED-PAYLOAD-TRAILER', 'x-amz-decoded-content-length': '5', 'content-encoding': 'aws-chunked' })],
    ['MalformedTrailerError', 400, () => raw('PUT', `/${Bucket}/k`, '1\r\nx\r\n0\r\n\r\n', { 'x-amz-content-sha256': 'STREAMING-UNSIGNED-PAYLOAD-TRAILER', 'x-amz-decoded-content-length': '1', 'x-amz-trailer': 'x-amz-checksum-crc32' })],
    ['AccessDenied', 403, () => fetch(`${sandbox.url}/${Bucket}/k`).then(async (response) => [response.status, /<Code>(\w+)/.exec(await response.text())?.[1]])],
  ] as const)('%s (%i)', async (code, status, provoke) => {
    expect(await provoke()).toEqual([status, code])
  })
})
