import { createHash } from 'node:crypto'
import { existsSync, readdirSync } from 'node:fs'
import { join } from 'node:path'
import {
  DeleteFunctionCommand,
  DeleteFunctionConcurrencyCommand,
  GetAccountSettingsCommand,
  GetFunctionCommand,
  GetFunctionConcurrencyCommand,
  GetFunctionConfigurationCommand,
  InvokeCommand,
  LambdaClient,
  ListFunctionsCommand,
  ListCapacityProvidersCommand,
  ListTagsCommand,
  paginateListFunctions,
  PutFunctionConcurrencyCommand,
  TagResourceCommand,
  UntagResourceCommand,
  UpdateFunctionCodeCommand,
  UpdateFunctionConfigurationCommand,
  waitUntilFunctionActiveV2,
  waitUntilFunctionUpdatedV2,
} from '@aws-sdk/client-lambda'
import { CreateAccessKeyCommand, CreateUserCommand, IAMClient, PutUserPolicyCommand } from '@aws-sdk/client-iam'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { startTestSandbox, type TestSandbox } from '../../testing'
import { ECHO, functionMaker, handlerZip, makeRole, zipOf } from './testing'

let sandbox: TestSandbox
let lambda: LambdaClient
let role: string
let create: ReturnType<typeof functionMaker>
beforeAll(async () => {
  sandbox = await startTestSandbox()
  lambda = new LambdaClient(sandbox.learner)
  role = await makeRole(sandbox.learner, 'r')
  create = functionMaker(lambda, role)
})
afterAll(() => sandbox.remove())

const arnOf = (name: string) => `arn:aws:lambda:us-east-1:${sandbox.accountId}:function:${name}`
const invalid = (message: string | RegExp) => ({ name: 'InvalidParameterValueException', $metadata: { httpStatusCode: 400 }, message: expect.stringMatching(message) })
const config = (FunctionName: string, Qualifier?: string) => lambda.send(new GetFunctionConfigurationCommand({ FunctionName, Qualifier }))

