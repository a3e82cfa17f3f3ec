import {
  CreateCodeSigningConfigCommand,
  DeleteCodeSigningConfigCommand,
  DeleteFunctionCodeSigningConfigCommand,
  GetCodeSigningConfigCommand,
  GetFunctionCodeSigningConfigCommand,
  LambdaClient,
  ListFunctionsByCodeSigningConfigCommand,
  ListTagsCommand,
  paginateListCodeSigningConfigs,
  PublishLayerVersionCommand,
  PutFunctionCodeSigningConfigCommand,
  TagResourceCommand,
  UntagResourceCommand,
  UpdateCodeSigningConfigCommand,
  UpdateFunctionCodeCommand,
  UpdateFunctionConfigurationCommand,
  type CreateCodeSigningConfigRequest,
} from '@aws-sdk/client-lambda'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { startTestSandbox, type TestSandbox } from '../../testing'
import { ECHO, functionMaker, handlerZip, makeRole } from './testing'

let sandbox: TestSandbox
let lambda: LambdaClient
let create: ReturnType<typeof functionMaker>
beforeAll(async () => {
  sandbox = await startTestSandbox()
  lambda = new LambdaClient(sandbox.learner)
  create = functionMaker(lambda, await makeRole(sandbox.learner, 'r'))
})
afterAll(() => sandbox.remove())

const profile = 'arn:aws:signer:us-east-1:111122223333:/signing-profiles/ours/abcdefghij'
const make = async (more: Partial<CreateCodeSigningConfigRequest> = {}) =>
  (await lambda.send(new CreateCodeSigningConfigCommand({ AllowedPublishers: { SigningProfileVersionArns: [profile] }, ...more }))).CodeSigningConfig!
const enforced = { CodeSigningPolicies: { UntrustedArtifactOnDeployment: 'Enforce' } } as const
const unsigned = { name: 'CodeVerificationFailedException', $metadata: { httpStatusCode: 400 }, message: expect.stringMatching(/^Lambda cannot deploy the function\./) }

it('a configuration is made, told, changed, listed and deleted', async () => {
  const made = await make({ Description: 'ours' })
  expect(made).toMatchObject({
    CodeSigningConfigId: expect.stringMatching(/^csc-[a-z0-9]{17}$/),
    CodeSigningConfigArn: `arn:aws:lambda:us-east-1:${sandbox.accountId}:code-signing-config:${made.CodeSigningConfigId}`,
    Description: 'ours',
    AllowedPublishers: { SigningProfileVersionArns: [profile] },
    CodeSigningPolicies: { UntrustedArtifactOnDeployment: 'Warn' },
  })
  const { CodeSigningConfigArn } = made
  const { CodeSigningConfig } = await lambda.send(new UpdateCodeSigningConfigCommand({ CodeSigningConfigArn, ...enforced }))
  expect(CodeSigningConfig).toMatchObject({ Description: 'ours', CodeSigningPolicies: { UntrustedArtifactOnDeployment: 'Enforce' } })
  expect((await lambda.send(new GetCodeSigningConfigCommand({ CodeSigningConfigArn }))).CodeSigningConfig).toEqual(CodeSigningConfig)
  await make()
  const listed: unknown[] = []
  for await (const page of paginateListCodeSigningConfigs({ client: lambda, pageSize: 1 }, {})) listed.push(...page.CodeSigningConfigs!)
  expect(listed).toHaveLength(2)
  expect(listed).toContainEqual(CodeSigningConfig)
  await lambda.send(new DeleteCodeSigningConfigCommand({ CodeSigningConfigArn }))
  await expect(lambda.send(new GetCodeSigningConfigCommand({ CodeSigningConfigArn }))).rejects.toMatchObject({ name: 'ResourceNotFoundException' })
})

it('what warns lets unsigned code through, what enforces does not', async () => {
  const { CodeSigningConfigArn } = await make()
  await create('warned', { CodeSigningConfigArn })
  await lambda.send(new UpdateFunctionCodeCommand({ FunctionName: 'warned', ZipFile: handlerZip('async () => 1') }))
  await lambda.send(new UpdateCodeSigningConfigCommand({ CodeSigningConfigArn, ...enforced }))
  await expect(lambda.send(new UpdateFunctionCodeCommand({ FunctionName: 'warned', ZipFile: ECHO }))).rejects.toMatchObject(unsigned)
  await expect(create('enforced', { CodeSigningConfigArn })).rejects.toMatchObject(unsigned)
  const { LayerVersionArn } = await lambda.send(new PublishLayerVersionCommand({ LayerName: 'layer', Content: { ZipFile: ECHO } }))
  await expect(lambda.send(new UpdateFunctionConfigurationCommand({ FunctionName: 'warned', Layers: [LayerVersionArn!] }))).rejects.toMatchObject(unsigned)
})

it('a function gets one, keeps it from being deleted, and loses it again', async () => {
  const { CodeSigningConfigArn } = await make(enforced)
  const get = async () => (await lambda.send(new GetFunctionCodeSigningConfigCommand({ FunctionName: 'signed' }))).CodeSigningConfigArn
  await create('signed')
  expect(await get()).toBeUndefined()
  expect(await lambda.send(new PutFunctionCodeSigningConfigCommand({ FunctionName: 'signed', CodeSigningConfigArn }))).toMatchObject({ FunctionName: 'signed', CodeSigningConfigArn })
  expect(await get()).toBe(CodeSigningConfigArn)
  expect((await lambda.send(new ListFunctionsByCodeSigningConfigCommand({ CodeSigningConfigArn }))).FunctionArns).toEqual([`arn:aws:lambda:us-east-1:${sandbox.accountId}:function:signed`])
  await expect(lambda.send(new DeleteCodeSigningConfigCommand({ CodeSigningConfigArn }))).rejects.toMatchObject({ name: 'ResourceConflictException' })
  await lambda.send(new DeleteFunctionCodeSigningConfigCommand({ FunctionName: 'signed' }))
  await lambda.send(new UpdateFunctionCodeCommand({ FunctionName: 'signed', ZipFile: handlerZip('async () => 2') }))
  await lambda.send(new DeleteCodeSigningConfigCommand({ CodeSigningConfigArn }))
  await expect(create('gone', { CodeSigningConfigArn })).rejects.toMatchObject({ name: 'CodeSigningConfigNotFoundException', $metadata: { httpStatusCode: 404 } })
})

it('bears tags', async () => {
  const { CodeSigningConfigArn: Resource } = await make({ Tags: { team: 'x', stage: 'dev' } })
  await lambda.send(new TagResourceCommand({ Resource, Tags: { stage: 'prod' } }))
  await lambda.send(new UntagResourceCommand({ Resource, TagKeys: ['team'] }))
  expect((await lambda.send(new ListTagsCommand({ Resource }))).Tags).toEqual({ stage: 'prod' })
})
