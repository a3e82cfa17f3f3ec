import { AddPermissionCommand, DeleteFunctionCommand, GetFunctionCommand, GetPolicyCommand, InvokeCommand, LambdaClient, PublishVersionCommand, RemovePermissionCommand, type AddPermissionRequest } from '@aws-sdk/client-lambda'
import { CreateAccessKeyCommand, CreateUserCommand, IAMClient } from '@aws-sdk/client-iam'
import { afterAll, beforeAll, beforeEach, expect, it } from 'vitest'
import { startTestSandbox, type TestSandbox } from '../../testing'
import { functionMaker, makeRole } from './testing'

let sandbox: TestSandbox
let lambda: LambdaClient
let create: ReturnType<typeof functionMaker>
let counter = 0
let name: string
let arn: string
beforeAll(async () => {
  sandbox = await startTestSandbox()
  lambda = new LambdaClient(sandbox.learner)
  create = functionMaker(lambda, await makeRole(sandbox.learner, 'r'))
})
afterAll(() => sandbox.remove())
beforeEach(async () => {
  name = `f${(counter += 1)}`
  arn = `arn:aws:lambda:us-east-1:${sandbox.accountId}:function:${name}`
  await create(name)
})

const add = (more: Partial<AddPermissionRequest> = {}) =>
  lambda.send(new AddPermissionCommand({ FunctionName: name, StatementId: 's', Action: 'lambda:InvokeFunction', Principal: 'apigateway.amazonaws.com', ...more }))
const policy = async (Qualifier?: string) => {
  const { Policy, RevisionId } = await lambda.send(new GetPolicyCommand({ FunctionName: name, Qualifier }))
  return { document: JSON.parse(Policy!), RevisionId }
}

it('adds a statement as Lambda writes it', async () => {
  const SourceArn = `arn:aws:execute-api:us-east-1:${sandbox.accountId}:abc/*/GET/x`
  const { Statement } = await add({ SourceArn, SourceAccount: sandbox.accountId })
  const statement = {
    Sid: 's',
    Effect: 'Allow',
    Principal: { Service: 'apigateway.amazonaws.com' },
    Action: 'lambda:InvokeFunction',
    Resource: arn,
    Condition: { StringEquals: { 'AWS:SourceAccount': sandbox.accountId }, ArnLike: { 'AWS:SourceArn': SourceArn } },
  }
  expect(JSON.parse(Statement!)).toEqual(statement)
  expect((await policy()).document).toEqual({ Version: '2012-10-17', Id: 'default', Statement: [statement] })
})

it.each([
  ['123456789012', { AWS: 'arn:aws:iam::123456789012:root' }],
  ['arn:aws:iam::123456789012:role/x', { AWS: 'arn:aws:iam::123456789012:role/x' }],
  ['*', '*'],
])('takes the principal %s', async (Principal, written) => {
  await add({ Principal })
  expect((await policy()).document.Statement[0].Principal).toEqual(written)
})

it('refuses what AWS refuses', async () => {
  await add()
  await expect(add()).rejects.toMatchObject({ name: 'ResourceConflictException', message: expect.stringContaining('The statement id (s) provided already exists') })
  await expect(add({ StatementId: 'p', Principal: 'nobody' })).rejects.toMatchObject({ name: 'InvalidParameterValueException', message: expect.stringContaining('principal was invalid') })
  await expect(add({ StatementId: 'l', Qualifier: '$LATEST' })).rejects.toMatchObject({ name: 'InvalidParameterValueException' })
  await expect(add({ StatementId: 'v', Qualifier: '3' })).rejects.toMatchObject({ name: 'ResourceNotFoundException' })
  await expect(add({ StatementId: 'r', RevisionId: 'stale' })).rejects.toMatchObject({ name: 'PreconditionFailedException' })
  await expect(add({ StatementId: 'a', Action: 's3:GetObject' })).rejects.toMatchObject({ name: 'ValidationException' })
  await expect(add({ FunctionName: 'missing' })).rejects.toMatchObject({ name: 'ResourceNotFoundException' })
  for (let i = 0; i < 4; i += 1) await add({ StatementId: `big${i}`, EventSourceToken: 'x'.repeat(250), SourceArn: `arn:aws:s3:::${'b'.repeat(4000)}` })
  await expect(add({ StatementId: 'big4', SourceArn: `arn:aws:s3:::${'b'.repeat(4000)}` })).rejects.toMatchObject({ name: 'PolicyLengthExceededException' })
})

it('removes statements, and the policy with the last one', async () => {
  await add()
  const remove = (StatementId: string, RevisionId?: string) => lambda.send(new RemovePermissionCommand({ FunctionName: name, StatementId, RevisionId }))
  await expect(remove('other')).rejects.toMatchObject({ name: 'ResourceNotFoundException', message: expect.stringContaining('is not found in resource policy') })
  await expect(remove('s', 'stale')).rejects.toMatchObject({ name: 'PreconditionFailedException' })
  await remove('s', (await policy()).RevisionId)
  await expect(policy()).rejects.toMatchObject({ name: 'ResourceNotFoundException', message: 'The resource you requested does not exist.' })
})

it('keeps the policy of a version apart', async () => {
  await lambda.send(new PublishVersionCommand({ FunctionName: name }))
  await add({ Qualifier: '1' })
  expect((await policy('1')).document.Statement[0].Resource).toBe(`${arn}:1`)
  await expect(policy()).rejects.toMatchObject({ name: 'ResourceNotFoundException' })
})

it('lets another account call this function and nothing more', async () => {
  const other = await sandbox.newAccount()
  const theirs = new LambdaClient(other.config)
  const call = () => theirs.send(new InvokeCommand({ FunctionName: arn, Payload: '1' }))
  await expect(call()).rejects.toMatchObject({ name: 'AccessDeniedException' })
  await add({ Principal: other.accountId })
  expect((await call()).Payload!.transformToString()).toBe('1')
  await expect(theirs.send(new GetFunctionCommand({ FunctionName: arn }))).rejects.toMatchObject({ name: 'AccessDeniedException' })
  await expect(theirs.send(new DeleteFunctionCommand({ FunctionName: arn }))).rejects.toMatchObject({ name: 'AccessDeniedException' })
})

it('lets a user without policies call it where the function’s policy names them', async () => {
  const iam = new IAMClient(sandbox.learner)
  const UserName = `user-${name}`
  const { User } = await iam.send(new CreateUserCommand({ UserName }))
  const { AccessKey } = await iam.send(new CreateAccessKeyCommand({ UserName }))
  const client = new LambdaClient(sandbox.as({ accessKeyId: AccessKey!.AccessKeyId!, secretAccessKey: AccessKey!.SecretAccessKey! }))
  await expect(client.send(new InvokeCommand({ FunctionName: name }))).rejects.toMatchObject({ name: 'AccessDeniedException' })
  await add({ Principal: User!.Arn! })
  expect((await client.send(new InvokeCommand({ FunctionName: name }))).StatusCode).toBe(200)
})
