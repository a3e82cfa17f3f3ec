import {
  CreateAliasCommand,
  DeleteAliasCommand,
  DeleteFunctionCommand,
  GetAliasCommand,
  GetFunctionConfigurationCommand,
  LambdaClient,
  ListAliasesCommand,
  ListVersionsByFunctionCommand,
  paginateListAliases,
  paginateListVersionsByFunction,
  PublishVersionCommand,
  UpdateAliasCommand,
  UpdateFunctionCodeCommand,
  UpdateFunctionConfigurationCommand,
} from '@aws-sdk/client-lambda'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { startTestSandbox, type TestSandbox } from '../../testing'
import { functionMaker, handlerZip, makeRole } from './testing'

let sandbox: TestSandbox
let lambda: LambdaClient
let create: ReturnType<typeof functionMaker>
let counter = 0
let FunctionName: string
let arn: string
beforeAll(async () => {
  sandbox = await startTestSandbox()
  lambda = new LambdaClient(sandbox.learner)
  create = functionMaker(lambda, await makeRole(sandbox.learner, 'r'))
})
afterAll(() => sandbox.remove())
beforeEach(async () => {
  FunctionName = `f${(counter += 1)}`
  arn = `arn:aws:lambda:us-east-1:${sandbox.accountId}:function:${FunctionName}`
  await create(FunctionName)
})

const publish = (more: object = {}) => lambda.send(new PublishVersionCommand({ FunctionName, ...more }))
const change = (text: string) => lambda.send(new UpdateFunctionCodeCommand({ FunctionName, ZipFile: handlerZip(`async () => "${text}"`) }))
const publishMany = async (count: number) => {
  for (let i = 1; i <= count; i += 1) {
    await change(String(i))
    await publish()
  }
}

describe('versions', () => {
  it('freeze code and configuration', async () => {
    const one = await publish({ Description: 'first' })
    expect(one).toMatchObject({ Version: '1', FunctionArn: `${arn}:1`, Description: 'first', Timeout: 3 })
    await lambda.send(new UpdateFunctionConfigurationCommand({ FunctionName, Timeout: 60 }))
    await change('new')
    expect(await publish()).toMatchObject({ Version: '2', Timeout: 60, Description: '' })
    expect(await lambda.send(new GetFunctionConfigurationCommand({ FunctionName, Qualifier: '1' }))).toMatchObject({ Version: '1', Timeout: 3, CodeSha256: one.CodeSha256 })
  })

  it('are not made anew where nothing changed', async () => {
    await publish()
    expect((await publish()).Version).toBe('1')
    await change('new')
    expect((await publish()).Version).toBe('2')
  })

  it('are made only of the code and revision that the caller saw', async () => {
    await expect(publish({ CodeSha256: 'other' })).rejects.toMatchObject({ name: 'InvalidParameterValueException', message: expect.stringMatching(/^CodeSHA256 \(other\) is different from current CodeSHA256 in \$LATEST/) })
    await expect(publish({ RevisionId: 'stale' })).rejects.toMatchObject({ name: 'PreconditionFailedException' })
    await expect(lambda.send(new PublishVersionCommand({ FunctionName: 'missing' }))).rejects.toMatchObject({ name: 'ResourceNotFoundException' })
  })

  it('are listed by number, page by page', async () => {
    await publishMany(11)
    const pages: string[][] = []
    for await (const page of paginateListVersionsByFunction({ client: lambda, pageSize: 5 }, { FunctionName })) pages.push(page.Versions!.map((v) => v.Version!))
    expect(pages).toEqual([['$LATEST', '1', '2', '3', '4'], ['5', '6', '7', '8', '9'], ['10', '11']])
    const { Versions } = await lambda.send(new ListVersionsByFunctionCommand({ FunctionName, MaxItems: 1 }))
    expect(Versions![0]!.FunctionArn).toBe(`${arn}:$LATEST`)
  })

  it('are deleted one by one, and their numbers not given again', async () => {
    await publishMany(2)
    await lambda.send(new CreateAliasCommand({ FunctionName, Name: 'live', FunctionVersion: '2' }))
    await expect(lambda.send(new DeleteFunctionCommand({ FunctionName, Qualifier: '2' }))).rejects.toMatchObject({ name: 'ResourceConflictException', message: expect.stringContaining('[live]') })
    await lambda.send(new DeleteAliasCommand({ FunctionName, Name: 'live' }))
    await lambda.send(new DeleteFunctionCommand({ FunctionName, Qualifier: '2' }))
    await expect(lambda.send(new GetFunctionConfigurationCommand({ FunctionName, Qualifier: '2' }))).rejects.toMatchObject({ name: 'ResourceNotFoundException' })
    expect((await publish()).Version).toBe('3')
    await expect(lambda.send(new DeleteFunctionCommand({ FunctionName, Qualifier: '$LATEST' }))).rejects.toMatchObject({ name: 'InvalidParameterValueException' })
    await expect(lambda.send(new DeleteFunctionCommand({ FunctionName, Qualifier: 'live' }))).rejects.toMatchObject({ name: 'InvalidParameterValueException' })
  })

  it('cannot be changed', async () => {
    await publish()
    await expect(lambda.send(new UpdateFunctionConfigurationCommand({ FunctionName: `${FunctionName}:1`, Timeout: 9 }))).rejects.toMatchObject({ name: 'InvalidParameterValueException' })
  })
})

