import * as sdk from '@aws-sdk/client-s3'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { ClientConfig } from '../../testing'
import { startTestAccount, type TestAccount } from '../iam/test-account'
import { s3Client, s3Tools } from './testing'

let account: TestAccount
let s3: sdk.S3Client
let other: ClientConfig
let otherId: string
const Bucket = 'guarded'
const arn = `arn:aws:s3:::${Bucket}`
beforeAll(async () => {
  account = await startTestAccount()
  s3 = as(account.keys)
  const made = await account.admin('POST', '/_worklab/accounts')
  otherId = made.accountId
  other = { ...configOf(await account.admin('GET', `/_worklab/accounts/${otherId}/keys`)) }
  await s3Tools(s3).bucket(Bucket)
  await s3Tools(s3).put(Bucket, 'public/a', 'hello')
  await s3Tools(s3).put(Bucket, 'home/ann/x', 'hers', { Tagging: 'secret=no' })
  await s3Tools(s3).put(Bucket, 'home/bob/x', 'his', { Tagging: 'secret=yes' })
})
afterAll(() => account.close())

function configOf(credentials: ClientConfig['credentials']): ClientConfig {
  return { endpoint: account.sandbox.url, region: 'us-east-1', credentials, maxAttempts: 1 }
}
function as({ accessKeyId, secretAccessKey, sessionToken }: ClientConfig['credentials']): sdk.S3Client {
  return s3Client(configOf({ accessKeyId, secretAccessKey, ...(sessionToken === undefined ? {} : { sessionToken }) }))
}
const setPolicy = (...Statement: object[]) => s3.send(new sdk.PutBucketPolicyCommand({ Bucket, Policy: JSON.stringify({ Version: '2012-10-17', Statement }) }))
const open = () => s3.send(new sdk.PutPublicAccessBlockCommand({ Bucket, PublicAccessBlockConfiguration: {} }))
const get = (client: sdk.S3Client, Key: string) => client.send(new sdk.GetObjectCommand({ Bucket, Key }))
const denied = { name: 'AccessDenied', $metadata: { httpStatusCode: 403 } }
const anonymously = (path: string, method = 'GET', body?: string) => fetch(`${account.sandbox.url}${path}`, { method, ...(body === undefined ? {} : { body }) })

describe('a user', () => {
  it('gets at what its policy names, by prefix and by tags', async () => {
    const ann = as(
      await account.user('ann', [
        { Effect: 'Allow', Action: 's3:ListBucket', Resource: arn, Condition: { StringLike: { 's3:prefix': 'home/ann/*' } } },
        { Effect: 'Allow', Action: ['s3:GetObject'], Resource: `${arn}/home/*`, Condition: { StringEquals: { 's3:ExistingObjectTag/secret': 'no' } } },
        { Effect: 'Allow', Action: 's3:PutObject', Resource: `${arn}/home/ann/*` },
      ]),
    )
    expect((await ann.send(new sdk.ListObjectsV2Command({ Bucket, Prefix: 'home/ann/' }))).KeyCount).toBe(1)
    await expect(ann.send(new sdk.ListObjectsV2Command({ Bucket, Prefix: 'home/' }))).rejects.toMatchObject({ ...denied, message: expect.stringContaining(`is not authorized to perform: s3:ListBucket on resource: ${arn}`) })
    expect(await (await get(ann, 'home/ann/x')).Body!.transformToString()).toBe('hers')
    await expect(get(ann, 'home/bob/x')).rejects.toMatchObject(denied)
    await ann.send(new sdk.PutObjectCommand({ Bucket, Key: 'home/ann/y', Body: 'y' }))
    await expect(ann.send(new sdk.PutObjectCommand({ Bucket, Key: 'home/ann/z', Body: 'z', Tagging: 'secret=no' }))).rejects.toMatchObject(denied)
    await expect(ann.send(new sdk.DeleteObjectCommand({ Bucket, Key: 'home/ann/y' }))).rejects.toMatchObject(denied)
    await expect(ann.send(new sdk.ListBucketsCommand({}))).rejects.toMatchObject(denied)
    const { Deleted, Errors } = await ann.send(new sdk.DeleteObjectsCommand({ Bucket, Delete: { Objects: [{ Key: 'home/ann/y' }] } }))
    expect([Deleted, Errors]).toMatchObject([undefined, [{ Key: 'home/ann/y', Code: 'AccessDenied' }]])
  })

  it('is not told what is missing where it may not list', async () => {
    const reader = as(await account.user('reader', [{ Effect: 'Allow', Action: 's3:GetObject', Resource: `${arn}/*` }]))
    await expect(get(reader, 'nothing')).rejects.toMatchObject(denied)
    await expect(reader.send(new sdk.HeadObjectCommand({ Bucket, Key: 'nothing' }))).rejects.toMatchObject({ $metadata: { httpStatusCode: 403 } })
    const lister = as(await account.user('lister', [{ Effect: 'Allow', Action: ['s3:GetObject', 's3:ListBucket'], Resource: '*' }]))
    await expect(get(lister, 'nothing')).rejects.toMatchObject({ name: 'NoSuchKey' })
  })

  it('copies only what it may read', async () => {
    const copier = as(await account.user('copier', [{ Effect: 'Allow', Action: ['s3:GetObject', 's3:PutObject'], Resource: `${arn}/home/ann/*` }]))
    await copier.send(new sdk.CopyObjectCommand({ TaggingDirective: 'REPLACE', Bucket, Key: 'home/ann/copy', CopySource: `${Bucket}/home/ann/x` }))
    await expect(copier.send(new sdk.CopyObjectCommand({ TaggingDirective: 'REPLACE', Bucket, Key: 'home/ann/copy', CopySource: `${Bucket}/home/bob/x` }))).rejects.toMatchObject(denied)
  })
})