describe('CreateFunction', () => {
  it('makes an active function with Lambda’s defaults', async () => {
    const made = await create('full', { Description: 'd', Environment: { Variables: { MODE: 'b' } }, Tags: { team: 'x' }, LoggingConfig: { LogFormat: 'JSON' } })
    expect(made).toMatchObject({
      FunctionName: 'full',
      FunctionArn: arnOf('full'),
      Runtime: 'nodejs22.x',
      Role: role,
      Handler: 'index.handler',
      CodeSize: ECHO.length,
      CodeSha256: createHash('sha256').update(ECHO).digest('base64'),
      Description: 'd',
      Timeout: 3,
      MemorySize: 128,
      Version: '$LATEST',
      Environment: { Variables: { MODE: 'b' } },
      TracingConfig: { Mode: 'PassThrough' },
      State: 'Active',
      LastUpdateStatus: 'Successful',
      PackageType: 'Zip',
      Architectures: ['x86_64'],
      EphemeralStorage: { Size: 512 },
      LoggingConfig: { LogFormat: 'JSON', LogGroup: '/aws/lambda/full', ApplicationLogLevel: 'INFO', SystemLogLevel: 'INFO' },
    })
    expect(made.LastModified).toMatch(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}\+0000$/)
    expect(made.$metadata.httpStatusCode).toBe(201)
    await waitUntilFunctionActiveV2({ client: lambda, maxWaitTime: 5 }, { FunctionName: 'full' })
    await waitUntilFunctionUpdatedV2({ client: lambda, maxWaitTime: 5 }, { FunctionName: 'full' })
  })

  it('publishes at once where asked', async () => {
    expect(await create('published', { Publish: true })).toMatchObject({ Version: '1', FunctionArn: `${arnOf('published')}:1` })
  })

  it('is asked twice: the second fails', async () => {
    await create('twice')
    await expect(create('twice')).rejects.toMatchObject({ name: 'ResourceConflictException', message: 'Function already exist: twice', $metadata: { httpStatusCode: 409 } })
  })

  it.each<[string, Parameters<typeof create>[1], RegExp]>([
    ['an unknown runtime', { Runtime: 'nodejs99.x' as never }, /^Value nodejs99\.x at 'runtime' failed to satisfy constraint: Member must satisfy enum value set: \[nodejs20\.x, .*\] or be a valid ARN$/],
    ['a runtime that AWS ended', { Runtime: 'nodejs16.x' }, /^The runtime parameter of nodejs16\.x is no longer supported for creating or updating/],
    ['a runtime of AWS that does not run here', { Runtime: 'java21' }, /^The runtime java21 is not served by this sandbox\. It runs \[nodejs20\.x/],
    ['no handler', { Handler: undefined }, /^Runtime and Handler are mandatory/],
    ['more memory than new accounts get', { MemorySize: 4096 }, /^'MemorySize' value failed to satisfy constraint: Member must have value less than or equal to 3008$/],
    ['a reserved variable', { Environment: { Variables: { AWS_REGION: 'x' } } }, /Reserved keys used in this request: AWS_REGION$/],
    ['more than 4 KB of environment', { Environment: { Variables: { BIG: 'x'.repeat(4096) } } }, /exceeded the 4KB limit\. String measured/],
    ['a broken zip', { zip: new Uint8Array([1, 2, 3]) }, /^Could not unzip uploaded file\. Please check your file, then try to upload again\.$/],
    ['an empty zip', { zip: zipOf({}) }, /^Uploaded file must be a non-empty zip$/],
    ['a container image', { PackageType: 'Image', Code: { ImageUri: 'x' } }, /^Container images are not served/],
    ['no code', { Code: {} }, /^Please provide a source for function code/],
    ['tenants', { TenancyConfig: { TenantIsolationMode: 'PER_TENANT' } }, /^TenancyConfig is not served/],
    ['a dead-letter topic that is not there', { DeadLetterConfig: { TargetArn: 'arn:aws:sns:us-east-1:123456789012:t' } }, /^The provided execution role does not have permissions to call Publish on SNS$/],
    ['log levels without JSON', { LoggingConfig: { ApplicationLogLevel: 'DEBUG' } }, /set LogFormat to JSON/],
    ['51 tags', { Tags: Object.fromEntries(Array.from({ length: 51 }, (_, i) => [`k${i}`, 'v'])) }, /at most 50 tags/],
  ])('refuses %s', async (_, input, message) => {
    await expect(create('refused', input)).rejects.toMatchObject(invalid(message))
    await expect(config('refused')).rejects.toMatchObject({ name: 'ResourceNotFoundException' })
  })

  it.each<[string, string, object, RegExp]>([
    ['a name with a blank', 'a b', {}, /Value 'a b' at 'functionName' failed to satisfy constraint: Member must satisfy regular expression pattern/],
    ['a name of 65 letters', 'n'.repeat(65), {}, /at 'functionName' failed to satisfy constraint: Member must have length less than or equal to 64/],
    ['a role that is no ARN', 'refused', { Role: 'r' }, /Value 'r' at 'role' failed to satisfy constraint/],
    ['a timeout of 901 s', 'refused', { Timeout: 901 }, /Value '901' at 'timeout' failed to satisfy constraint: Member must have value less than or equal to 900/],
    ['127 MB', 'refused', { MemorySize: 127 }, /Value '127' at 'memorySize' failed to satisfy constraint: Member must have value greater than or equal to 128/],
    ['no /tmp to speak of', 'refused', { EphemeralStorage: { Size: 511 } }, /at 'ephemeralStorage\.size' failed to satisfy constraint/],
  ])('refuses %s by AWS’s model', async (_, name, input, message) => {
    await expect(create(name, input)).rejects.toMatchObject({ name: 'ValidationException', message: expect.stringMatching(message) })
  })

  it('takes what means "none"', async () => {
    const none = { VpcConfig: { SubnetIds: [], SecurityGroupIds: [] }, TracingConfig: { Mode: 'PassThrough' as const }, DeadLetterConfig: {}, Layers: [], FileSystemConfigs: [], KMSKeyArn: '', SnapStart: { ApplyOn: 'None' as const } }
    expect(await create('none', none)).toMatchObject({ State: 'Active' })
  })

  it('wants a role that Lambda can assume', async () => {
    const message = 'The role defined for the function cannot be assumed by Lambda.'
    const other = await makeRole(sandbox.learner, 'for-ec2', [], 'ec2.amazonaws.com')
    await expect(create('refused', { Role: other })).rejects.toMatchObject({ name: 'InvalidParameterValueException', message })
    await expect(create('refused', { Role: role.replace(/r$/, 'missing') })).rejects.toMatchObject({ name: 'InvalidParameterValueException', message })
    await expect(create('refused', { Role: 'arn:aws:iam::999999999999:role/r' })).rejects.toMatchObject({ name: 'AccessDeniedException', message: 'Cross-account pass role is not allowed.' })
  })

  it('wants iam:PassRole, and takes it for Lambda only', async () => {
    const iam = new IAMClient(sandbox.learner)
    await iam.send(new CreateUserCommand({ UserName: 'dev' }))
    const { AccessKey } = await iam.send(new CreateAccessKeyCommand({ UserName: 'dev' }))
    const dev = functionMaker(new LambdaClient(sandbox.as({ accessKeyId: AccessKey!.AccessKeyId!, secretAccessKey: AccessKey!.SecretAccessKey! })), role)
    const grant = (...Statement: object[]) => iam.send(new PutUserPolicyCommand({ UserName: 'dev', PolicyName: 'p', PolicyDocument: JSON.stringify({ Version: '2012-10-17', Statement }) }))
    const createOnly = { Effect: 'Allow', Action: 'lambda:CreateFunction', Resource: arnOf('dev-*') }
    const pass = (service: string) => ({ Effect: 'Allow', Action: 'iam:PassRole', Resource: role, Condition: { StringEquals: { 'iam:PassedToService': service } } })
    await grant(createOnly)
    await expect(dev('dev-1')).rejects.toMatchObject({ name: 'AccessDeniedException', message: expect.stringContaining(`is not authorized to perform: iam:PassRole on resource: ${role}`) })
    await grant(createOnly, pass('ec2.amazonaws.com'))
    await expect(dev('dev-1')).rejects.toMatchObject({ name: 'AccessDeniedException' })
    await grant(createOnly, pass('lambda.amazonaws.com'))
    expect(await dev('dev-1')).toMatchObject({ State: 'Active' })
    await expect(dev('dev-2', { Tags: { a: 'b' } })).rejects.toMatchObject({ name: 'AccessDeniedException', message: expect.stringContaining('lambda:TagResource') })
    await expect(dev('other')).rejects.toMatchObject({ name: 'AccessDeniedException', message: expect.stringContaining(`lambda:CreateFunction on resource: ${arnOf('other')}`) })
  })
})