describe('aliases', () => {
  const make = (Name: string, FunctionVersion: string, more: object = {}) => lambda.send(new CreateAliasCommand({ FunctionName, Name, FunctionVersion, ...more }))
  const get = (Name: string) => lambda.send(new GetAliasCommand({ FunctionName, Name }))
  const update = (Name: string, more: object) => lambda.send(new UpdateAliasCommand({ FunctionName, Name, ...more }))
  const weights = (AdditionalVersionWeights: Record<string, number>) => ({ RoutingConfig: { AdditionalVersionWeights } })

  it('name a version, and are moved', async () => {
    await publishMany(2)
    const made = await make('live', '1', { Description: 'd' })
    expect(made).toMatchObject({ AliasArn: `${arn}:live`, Name: 'live', FunctionVersion: '1', Description: 'd', RevisionId: expect.any(String) })
    expect(made.RoutingConfig).toBeUndefined()
    await expect(update('live', { FunctionVersion: '2', RevisionId: 'stale' })).rejects.toMatchObject({ name: 'PreconditionFailedException' })
    const moved = await update('live', { FunctionVersion: '2', RevisionId: made.RevisionId })
    expect(moved).toMatchObject({ FunctionVersion: '2', Description: 'd' })
    expect(moved.RevisionId).not.toBe(made.RevisionId)
    expect(await lambda.send(new GetFunctionConfigurationCommand({ FunctionName, Qualifier: 'live' }))).toMatchObject({ FunctionArn: `${arn}:live`, Version: '2' })
  })

  it('share traffic with one more version until told otherwise', async () => {
    await publishMany(3)
    expect(await make('live', '1', weights({ 2: 0.25 }))).toMatchObject(weights({ 2: 0.25 }))
    expect(await update('live', { Description: 'x' })).toMatchObject(weights({ 2: 0.25 }))
    expect((await update('live', weights({}))).RoutingConfig).toBeUndefined()
    const refused = { name: 'InvalidParameterValueException' }
    await expect(make('x', '1', weights({ 2: 0.1, 3: 0.1 }))).rejects.toMatchObject(refused)
    await expect(make('x', '1', weights({ 1: 0.1 }))).rejects.toMatchObject(refused)
    await expect(make('x', '$LATEST', weights({ 1: 0.1 }))).rejects.toMatchObject({ ...refused, message: '$LATEST is not supported for an alias pointing to more than 1 version' })
    await expect(make('x', '1', weights({ 9: 0.1 }))).rejects.toMatchObject({ name: 'ResourceNotFoundException' })
    await expect(make('x', '1', weights({ 2: 1.5 }))).rejects.toMatchObject({ name: 'ValidationException' })
  })

  it('are listed by name, or by version', async () => {
    await publishMany(2)
    for (const [name, version] of [['c', '1'], ['a', '2'], ['b', '1']] as const) await make(name, version)
    const pages: string[][] = []
    for await (const page of paginateListAliases({ client: lambda, pageSize: 2 }, { FunctionName })) pages.push(page.Aliases!.map((a) => a.Name!))
    expect(pages).toEqual([['a', 'b'], ['c']])
    expect((await lambda.send(new ListAliasesCommand({ FunctionName, FunctionVersion: '1' }))).Aliases!.map((a) => a.Name)).toEqual(['b', 'c'])
  })

  it('may have any name that AWS takes, even one that means something to JavaScript', async () => {
    await publishMany(1)
    for (const name of ['__proto__', 'constructor', 'toString']) {
      await expect(get(name)).rejects.toMatchObject({ name: 'ResourceNotFoundException' })
      await make(name, '1')
      expect((await get(name)).FunctionVersion).toBe('1')
    }
    expect((await lambda.send(new ListAliasesCommand({ FunctionName }))).Aliases).toHaveLength(3)
    await lambda.send(new DeleteAliasCommand({ FunctionName, Name: '__proto__' }))
    await expect(get('__proto__')).rejects.toMatchObject({ name: 'ResourceNotFoundException' })
  })

  it('are refused twice, of no version, or by a number', async () => {
    await publishMany(1)
    await make('live', '1')
    await expect(make('live', '1')).rejects.toMatchObject({ name: 'ResourceConflictException', message: `Alias already exists: ${arn}:live` })
    await expect(make('x', '7')).rejects.toMatchObject({ name: 'ResourceNotFoundException' })
    await expect(make('7', '1')).rejects.toMatchObject({ name: 'ValidationException' })
    await lambda.send(new DeleteAliasCommand({ FunctionName, Name: 'live' }))
    await lambda.send(new DeleteAliasCommand({ FunctionName, Name: 'live' }))
    await expect(get('live')).rejects.toMatchObject({ name: 'ResourceNotFoundException', message: `Cannot find alias arn: ${arn}:live` })
    await expect(update('live', { FunctionVersion: '1' })).rejects.toMatchObject({ name: 'ResourceNotFoundException' })
  })
})