describe('a bucket policy', () => {
  it('lets in another account, whose users need permission of their own too', async () => {
    const theirs = s3Client(other)
    await expect(get(theirs, 'public/a')).rejects.toMatchObject(denied)
    await setPolicy({ Effect: 'Allow', Principal: { AWS: otherId }, Action: ['s3:GetObject', 's3:PutObject'], Resource: `${arn}/public/*` })
    expect(await (await get(theirs, 'public/a')).Body!.transformToString()).toBe('hello')
    await expect(get(theirs, 'home/ann/x')).rejects.toMatchObject(denied)
    await expect(theirs.send(new sdk.GetBucketPolicyCommand({ Bucket }))).rejects.toMatchObject({ $metadata: { httpStatusCode: 403 } })
    expect((await theirs.send(new sdk.ListBucketsCommand({}))).Buckets ?? []).toEqual([])
    await expect(theirs.send(new sdk.HeadBucketCommand({ Bucket, ExpectedBucketOwner: otherId }))).rejects.toMatchObject({ $metadata: { httpStatusCode: 403 } })
  })

  it('denies even the owner’s users; the owner’s root can take it back', async () => {
    await setPolicy({ Effect: 'Deny', Principal: '*', Action: 's3:*', Resource: [arn, `${arn}/*`] })
    await expect(get(s3, 'public/a')).rejects.toMatchObject({ ...denied, message: expect.stringContaining('with an explicit deny in a resource-based policy') })
    await expect(s3.send(new sdk.DeleteBucketPolicyCommand({ Bucket }))).rejects.toMatchObject(denied)
    const root = as(await account.admin('POST', `/_worklab/accounts/${account.accountId}/session`))
    await root.send(new sdk.DeleteBucketPolicyCommand({ Bucket }))
    await get(s3, 'public/a')
  })

  it('refuses what breaks its conditions', async () => {
    await setPolicy({ Effect: 'Deny', Principal: '*', Action: 's3:PutObject', Resource: `${arn}/*`, Condition: { StringNotEquals: { 's3:x-amz-server-side-encryption': 'AES256' } } }, { Effect: 'Deny', Principal: '*', Action: 's3:*', Resource: `${arn}/*`, Condition: { Bool: { 'aws:SecureTransport': 'false' } } })
    await expect(s3.send(new sdk.PutObjectCommand({ Bucket, Key: 'plain', Body: 'x' }))).rejects.toMatchObject(denied)
    await s3.send(new sdk.PutObjectCommand({ Bucket, Key: 'encrypted', Body: 'x', ServerSideEncryption: 'AES256' }))
    await s3.send(new sdk.DeleteBucketPolicyCommand({ Bucket }))
  })
})

describe('a copy', () => {
  it('takes tags along only where they may be read and written', async () => {
    const statements = [{ Effect: 'Allow', Action: ['s3:GetObject', 's3:PutObject'], Resource: `${arn}/*` }]
    const copier = as(await account.user('tagless', statements))
    const copy = (client: sdk.S3Client, Key: string, TaggingDirective?: 'REPLACE') => client.send(new sdk.CopyObjectCommand({ Bucket, Key, CopySource: `${Bucket}/home/ann/x`, ...(TaggingDirective ? { TaggingDirective } : {}) }))
    await expect(copy(copier, 'copy')).rejects.toMatchObject({ ...denied, message: expect.stringContaining('s3:GetObjectTagging') })
    await copy(copier, 'copy', 'REPLACE')
    const tagger = as(await account.user('tagger', [{ Effect: 'Allow', Action: ['s3:GetObject', 's3:PutObject', 's3:*ObjectTagging'], Resource: `${arn}/*` }]))
    await copy(tagger, 'copy')
    expect((await s3.send(new sdk.GetObjectTaggingCommand({ Bucket, Key: 'copy' }))).TagSet).toEqual([{ Key: 'secret', Value: 'no' }])
  })
})

