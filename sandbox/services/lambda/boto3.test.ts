import { InvokeCommand, LambdaClient } from '@aws-sdk/client-lambda'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { startTestSandbox, type TestSandbox } from '../../testing'
import { functionMaker, makeRole, zipOf } from './testing'

let sandbox: TestSandbox
beforeAll(async () => void (sandbox = await startTestSandbox()))
afterAll(() => sandbox.remove())

it('lets a Python function reach the sandbox by boto3 as its role', async (test) => {
  const lambda = new LambdaClient(sandbox.learner)
  const create = functionMaker(lambda, await makeRole(sandbox.learner, 'r'))
  const zip = zipOf({ 'app.py': 'import boto3\nsts = boto3.client("sts")\ndef handler(e, c): return sts.get_caller_identity()["Arn"]' })
  const status = await sandbox.admin('GET', '/_worklab/status')
  if (!status.runtimes['python3.11'].available) return test.skip()
  await create('f', { Runtime: 'python3.11', Handler: 'app.handler', MemorySize: 256, Timeout: 20, zip })
  const { Payload, FunctionError } = await lambda.send(new InvokeCommand({ FunctionName: 'f' }))
  const answer = JSON.parse(Payload!.transformToString())
  // A machine whose Python has no boto3 says so, which is tested beside the engine.
  if (FunctionError && answer.errorType === 'Runtime.ImportModuleError') return test.skip()
  expect(answer).toBe(`arn:aws:sts::${sandbox.accountId}:assumed-role/r/f`)
})