describe('the name of a function', () => {
  beforeAll(() => create('named', { Publish: true }))

  it.each([
    ['named', 'named'],
    ['named:1', 'named:1'],
    ['named:$LATEST', 'named:$LATEST'],
    ['ACCOUNT:function:named', 'named'],
    ['ACCOUNT:function:named:1', 'named:1'],
    ['arn:aws:lambda:us-east-1:ACCOUNT:function:named', 'named'],
    ['arn:aws:lambda:us-east-1:ACCOUNT:function:named:1', 'named:1'],
  ])('may be %s', async (given, found) => {
    expect((await config(given.replace('ACCOUNT', sandbox.accountId))).FunctionArn).toBe(arnOf(found))
  })

  it('is not found where there is none', async () => {
    await expect(config('missing')).rejects.toMatchObject({ name: 'ResourceNotFoundException', message: `Function not found: ${arnOf('missing')}`, $metadata: { httpStatusCode: 404 } })
    await expect(config('named', '7')).rejects.toMatchObject({ name: 'ResourceNotFoundException', message: `Function not found: ${arnOf('named')}:7` })
  })

  it('must be of this region', async () => {
    const there = arnOf('named').replace('us-east-1', 'eu-west-1')
    await expect(config(there)).rejects.toMatchObject({ name: 'ResourceNotFoundException', message: "Functions from 'eu-west-1' are not reachable in this region ('us-east-1')" })
  })

  it('must not contradict the qualifier', async () => {
    await expect(config('named:1', '$LATEST')).rejects.toMatchObject(invalid('derived qualifier'))
  })

  it('opens nothing in another account', async () => {
    const other = new LambdaClient((await sandbox.newAccount()).config)
    await expect(other.send(new GetFunctionCommand({ FunctionName: arnOf('named') }))).rejects.toMatchObject({ name: 'AccessDeniedException' })
    await expect(other.send(new UpdateFunctionCodeCommand({ FunctionName: arnOf('named'), ZipFile: ECHO }))).rejects.toMatchObject({ name: 'AccessDeniedException' })
    await expect(other.send(new GetFunctionCommand({ FunctionName: 'named' }))).rejects.toMatchObject({ name: 'ResourceNotFoundException' })
  })
})

describe('GetFunction', () => {
  it('gives a link to the code as it was uploaded, which ends', async () => {
    await create('linked', { Tags: { a: 'b' } })
    const { Code, Tags, Configuration } = await lambda.send(new GetFunctionCommand({ FunctionName: 'linked' }))
    expect(Code!.RepositoryType).toBe('S3')
    expect(Tags).toEqual({ a: 'b' })
    expect(Configuration!.State).toBe('Active')
    const response = await fetch(Code!.Location!)
    expect(Buffer.from(await response.arrayBuffer()).equals(Buffer.from(ECHO))).toBe(true)
    expect((await fetch(`${Code!.Location!.slice(0, -4)}AAAA`)).status).toBe(403)
  })
})

