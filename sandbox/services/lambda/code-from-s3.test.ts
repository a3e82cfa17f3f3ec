import { CreateFunctionCommand, GetFunctionCommand, InvokeCommand, LambdaClient, PublishLayerVersionCommand, UpdateFunctionCodeCommand, type CreateFunctionRequest } from '@aws-sdk/client-lambda'
import { CreateAccessKeyCommand, CreateUserCommand, IAMClient, PutUserPolicyCommand } from '@aws-sdk/client-iam'
import { CreateBucketCommand, PutBucketVersioningCommand, PutObjectCommand, S3Client } from '@aws-sdk/client-s3'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { startTestSandbox, type ClientConfig, type TestSandbox } from '../../testing'
import { functionMaker, handlerZip, makeRole, zipOf } from './testing'

let sandbox: TestSandbox
let lambda: LambdaClient
let role: string
const versions: string[] = []
beforeAll(async () => {
  sandbox = await startTestSandbox()
  lambda = new LambdaClient(sandbox.learner)
  role = await makeRole(sandbox.learner, 'r')
  const s3 = new S3Client({ ...sandbox.learner, forcePathStyle: true })
  await s3.send(new CreateBucketCommand({ Bucket: 'packages' }))
  await s3.send(new PutBucketVersioningCommand({ Bucket: 'packages', VersioningConfiguration: { Status: 'Enabled' } }))
  for (const answer of ['old', 'new']) {
    versions.push((await s3.send(new PutObjectCommand({ Bucket: 'packages', Key: 'code/app.zip', Body: handlerZip(`async () => '${answer}'`) }))).VersionId!)
  }
  await s3.send(new PutObjectCommand({ Bucket: 'packages', Key: 'layer.zip', Body: zipOf({ 'nodejs/node_modules/greet/index.js': "module.exports = 'hello'" }) }))
  const elsewhere = new S3Client({ ...sandbox.learner, region: 'eu-west-1', forcePathStyle: true })
  await elsewhere.send(new CreateBucketCommand({ Bucket: 'packages-in-europe', CreateBucketConfiguration: { LocationConstraint: 'eu-west-1' } }))
})
afterAll(() => sandbox.remove())

const create = (FunctionName: string, Code: CreateFunctionRequest['Code'], config: ClientConfig = sandbox.learner, more: Partial<CreateFunctionRequest> = {}) =>
  new LambdaClient(config).send(new CreateFunctionCommand({ FunctionName, Runtime: 'nodejs22.x', Handler: 'index.handler', Role: role, Code, ...more }))
const answer = async (FunctionName: string) => JSON.parse((await lambda.send(new InvokeCommand({ FunctionName }))).Payload!.transformToString())
const app = { S3Bucket: 'packages', S3Key: 'code/app.zip' }

/** A user who may make functions, and what else is said. */
async function user(UserName: string, ...statements: object[]): Promise<ClientConfig> {
  const iam = new IAMClient(sandbox.learner)
  await iam.send(new CreateUserCommand({ UserName }))
  const Statement = [{ Effect: 'Allow', Action: ['lambda:CreateFunction', 'iam:PassRole'], Resource: '*' }, ...statements]
  await iam.send(new PutUserPolicyCommand({ UserName, PolicyName: 'p', PolicyDocument: JSON.stringify({ Version: '2012-10-17', Statement }) }))
  const { AccessKey } = await iam.send(new CreateAccessKeyCommand({ UserName }))
  return sandbox.as({ accessKeyId: AccessKey!.AccessKeyId!, secretAccessKey: AccessKey!.SecretAccessKey! })
}

