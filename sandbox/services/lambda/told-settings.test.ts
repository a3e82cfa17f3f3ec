import {
  GetFunctionCommand,
  GetFunctionConfigurationCommand,
  GetRuntimeManagementConfigCommand,
  LambdaClient,
  ListFunctionsCommand,
  PublishVersionCommand,
  PutRuntimeManagementConfigCommand,
  UpdateFunctionConfigurationCommand,
  type CreateFunctionRequest,
} from '@aws-sdk/client-lambda'
import { CreateUserCommand, CreateAccessKeyCommand, IAMClient, PutRolePolicyCommand, PutUserPolicyCommand } from '@aws-sdk/client-iam'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { startTestSandbox, type TestSandbox } from '../../testing'
import { functionMaker, makeRole } from './testing'

let sandbox: TestSandbox
let lambda: LambdaClient
let create: ReturnType<typeof functionMaker>
let createPoor: ReturnType<typeof functionMaker>
let role: string
beforeAll(async () => {
  sandbox = await startTestSandbox()
  lambda = new LambdaClient(sandbox.learner)
  role = await makeRole(sandbox.learner, 'net', ['service-role/AWSLambdaVPCAccessExecutionRole'])
  const traces = JSON.stringify({ Version: '2012-10-17', Statement: [{ Effect: 'Allow', Action: 'xray:PutTraceSegments', Resource: '*' }] })
  await new IAMClient(sandbox.learner).send(new PutRolePolicyCommand({ RoleName: 'net', PolicyName: 'traces', PolicyDocument: traces }))
  create = functionMaker(lambda, role)
  createPoor = functionMaker(lambda, await makeRole(sandbox.learner, 'poor'))
})
afterAll(() => sandbox.remove())

const network = { SubnetIds: ['subnet-0123456789abcdef0', 'subnet-89abcdef'], SecurityGroupIds: ['sg-0123456789abcdef0'] }
const key = 'arn:aws:kms:us-east-1:111122223333:key/1234abcd-12ab-34cd-56ef-1234567890ab'
const point = { Arn: 'arn:aws:elasticfilesystem:us-east-1:111122223333:access-point/fsap-0123456789abcdef0', LocalMountPath: '/mnt/files' }
const config = (FunctionName: string) => lambda.send(new GetFunctionConfigurationCommand({ FunctionName }))
const update = (FunctionName: string, more: object) => lambda.send(new UpdateFunctionConfigurationCommand({ FunctionName, ...more }))
const invalid = (message: RegExp) => ({ name: 'InvalidParameterValueException', message: expect.stringMatching(message) })

