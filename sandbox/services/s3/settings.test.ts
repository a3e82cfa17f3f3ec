import * as sdk from '@aws-sdk/client-s3'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { startTestSandbox, type TestSandbox } from '../../testing'
import { s3Client, s3Tools } from './testing'

let sandbox: TestSandbox
let s3: sdk.S3Client
const Bucket = 'settings'
beforeAll(async () => {
  sandbox = await startTestSandbox()
  s3 = s3Client(sandbox.learner)
  await s3Tools(s3).bucket(Bucket)
})
afterAll(() => sandbox.remove())

describe('a new bucket', () => {
  it('tells what one on AWS tells where nothing was set', async () => {
    expect((await s3.send(new sdk.GetBucketEncryptionCommand({ Bucket }))).ServerSideEncryptionConfiguration).toEqual({ Rules: [{ ApplyServerSideEncryptionByDefault: { SSEAlgorithm: 'AES256' }, BucketKeyEnabled: false }] })
    expect((await s3.send(new sdk.GetBucketOwnershipControlsCommand({ Bucket }))).OwnershipControls).toEqual({ Rules: [{ ObjectOwnership: 'BucketOwnerEnforced' }] })
    expect((await s3.send(new sdk.GetPublicAccessBlockCommand({ Bucket }))).PublicAccessBlockConfiguration).toEqual({ BlockPublicAcls: true, IgnorePublicAcls: true, BlockPublicPolicy: true, RestrictPublicBuckets: true })
    expect((await s3.send(new sdk.GetBucketAclCommand({ Bucket }))).Grants).toMatchObject([{ Permission: 'FULL_CONTROL' }])
    expect((await s3.send(new sdk.GetBucketRequestPaymentCommand({ Bucket }))).Payer).toBe('BucketOwner')
    expect((await s3.send(new sdk.GetBucketAccelerateConfigurationCommand({ Bucket }))).Status).toBeUndefined()
    expect((await s3.send(new sdk.GetBucketLoggingCommand({ Bucket }))).LoggingEnabled).toBeUndefined()
    expect((await s3.send(new sdk.GetBucketNotificationConfigurationCommand({ Bucket }))).QueueConfigurations).toBeUndefined()
  })

  it.each([
    ['NoSuchBucketPolicy', () => new sdk.GetBucketPolicyCommand({ Bucket })],
    ['NoSuchBucketPolicy', () => new sdk.GetBucketPolicyStatusCommand({ Bucket })],
    ['NoSuchCORSConfiguration', () => new sdk.GetBucketCorsCommand({ Bucket })],
    ['NoSuchLifecycleConfiguration', () => new sdk.GetBucketLifecycleConfigurationCommand({ Bucket })],
    ['NoSuchTagSet', () => new sdk.GetBucketTaggingCommand({ Bucket })],
    ['NoSuchWebsiteConfiguration', () => new sdk.GetBucketWebsiteCommand({ Bucket })],
    ['ObjectLockConfigurationNotFoundError', () => new sdk.GetObjectLockConfigurationCommand({ Bucket })],
    ['ReplicationConfigurationNotFoundError', () => new sdk.GetBucketReplicationCommand({ Bucket })],
  ])('%s', async (name, command) => {
    await expect(s3.send(command() as never)).rejects.toMatchObject({ name, $metadata: { httpStatusCode: 404 } })
  })
})