describe('code from S3', () => {
  it('is taken as the object is, in the version that is asked for', async () => {
    await create('newest', app)
    expect(await answer('newest')).toBe('new')
    await create('older', { ...app, S3ObjectVersion: versions[0] })
    expect(await answer('older')).toBe('old')
    await lambda.send(new UpdateFunctionCodeCommand({ FunctionName: 'older', ...app }))
    expect(await answer('older')).toBe('new')
  })

  it('serves layers', async () => {
    const { LayerVersionArn } = await lambda.send(new PublishLayerVersionCommand({ LayerName: 'greet', Content: { S3Bucket: 'packages', S3Key: 'layer.zip' } }))
    await functionMaker(lambda, role)('layered', { zip: handlerZip("async () => require('greet')"), Layers: [LayerVersionArn!] })
    expect(await answer('layered')).toBe('hello')
  })

  it('keeps the key that it is said to be encrypted with', async () => {
    const SourceKMSKeyArn = 'arn:aws:kms:us-east-1:111122223333:key/1234abcd-12ab-34cd-56ef-1234567890ab'
    await create('keyed', { ...app, SourceKMSKeyArn })
    expect((await lambda.send(new GetFunctionCommand({ FunctionName: 'keyed' }))).Code).toMatchObject({ SourceKMSKeyArn })
  })

  it.each<[string, CreateFunctionRequest['Code'], string]>([
    ['a bucket that is not there', { ...app, S3Bucket: 'nowhere-at-all' }, 'Error occurred while GetObject. S3 Error Code: NoSuchBucket. S3 Error Message: The specified bucket does not exist'],
    ['an object that is not there', { ...app, S3Key: 'missing.zip' }, 'Error occurred while GetObject. S3 Error Code: NoSuchKey. S3 Error Message: The specified key does not exist.'],
    ['a version that is not there', { ...app, S3ObjectVersion: 'A'.repeat(32) }, 'Error occurred while GetObject. S3 Error Code: NoSuchVersion. S3 Error Message: The specified version does not exist.'],
    ['a bucket of another region', { ...app, S3Bucket: 'packages-in-europe' }, 'Error occurred while GetObject. S3 Error Code: PermanentRedirect. S3 Error Message: The bucket is in this region: eu-west-1. Please use this region to retry the request'],
    ['half an address', { S3Bucket: 'packages' }, 'Please provide a source for function code.'],
    ['both a zip and an address', { ...app, ZipFile: handlerZip('async () => 1') }, 'Please do not provide other FunctionCode parameters when providing a ZipFile.'],
  ])('refuses %s', async (_what, code, message) => {
    await expect(create('refused', code)).rejects.toMatchObject({ name: 'InvalidParameterValueException', message })
  })

  it('is read with the rights of the caller', async () => {
    const denied = (key: string) => ({
      name: 'AccessDeniedException',
      $metadata: { httpStatusCode: 403 },
      message: `Your access has been denied by S3, please make sure your request credentials have permission to GetObject for packages/${key}. S3 Error Code: AccessDenied. S3 Error Message: Access Denied`,
    })
    await expect(create('no', app, await user('blind'))).rejects.toMatchObject(denied('code/app.zip'))
    const reader = await user('reader', { Effect: 'Allow', Action: 's3:GetObject', Resource: 'arn:aws:s3:::packages/code/*' })
    await create('read', app, reader)
    // Naming a version needs a permission of its own, and who may not list is not told what is not there.
    await expect(create('no', { ...app, S3ObjectVersion: versions[0] }, reader)).rejects.toMatchObject(denied('code/app.zip'))
    await expect(create('no', { ...app, S3Key: 'code/missing.zip' }, reader)).rejects.toMatchObject(denied('code/missing.zip'))
    await expect(create('no', app, (await sandbox.newAccount()).config, { Role: role })).rejects.toMatchObject({ name: 'AccessDeniedException' })
    const { events } = await sandbox.admin('GET', `/_worklab/accounts/${sandbox.accountId}/events?limit=50`)
    expect(events.find((event: { userIdentity: { userName?: string }; errorCode?: string }) => event.userIdentity.userName === 'blind' && event.errorCode)).toMatchObject({ eventName: 'CreateFunction', explanation: { action: 's3:GetObject', resource: 'arn:aws:s3:::packages/code/app.zip' } })
  })
})