describe('UpdateFunctionCode', () => {
  const update = (FunctionName: string, more: object = {}) => lambda.send(new UpdateFunctionCodeCommand({ FunctionName, ZipFile: handlerZip('async () => 2'), ...more }))
  const answer = async (FunctionName: string) => (await lambda.send(new InvokeCommand({ FunctionName }))).Payload!.transformToString()

  it('is what the next invocation runs', async () => {
    await create('code', { zip: handlerZip('async () => 1') })
    expect(await answer('code')).toBe('1')
    const before = await config('code')
    const after = await update('code', { Publish: true })
    expect(after).toMatchObject({ Version: '1', FunctionArn: `${arnOf('code')}:1` })
    expect(after.CodeSha256).not.toBe(before.CodeSha256)
    expect(await answer('code')).toBe('2')
  })

  it('changes nothing in a dry run, with a stale revision, or with a broken zip', async () => {
    const before = await create('dry')
    expect((await update('dry', { DryRun: true })).CodeSha256).not.toBe(before.CodeSha256)
    await expect(update('dry', { RevisionId: 'stale' })).rejects.toMatchObject({ name: 'PreconditionFailedException', $metadata: { httpStatusCode: 412 } })
    await expect(update('dry', { ZipFile: new Uint8Array([0]) })).rejects.toMatchObject(invalid('Could not unzip'))
    expect((await config('dry')).CodeSha256).toBe(before.CodeSha256)
    await update('dry', { RevisionId: before.RevisionId })
    expect((await config('dry')).RevisionId).not.toBe(before.RevisionId)
    await expect(update('missing')).rejects.toMatchObject({ name: 'ResourceNotFoundException' })
  })
})

describe('UpdateFunctionConfiguration', () => {
  const update = (FunctionName: string, more: object) => lambda.send(new UpdateFunctionConfigurationCommand({ FunctionName, ...more }))

  it('changes what is given and keeps the rest', async () => {
    await create('configured', { zip: handlerZip('async () => process.env.MODE'), Environment: { Variables: { MODE: '1' } } })
    await update('configured', { Timeout: 30, MemorySize: 256 })
    expect(await update('configured', { Description: 'x', Environment: { Variables: { MODE: '2' } } })).toMatchObject({ Timeout: 30, MemorySize: 256, Description: 'x', Handler: 'index.handler' })
    expect((await lambda.send(new InvokeCommand({ FunctionName: 'configured' }))).Payload!.transformToString()).toBe('"2"')
    expect((await update('configured', { Environment: {} })).Environment).toBeUndefined()
  })

  it('refuses what CreateFunction refuses', async () => {
    await create('kept')
    await expect(update('kept', { Runtime: 'nodejs99.x' })).rejects.toMatchObject(invalid('nodejs99'))
    await expect(update('kept', { FileSystemConfigs: [{ Arn: 'arn:aws:elasticfilesystem:us-east-1:123456789012:access-point/fsap-01234567890123456', LocalMountPath: '/mnt/x' }] })).rejects.toMatchObject(invalid('must be configured to execute in a VPC'))
    await expect(update('kept', { Role: role.replace(/r$/, 'missing') })).rejects.toMatchObject(invalid('cannot be assumed'))
    await expect(update('kept', { RevisionId: 'stale', Timeout: 9 })).rejects.toMatchObject({ name: 'PreconditionFailedException' })
    expect((await config('kept')).Timeout).toBe(3)
    await expect(update('missing', { Timeout: 9 })).rejects.toMatchObject({ name: 'ResourceNotFoundException' })
  })
})

describe('DeleteFunction', () => {
  it('leaves nothing of it, in the end not even the code', async () => {
    const account = await sandbox.newAccount()
    const client = new LambdaClient(account.config)
    await functionMaker(client, await makeRole(account.config, 'r'))('gone', { Timeout: 1 })
    const root = join(sandbox.dataDir, 'lambda', 'code', account.accountId)
    expect(readdirSync(root)).toHaveLength(1)
    await client.send(new DeleteFunctionCommand({ FunctionName: 'gone' }))
    await expect(client.send(new DeleteFunctionCommand({ FunctionName: 'gone' }))).rejects.toMatchObject({ name: 'ResourceNotFoundException' })
    await expect(client.send(new InvokeCommand({ FunctionName: 'gone' }))).rejects.toMatchObject({ name: 'ResourceNotFoundException' })
    const { resources } = await sandbox.admin('GET', `/_worklab/accounts/${account.accountId}/resources`)
    expect(resources.filter((r: { service: string }) => r.service === 'lambda')).toEqual([])
    await expect.poll(() => readdirSync(root), { timeout: 9000 }).toEqual([])
  })
})

