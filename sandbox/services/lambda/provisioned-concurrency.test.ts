import {
  CreateAliasCommand,
  DeleteProvisionedConcurrencyConfigCommand,
  GetProvisionedConcurrencyConfigCommand,
  InvokeCommand,
  LambdaClient,
  ListProvisionedConcurrencyConfigsCommand,
  PublishVersionCommand,
  PutFunctionConcurrencyCommand,
  PutProvisionedConcurrencyConfigCommand,
  UpdateAliasCommand,
  UpdateFunctionConfigurationCommand,
} from '@aws-sdk/client-lambda'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { startTestSandbox, type TestSandbox } from '../../testing'
import { eventually, functionMaker, handlerZip, makeRole } from './testing'

let sandbox: TestSandbox
let lambda: LambdaClient
let create: ReturnType<typeof functionMaker>
const TELLS = handlerZip('async (event) => { await new Promise((done) => setTimeout(done, event.ms ?? 0)); return process.env.AWS_LAMBDA_INITIALIZATION_TYPE }')
beforeAll(async () => {
  sandbox = await startTestSandbox()
  lambda = new LambdaClient(sandbox.learner)
  create = functionMaker(lambda, await makeRole(sandbox.learner, 'r'))
})
afterAll(() => sandbox.remove())

const put = (FunctionName: string, Qualifier: string, ProvisionedConcurrentExecutions: number) => lambda.send(new PutProvisionedConcurrencyConfigCommand({ FunctionName, Qualifier, ProvisionedConcurrentExecutions }))
const get = (FunctionName: string, Qualifier: string) => lambda.send(new GetProvisionedConcurrencyConfigCommand({ FunctionName, Qualifier }))
const remove = (FunctionName: string, Qualifier: string) => lambda.send(new DeleteProvisionedConcurrencyConfigCommand({ FunctionName, Qualifier }))
const settled = (name: string, qualifier: string) => eventually(async () => ((await get(name, qualifier)).Status === 'IN_PROGRESS' ? undefined : get(name, qualifier)))
const invoke = async (FunctionName: string, Qualifier: string, event: object = {}) => {
  const { Payload, LogResult } = await lambda.send(new InvokeCommand({ FunctionName, Qualifier, Payload: JSON.stringify(event), LogType: 'Tail' }))
  return { type: JSON.parse(Payload!.transformToString()), log: Buffer.from(LogResult!, 'base64').toString() }
}

it('keeps environments ready whose first invocation needs no init, and spills over beyond them', async () => {
  await create('ready', { zip: TELLS, Publish: true })
  expect(await put('ready', '1', 2)).toMatchObject({ RequestedProvisionedConcurrentExecutions: 2, Status: 'IN_PROGRESS' })
  expect(await settled('ready', '1')).toMatchObject({ Status: 'READY', AllocatedProvisionedConcurrentExecutions: 2, AvailableProvisionedConcurrentExecutions: 2 })
  const results = await Promise.all([1, 2, 3].map(() => invoke('ready', '1', { ms: 500 })))
  expect(results.map(({ type }) => type).sort()).toEqual(['on-demand', 'provisioned-concurrency', 'provisioned-concurrency'])
  for (const { type, log } of results) expect(/Init Duration/.test(log)).toBe(type === 'on-demand')
  expect(await get('ready', '1')).toMatchObject({ AvailableProvisionedConcurrentExecutions: 2 })
  await remove('ready', '1')
  await expect(get('ready', '1')).rejects.toMatchObject({ name: 'ProvisionedConcurrencyConfigNotFoundException', message: 'No Provisioned Concurrency Config found for this function' })
})

it('follows an alias to its new version', async () => {
  await create('moves', { zip: handlerZip('async () => process.env.AWS_LAMBDA_INITIALIZATION_TYPE + process.env.AWS_LAMBDA_FUNCTION_VERSION'), Publish: true })
  await lambda.send(new CreateAliasCommand({ FunctionName: 'moves', Name: 'live', FunctionVersion: '1' }))
  await put('moves', 'live', 1)
  await settled('moves', 'live')
  expect((await invoke('moves', 'live')).type).toBe('provisioned-concurrency1')
  await lambda.send(new UpdateFunctionConfigurationCommand({ FunctionName: 'moves', Timeout: 4 }))
  await lambda.send(new PublishVersionCommand({ FunctionName: 'moves' }))
  await lambda.send(new UpdateAliasCommand({ FunctionName: 'moves', Name: 'live', FunctionVersion: '2' }))
  expect((await settled('moves', 'live')).Status).toBe('READY')
  expect((await invoke('moves', 'live')).type).toBe('provisioned-concurrency2')
  const { ProvisionedConcurrencyConfigs } = await lambda.send(new ListProvisionedConcurrencyConfigsCommand({ FunctionName: 'moves' }))
  expect(ProvisionedConcurrencyConfigs).toMatchObject([{ FunctionArn: `arn:aws:lambda:us-east-1:${sandbox.accountId}:function:moves:live`, RequestedProvisionedConcurrentExecutions: 1, Status: 'READY' }])
  await remove('moves', 'live')
})

it('replaces an environment that its function broke', async () => {
  await create('breaks', { zip: handlerZip('async (event) => event.die ? process.exit(1) : process.env.AWS_LAMBDA_INITIALIZATION_TYPE'), Publish: true })
  await put('breaks', '1', 1)
  await settled('breaks', '1')
  await invoke('breaks', '1', { die: true })
  expect((await settled('breaks', '1')).Status).toBe('READY')
  expect((await invoke('breaks', '1')).type).toBe('provisioned-concurrency')
  await remove('breaks', '1')
})

it('tells that the init fails', async () => {
  await create('fails', { zip: handlerZip('(() => { throw new Error("no") })()'), Publish: true })
  await put('fails', '1', 1)
  expect(await settled('fails', '1')).toMatchObject({ Status: 'FAILED', StatusReason: 'FUNCTION_ERROR_INIT_FAILURE', AllocatedProvisionedConcurrentExecutions: 0 })
  await remove('fails', '1')
})

it('holds its places in the account and stays within a reservation', async () => {
  await create('holds', { zip: TELLS, Publish: true })
  await expect(put('holds', '$LATEST', 1)).rejects.toThrow('unpublished function versions')
  await expect(put('holds', '1', 11)).rejects.toMatchObject({ name: 'InvalidParameterValueException', message: expect.stringContaining('UnreservedConcurrentExecution') })
  await put('holds', '1', 8)
  await create('other', { zip: TELLS, Timeout: 30 })
  const held = [1, 2].map(() => lambda.send(new InvokeCommand({ FunctionName: 'other', Payload: '{"ms":2500}' })))
  await new Promise((resolve) => setTimeout(resolve, 500))
  await expect(lambda.send(new InvokeCommand({ FunctionName: 'other' }))).rejects.toMatchObject({ name: 'TooManyRequestsException' })
  await Promise.all(held)
  await remove('holds', '1')
  await lambda.send(new PutFunctionConcurrencyCommand({ FunctionName: 'holds', ReservedConcurrentExecutions: 1 }))
  await expect(put('holds', '1', 2)).rejects.toThrow("greater than function's reserved concurrency")
})