describe('network, key, tracing and file systems', () => {
  it('are given back by every operation that tells a function', async () => {
    const made = await create('whole', { VpcConfig: { ...network, Ipv6AllowedForDualStack: true }, KMSKeyArn: key, TracingConfig: { Mode: 'Active' }, FileSystemConfigs: [point], Environment: { Variables: { MODE: 'b' } } })
    const told = {
      VpcConfig: { ...network, VpcId: expect.stringMatching(/^vpc-[0-9a-f]{17}$/), Ipv6AllowedForDualStack: true },
      KMSKeyArn: key,
      TracingConfig: { Mode: 'Active' },
      FileSystemConfigs: [point],
      SnapStart: { ApplyOn: 'None', OptimizationStatus: 'Off' },
      Environment: { Variables: { MODE: 'b' } },
    }
    expect(made).toMatchObject(told)
    expect(await config('whole')).toMatchObject(told)
    expect((await lambda.send(new GetFunctionCommand({ FunctionName: 'whole' }))).Configuration).toMatchObject(told)
    expect((await lambda.send(new ListFunctionsCommand({}))).Functions!.find(({ FunctionName }) => FunctionName === 'whole')).toMatchObject(told)
    expect(await update('whole', { Description: 'changed' })).toMatchObject(told)
    expect(await lambda.send(new PublishVersionCommand({ FunctionName: 'whole' }))).toMatchObject(told)
  })

  it('are absent where they were not given, and taken away by empty values', async () => {
    expect(await create('bare')).toMatchObject({ TracingConfig: { Mode: 'PassThrough' } })
    expect(await config('bare')).not.toHaveProperty('VpcConfig')
    await update('bare', { VpcConfig: network, KMSKeyArn: key, FileSystemConfigs: [point], TracingConfig: { Mode: 'Active' } })
    const after = await update('bare', { VpcConfig: { SubnetIds: [], SecurityGroupIds: [] }, KMSKeyArn: '', FileSystemConfigs: [], TracingConfig: { Mode: 'PassThrough' } })
    expect(after).toMatchObject({ VpcConfig: { SubnetIds: [], SecurityGroupIds: [], VpcId: '' }, TracingConfig: { Mode: 'PassThrough' } })
    expect(after.KMSKeyArn).toBeUndefined()
    expect(after.FileSystemConfigs).toBeUndefined()
  })

  it.each<[string, Partial<CreateFunctionRequest>, RegExp]>([
    ['a subnet without a group', { VpcConfig: { SubnetIds: network.SubnetIds } }, /^SubnetIds and SecurityIds must coexist or be both empty list\.$/],
    ['a subnet that is none', { VpcConfig: { ...network, SubnetIds: ['subnet-1'] } }, /^Error occurred while DescribeSubnets\. EC2 Error Code: InvalidSubnetID\.Malformed\. EC2 Error Message: Invalid id: "subnet-1"/],
    ['a group that is none', { VpcConfig: { ...network, SecurityGroupIds: ['group'] } }, /^Error occurred while DescribeSecurityGroups\. EC2 Error Code: InvalidGroupId\.Malformed\./],
    ['the alias of a key', { KMSKeyArn: 'arn:aws:kms:us-east-1:111122223333:alias/mine' }, /KMS Exception: InvalidArnException KMS Message: Key Aliases are not supported for this operation\.$/],
    ['what is no key', { KMSKeyArn: 'arn:aws:s3:::bucket' }, /^Lambda was unable to configure access to your environment variables because the KMS key is invalid for CreateGrant\./],
    ['a file system without a network', { FileSystemConfigs: [point] }, /^Function must be configured to execute in a VPC to reference access point arn:aws:elasticfilesystem/],
    ['SnapStart for Node.js', { SnapStart: { ApplyOn: 'PublishedVersions' } }, /^nodejs22\.x is not supported for SnapStart enabled functions\.$/],
  ])('refuses %s', async (_what, input, message) => {
    await expect(create('refused', input)).rejects.toMatchObject(invalid(message))
  })

  it('keep the network while a file system needs it', async () => {
    await create('mounted', { VpcConfig: network, FileSystemConfigs: [point] })
    await expect(update('mounted', { VpcConfig: { SubnetIds: [], SecurityGroupIds: [] } })).rejects.toMatchObject(invalid(/^Function VPC configuration cannot be removed with access point arn:aws:elasticfilesystem.* referenced\.$/))
  })

  it('need what Lambda does with the rights of the role', async () => {
    const noNetwork = /^The provided execution role does not have permissions to call CreateNetworkInterface on EC2$/
    const traces = /^The provided execution role does not have permissions to call PutTraceSegments on XRAY$/
    await expect(createPoor('poor', { VpcConfig: network })).rejects.toMatchObject(invalid(noNetwork))
    await expect(createPoor('poor', { TracingConfig: { Mode: 'Active' } })).rejects.toMatchObject(invalid(traces))
    await createPoor('poor')
    await expect(update('poor', { VpcConfig: network })).rejects.toMatchObject(invalid(noNetwork))
    await expect(update('poor', { TracingConfig: { Mode: 'Active' } })).rejects.toMatchObject(invalid(traces))
  })

  it('are condition keys of the caller’s policies', async () => {
    const iam = new IAMClient(sandbox.learner)
    await iam.send(new CreateUserCommand({ UserName: 'inside' }))
    const inside = { 'ForAllValues:StringEquals': { 'lambda:SubnetIds': network.SubnetIds }, Null: { 'lambda:VpcIds': 'false' } }
    const PolicyDocument = JSON.stringify({ Version: '2012-10-17', Statement: [{ Effect: 'Allow', Action: 'iam:PassRole', Resource: '*' }, { Effect: 'Allow', Action: 'lambda:CreateFunction', Resource: '*', Condition: inside }] })
    await iam.send(new PutUserPolicyCommand({ UserName: 'inside', PolicyName: 'p', PolicyDocument }))
    const { AccessKey } = await iam.send(new CreateAccessKeyCommand({ UserName: 'inside' }))
    const own = functionMaker(new LambdaClient(sandbox.as({ accessKeyId: AccessKey!.AccessKeyId!, secretAccessKey: AccessKey!.SecretAccessKey! })), role)
    await own('inside', { VpcConfig: network })
    await expect(own('outside')).rejects.toMatchObject({ name: 'AccessDeniedException' })
    await expect(own('elsewhere', { VpcConfig: { ...network, SubnetIds: ['subnet-00000000'] } })).rejects.toMatchObject({ name: 'AccessDeniedException' })
  })
})

it('takes SnapStart for runtimes that have it, told as on for versions', async () => {
  const made = await create('snap', { Runtime: 'python3.12', Handler: 'app.handler', SnapStart: { ApplyOn: 'PublishedVersions' } })
  expect(made.SnapStart).toEqual({ ApplyOn: 'PublishedVersions', OptimizationStatus: 'Off' })
  expect((await lambda.send(new PublishVersionCommand({ FunctionName: 'snap' }))).SnapStart).toEqual({ ApplyOn: 'PublishedVersions', OptimizationStatus: 'On' })
  await expect(update('snap', { EphemeralStorage: { Size: 1024 } })).rejects.toMatchObject(invalid(/^SnapStart is not supported for functions with ephemeral storage/))
})

it('keeps when a version’s runtime is to be renewed', async () => {
  await create('kept', { Publish: true })
  const get = (Qualifier?: string) => lambda.send(new GetRuntimeManagementConfigCommand({ FunctionName: 'kept', Qualifier }))
  const put = (more: { UpdateRuntimeOn: 'Auto' | 'Manual' | 'FunctionUpdate'; RuntimeVersionArn?: string; Qualifier?: string }) => lambda.send(new PutRuntimeManagementConfigCommand({ FunctionName: 'kept', ...more }))
  const arn = `arn:aws:lambda:us-east-1:${sandbox.accountId}:function:kept`
  expect(await get()).toMatchObject({ UpdateRuntimeOn: 'Auto', FunctionArn: `${arn}:$LATEST` })
  const RuntimeVersionArn = `arn:aws:lambda:us-east-1::runtime:${'0'.repeat(64)}`
  expect(await put({ UpdateRuntimeOn: 'Manual', RuntimeVersionArn, Qualifier: '1' })).toMatchObject({ UpdateRuntimeOn: 'Manual', RuntimeVersionArn, FunctionArn: `${arn}:1` })
  expect(await get('1')).toMatchObject({ UpdateRuntimeOn: 'Manual', RuntimeVersionArn })
  expect(await get()).toMatchObject({ UpdateRuntimeOn: 'Auto' })
  await expect(put({ UpdateRuntimeOn: 'Manual' })).rejects.toMatchObject(invalid(/RuntimeVersionArn/))
  await expect(put({ UpdateRuntimeOn: 'Auto', RuntimeVersionArn })).rejects.toMatchObject(invalid(/RuntimeVersionArn/))
})