describe('a setting', () => {
  it('comes back as it was put, and goes', async () => {
    const CORSRules = [{ AllowedMethods: ['GET', 'PUT'], AllowedOrigins: ['https://*.example.com'], AllowedHeaders: ['*'], ExposeHeaders: ['ETag'], MaxAgeSeconds: 300 }]
    await s3.send(new sdk.PutBucketCorsCommand({ Bucket, CORSConfiguration: { CORSRules } }))
    expect((await s3.send(new sdk.GetBucketCorsCommand({ Bucket }))).CORSRules).toEqual(CORSRules)
    await s3.send(new sdk.DeleteBucketCorsCommand({ Bucket }))
    await expect(s3.send(new sdk.GetBucketCorsCommand({ Bucket }))).rejects.toMatchObject({ name: 'NoSuchCORSConfiguration' })

    const Rules: sdk.LifecycleRule[] = [{ ID: 'old', Status: 'Enabled', Filter: { Prefix: 'logs/' }, Expiration: { Days: 30 }, Transitions: [{ Date: new Date('2030-01-01T00:00:00Z'), StorageClass: 'GLACIER' }] }]
    await s3.send(new sdk.PutBucketLifecycleConfigurationCommand({ Bucket, LifecycleConfiguration: { Rules } }))
    expect((await s3.send(new sdk.GetBucketLifecycleConfigurationCommand({ Bucket }))).Rules).toEqual(Rules)
    await s3.send(new sdk.DeleteBucketLifecycleCommand({ Bucket }))

    await s3.send(new sdk.PutBucketTaggingCommand({ Bucket, Tagging: { TagSet: [{ Key: 'team', Value: 'a' }] } }))
    expect((await s3.send(new sdk.GetBucketTaggingCommand({ Bucket }))).TagSet).toEqual([{ Key: 'team', Value: 'a' }])
    await s3.send(new sdk.DeleteBucketTaggingCommand({ Bucket }))

    await s3.send(new sdk.PutBucketEncryptionCommand({ Bucket, ServerSideEncryptionConfiguration: { Rules: [{ ApplyServerSideEncryptionByDefault: { SSEAlgorithm: 'aws:kms', KMSMasterKeyID: 'alias/k' }, BucketKeyEnabled: true }] } }))
    expect(await s3.send(new sdk.PutObjectCommand({ Bucket, Key: 'secret', Body: 'x' }))).toMatchObject({ ServerSideEncryption: 'aws:kms', SSEKMSKeyId: 'alias/k', BucketKeyEnabled: true })
    await s3.send(new sdk.DeleteBucketEncryptionCommand({ Bucket }))
    expect(await s3.send(new sdk.PutObjectCommand({ Bucket, Key: 'secret', Body: 'x' }))).toMatchObject({ ServerSideEncryption: 'AES256' })

    const website = { IndexDocument: { Suffix: 'index.html' }, ErrorDocument: { Key: '404.html' } }
    await s3.send(new sdk.PutBucketWebsiteCommand({ Bucket, WebsiteConfiguration: website }))
    expect(await s3.send(new sdk.GetBucketWebsiteCommand({ Bucket }))).toMatchObject(website)
    await s3.send(new sdk.DeleteBucketWebsiteCommand({ Bucket }))
  })

  it.each([
    ['MalformedXML', () => new sdk.PutBucketVersioningCommand({ Bucket, VersioningConfiguration: { Status: 'On' as never } })],
    ['IllegalVersioningConfigurationException', () => new sdk.PutBucketVersioningCommand({ Bucket, VersioningConfiguration: {} })],
    ['InvalidRequest', () => new sdk.PutBucketCorsCommand({ Bucket, CORSConfiguration: { CORSRules: [{ AllowedMethods: ['PATCH'], AllowedOrigins: ['*'] }] } })],
    ['MalformedXML', () => new sdk.PutBucketCorsCommand({ Bucket, CORSConfiguration: { CORSRules: [] } })],
    ['InvalidRequest', () => new sdk.PutBucketLifecycleConfigurationCommand({ Bucket, LifecycleConfiguration: { Rules: [{ Status: 'Enabled', Filter: { Prefix: '' } }] } })],
    ['InvalidTag', () => new sdk.PutBucketTaggingCommand({ Bucket, Tagging: { TagSet: [{ Key: 'a', Value: '1' }, { Key: 'a', Value: '2' }] } })],
    ['AccessControlListNotSupported', () => new sdk.PutBucketAclCommand({ Bucket, ACL: 'public-read' })],
    ['AccessControlListNotSupported', () => new sdk.PutObjectCommand({ Bucket, Key: 'k', Body: 'x', ACL: 'public-read' })],
    ['MalformedPolicy', () => new sdk.PutBucketPolicyCommand({ Bucket, Policy: '{}' })],
    ['MalformedPolicy', () => new sdk.PutBucketPolicyCommand({ Bucket, Policy: JSON.stringify({ Statement: { Effect: 'Allow', Principal: '*', Action: 's3:GetObject', Resource: 'arn:aws:s3:::other/*' } }) })],
    ['AccessDenied', () => new sdk.PutBucketPolicyCommand({ Bucket, Policy: JSON.stringify({ Statement: { Effect: 'Allow', Principal: '*', Action: 's3:GetObject', Resource: `arn:aws:s3:::${Bucket}/*` } }) })],
    ['InvalidBucketName', () => new sdk.CreateBucketCommand({ Bucket: 'Not_A_Name' })],
    ['InvalidLocationConstraint', () => new sdk.CreateBucketCommand({ Bucket: 'somewhere', CreateBucketConfiguration: { LocationConstraint: 'nowhere' as never } })],
  ])('that will not do is refused: %s', async (name, command) => {
    await expect(s3.send(command() as never)).rejects.toMatchObject({ name })
  })
})

describe('CORS', () => {
  const preflight = (headers: Record<string, string>, path = `/${Bucket}/k`) => fetch(sandbox.url + path, { method: 'OPTIONS', headers })

  it('lets a page in as the rules say', async () => {
    await s3.send(new sdk.PutBucketCorsCommand({ Bucket, CORSConfiguration: { CORSRules: [{ AllowedMethods: ['PUT'], AllowedOrigins: ['https://*.example.com'], AllowedHeaders: ['x-amz-*', 'content-type'], ExposeHeaders: ['ETag'], MaxAgeSeconds: 60 }] } }))
    const origin = 'https://app.example.com'
    const asked = { origin, 'access-control-request-method': 'PUT', 'access-control-request-headers': 'Content-Type,x-amz-meta-a' }
    const yes = await preflight(asked)
    expect([yes.status, yes.headers.get('access-control-allow-origin'), yes.headers.get('access-control-allow-headers'), yes.headers.get('access-control-max-age')]).toEqual([200, origin, 'content-type, x-amz-meta-a', '60'])
    for (const other of [{ origin: 'https://example.org' }, { 'access-control-request-method': 'DELETE' }, { 'access-control-request-headers': 'authorization' }]) expect((await preflight({ ...asked, ...other })).status).toBe(403)
    const put = await fetch(`${sandbox.url}/${Bucket}/k`, { method: 'PUT', headers: { origin }, body: 'x' })
    expect([put.status, put.headers.get('access-control-allow-origin'), put.headers.get('access-control-expose-headers')]).toEqual([403, origin, 'ETag'])
  })
})
