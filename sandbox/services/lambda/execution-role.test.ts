import { AttachRolePolicyCommand, IAMClient } from '@aws-sdk/client-iam'
import { InvokeCommand, LambdaClient } from '@aws-sdk/client-lambda'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { startTestSandbox, type TestSandbox } from '../../testing'
import { functionMaker, makeRole, zipOf } from './testing'

let sandbox: TestSandbox
let lambda: LambdaClient
beforeAll(async () => {
  sandbox = await startTestSandbox()
  lambda = new LambdaClient(sandbox.learner)
})
afterAll(() => sandbox.remove())

const body = `
  const { Arn } = await new STSClient().send(new GetCallerIdentityCommand({}))
  const listed = await new LambdaClient().send(new ListFunctionsCommand({})).then(({ Functions }) => Functions.length, (error) => error.name + ': ' + error.message)
  return { Arn, listed }`
const esm = `import { GetCallerIdentityCommand, STSClient } from '@aws-sdk/client-sts'
import { LambdaClient, ListFunctionsCommand } from '@aws-sdk/client-lambda'
export const handler = async () => {${body}}`
const commonJs = `const { GetCallerIdentityCommand, STSClient } = require('@aws-sdk/client-sts')
const { LambdaClient, ListFunctionsCommand } = require('@aws-sdk/client-lambda')
exports.handler = async () => {${body}}`

describe.each([
  ['an ES module', 'esm', 'index.mjs', esm],
  ['a CommonJS module', 'cjs', 'index.js', commonJs],
])('the SDK in %s', (_, name, file, code) => {
  it('acts as the execution role: what the role may not is denied, what it may is done', async () => {
    const role = await makeRole(sandbox.learner, name)
    await functionMaker(lambda, role)(name, { zip: zipOf({ [file]: code }), Timeout: 15, MemorySize: 256 })
    const ask = async () => JSON.parse((await lambda.send(new InvokeCommand({ FunctionName: name }))).Payload!.transformToString())
    const denied = await ask()
    const session = `arn:aws:sts::${sandbox.accountId}:assumed-role/${name}/`
    expect(denied.Arn.startsWith(session)).toBe(true)
    expect(denied.listed).toBe(`AccessDeniedException: User: ${denied.Arn} is not authorized to perform: lambda:ListFunctions on resource: * because no identity-based policy allows the lambda:ListFunctions action`)
    await new IAMClient(sandbox.learner).send(new AttachRolePolicyCommand({ RoleName: name, PolicyArn: 'arn:aws:iam::aws:policy/AWSLambda_ReadOnlyAccess' }))
    expect((await ask()).listed).toBeGreaterThan(0)
  })
})

it('of another account cannot be passed', async () => {
  const other = await sandbox.newAccount()
  const role = await makeRole(other.config, 'theirs')
  await expect(functionMaker(lambda, role)('stolen')).rejects.toMatchObject({ name: 'AccessDeniedException', message: 'Cross-account pass role is not allowed.' })
})