describe('nobody', () => {
  it.each([
    ['Null', { Null: { 'aws:SourceArn': 'true' } }],
    ['IfExists', { StringEqualsIfExists: { 'aws:PrincipalArn': 'arn:aws:iam::111122223333:user/ann' } }],
    ['ForAllValues', { 'ForAllValues:StringEquals': { 'aws:PrincipalAccount': '111122223333' } }],
  ])('is not kept out by a condition with %s, which a caller without the key meets', async (_what, Condition) => {
    await s3.send(new sdk.PutPublicAccessBlockCommand({ Bucket, PublicAccessBlockConfiguration: { BlockPublicPolicy: true } }))
    await expect(setPolicy({ Effect: 'Allow', Principal: '*', Action: 's3:GetObject', Resource: `${arn}/public/*`, Condition })).rejects.toMatchObject({ ...denied, message: expect.stringContaining('BlockPublicPolicy') })
    await s3.send(new sdk.DeletePublicAccessBlockCommand({ Bucket }))
    await s3.send(new sdk.PutPublicAccessBlockCommand({ Bucket, PublicAccessBlockConfiguration: { BlockPublicAcls: true, IgnorePublicAcls: true, BlockPublicPolicy: true, RestrictPublicBuckets: true } }))
  })

  it('gets in only where public access is not blocked and a policy lets the world in', async () => {
    const all = { Effect: 'Allow', Principal: '*', Action: 's3:GetObject', Resource: `${arn}/public/*` }
    const closed = await anonymously(`/${Bucket}/public/a`)
    expect([closed.status, await closed.text()]).toEqual([403, expect.stringContaining('<Error><Code>AccessDenied</Code><Message>Access Denied</Message>')])
    await expect(setPolicy(all)).rejects.toMatchObject({ ...denied, message: expect.stringContaining('BlockPublicPolicy') })
    await open()
    await setPolicy(all)
    expect((await s3.send(new sdk.GetBucketPolicyStatusCommand({ Bucket }))).PolicyStatus!.IsPublic).toBe(true)
    expect(await (await anonymously(`/${Bucket}/public/a`)).text()).toBe('hello')
    for (const [path, method] of [[`/${Bucket}/home/ann/x`, 'GET'], [`/${Bucket}`, 'GET'], [`/${Bucket}/public/new`, 'PUT'], [`/${Bucket}/public/a`, 'DELETE'], [`/${Bucket}/public/missing`, 'GET']] as const) expect([path, method, (await anonymously(path, method)).status]).toEqual([path, method, 403])
    await s3.send(new sdk.PutPublicAccessBlockCommand({ Bucket, PublicAccessBlockConfiguration: { RestrictPublicBuckets: true } }))
    expect((await anonymously(`/${Bucket}/public/a`)).status).toBe(403)
    await expect(get(s3Client(other), 'public/a')).rejects.toMatchObject(denied)
    await get(s3, 'public/a')
    await s3.send(new sdk.DeleteBucketPolicyCommand({ Bucket }))
  })

  it('gets in by an ACL, where ACLs count', async () => {
    await s3.send(new sdk.CreateBucketCommand({ Bucket: 'with-acls', ObjectOwnership: 'ObjectWriter' }))
    const put = (ACL: 'public-read' | 'private') => s3.send(new sdk.PutObjectCommand({ Bucket: 'with-acls', Key: 'k', Body: 'open', ACL }))
    await expect(put('public-read')).rejects.toMatchObject(denied)
    await s3.send(new sdk.DeletePublicAccessBlockCommand({ Bucket: 'with-acls' }))
    await put('public-read')
    expect(await (await anonymously('/with-acls/k')).text()).toBe('open')
    expect((await s3.send(new sdk.GetObjectAclCommand({ Bucket: 'with-acls', Key: 'k' }))).Grants).toMatchObject([{ Permission: 'FULL_CONTROL' }, { Grantee: { Type: 'Group', URI: 'http://acs.amazonaws.com/groups/global/AllUsers' }, Permission: 'READ' }])
    expect((await anonymously('/with-acls')).status).toBe(403)
    await s3.send(new sdk.PutBucketAclCommand({ Bucket: 'with-acls', ACL: 'public-read' }))
    expect((await anonymously('/with-acls')).status).toBe(200)
    await put('private')
    expect((await anonymously('/with-acls/k')).status).toBe(403)
  })
})