describe('ListFunctions', () => {
  it('goes through all of them by name, page by page, with versions where asked', async () => {
    const account = await sandbox.newAccount()
    const client = new LambdaClient(account.config)
    const make = functionMaker(client, await makeRole(account.config, 'r'))
    for (const name of ['c', 'a', 'b']) await make(name, { Publish: name === 'b' })
    const pages: string[][] = []
    for await (const page of paginateListFunctions({ client, pageSize: 2 }, {})) pages.push(page.Functions!.map((f) => f.FunctionName!))
    expect(pages).toEqual([['a', 'b'], ['c']])
    const all = await client.send(new ListFunctionsCommand({ FunctionVersion: 'ALL' }))
    expect(all.Functions!.map((f) => f.FunctionArn!.split(':function:')[1])).toEqual(['a:$LATEST', 'b:$LATEST', 'b:1', 'c:$LATEST'])
    expect(all.Functions![0]!.State).toBeUndefined()
    await expect(client.send(new ListFunctionsCommand({ Marker: '!' }))).rejects.toMatchObject(invalid('marker'))
  })
})

describe('tags', () => {
  it('are put, told and taken off', async () => {
    await create('tagged', { Tags: { a: '1' } })
    const Resource = arnOf('tagged')
    await lambda.send(new TagResourceCommand({ Resource, Tags: { b: '2', c: '3' } }))
    await lambda.send(new UntagResourceCommand({ Resource, TagKeys: ['a', 'c'] }))
    expect((await lambda.send(new ListTagsCommand({ Resource }))).Tags).toEqual({ b: '2' })
    await expect(lambda.send(new TagResourceCommand({ Resource, Tags: { 'aws:x': '1' } }))).rejects.toMatchObject(invalid('reserved'))
    await expect(lambda.send(new ListTagsCommand({ Resource: arnOf('missing') }))).rejects.toMatchObject({ name: 'ResourceNotFoundException' })
  })
})

describe('the account', () => {
  it('tells its limits and what is used', async () => {
    const account = await sandbox.newAccount()
    const client = new LambdaClient(account.config)
    const make = functionMaker(client, await makeRole(account.config, 'r'))
    await make('one')
    await client.send(new PutFunctionConcurrencyCommand({ FunctionName: 'one', ReservedConcurrentExecutions: 4 }))
    const { AccountLimit, AccountUsage } = await client.send(new GetAccountSettingsCommand({}))
    expect(AccountLimit).toMatchObject({ ConcurrentExecutions: 10, UnreservedConcurrentExecutions: 6, CodeSizeZipped: 52_428_800, CodeSizeUnzipped: 262_144_000 })
    expect(AccountUsage).toEqual({ FunctionCount: 1, TotalCodeSize: ECHO.length })
    expect((await client.send(new GetFunctionConcurrencyCommand({ FunctionName: 'one' }))).ReservedConcurrentExecutions).toBe(4)
    await make('two')
    await expect(client.send(new PutFunctionConcurrencyCommand({ FunctionName: 'two', ReservedConcurrentExecutions: 7 }))).rejects.toMatchObject(invalid('UnreservedConcurrentExecution'))
    await client.send(new DeleteFunctionConcurrencyCommand({ FunctionName: 'one' }))
    expect((await client.send(new GetFunctionConcurrencyCommand({ FunctionName: 'one' }))).ReservedConcurrentExecutions).toBeUndefined()
  })

  it('is told which operation the sandbox does not have', async () => {
    await expect(lambda.send(new ListCapacityProvidersCommand({}))).rejects.toMatchObject({ $metadata: { httpStatusCode: 501 }, message: expect.stringContaining('ListCapacityProviders') })
  })
})

it('keeps code under its hash, once for all functions of an account', async () => {
  await create('same-1', { zip: handlerZip('async () => "same"') })
  const { CodeSha256 } = await create('same-2', { zip: handlerZip('async () => "same"') })
  const folder = join(sandbox.dataDir, 'lambda', 'code', sandbox.accountId, Buffer.from(CodeSha256!, 'base64').toString('hex'))
  expect(existsSync(join(folder, 'files', 'index.js'))).toBe(true)
  expect(existsSync(join(folder, 'zip'))).toBe(true)
})
