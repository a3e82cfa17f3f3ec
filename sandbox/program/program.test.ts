import { execFileSync, spawn } from 'node:child_process'
import { cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { APIGatewayClient, CreateRestApiCommand } from '@aws-sdk/client-api-gateway'
import { CreateLogGroupCommand, CloudWatchLogsClient } from '@aws-sdk/client-cloudwatch-logs'
import { CreateRoleCommand, IAMClient, SimulateCustomPolicyCommand } from '@aws-sdk/client-iam'
import { CreateFunctionCommand, InvokeCommand, LambdaClient } from '@aws-sdk/client-lambda'
import { CreateQueueCommand, SQSClient } from '@aws-sdk/client-sqs'
import { strToU8, zipSync } from 'fflate'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { startSandbox, type RunningSandbox } from './start.cjs'

const root = join(import.meta.dirname, '../..')
const run = join(import.meta.dirname, 'run.cjs')
let folder: string

beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'program-'))
  // Builds it where need be, so that no test waits for that.
  execFileSync(process.execPath, [run, '--help'])
}, 60_000)
afterAll(() => rmSync(folder, { recursive: true, force: true }))

describe('the built program', () => {
  let sandbox: RunningSandbox
  beforeAll(async () => {
    sandbox = await startSandbox({ auth: 'open' })
  })
  afterAll(() => sandbox.close())

  it('answers services of each protocol, decides by policies and runs a function', async () => {
    const config = { endpoint: sandbox.url, region: 'us-east-1', credentials: { accessKeyId: '111111111111', secretAccessKey: 'x' }, maxAttempts: 1 }
    expect((await new SQSClient(config).send(new CreateQueueCommand({ QueueName: 'q' }))).QueueUrl).toContain('/111111111111/q')
    await new CloudWatchLogsClient(config).send(new CreateLogGroupCommand({ logGroupName: 'g' }))
    expect((await new APIGatewayClient(config).send(new CreateRestApiCommand({ name: 'a' }))).name).toBe('a')
    const iam = new IAMClient(config)
    const allow = (Statement: object) => JSON.stringify({ Version: '2012-10-17', Statement: [{ Effect: 'Allow', ...Statement }] })
    const { EvaluationResults } = await iam.send(new SimulateCustomPolicyCommand({ PolicyInputList: [allow({ Action: 's3:Get*', Resource: '*' })], ActionNames: ['s3:GetObject', 's3:PutObject'] }))
    expect(EvaluationResults!.map(({ EvalDecision }) => EvalDecision)).toEqual(['allowed', 'implicitDeny'])
    const { Role } = await iam.send(new CreateRoleCommand({ RoleName: 'r', AssumeRolePolicyDocument: allow({ Action: 'sts:AssumeRole', Principal: { Service: 'lambda.amazonaws.com' } }) }))
    const lambda = new LambdaClient(config)
    const ZipFile = zipSync({ 'index.mjs': strToU8('export const handler = async ({ x }) => x + 1') })
    await lambda.send(new CreateFunctionCommand({ FunctionName: 'f', Role: Role!.Arn!, Runtime: 'nodejs20.x', Handler: 'index.handler', Code: { ZipFile } }))
    expect((await lambda.send(new InvokeCommand({ FunctionName: 'f', Payload: '{"x":41}' }))).Payload!.transformToString()).toBe('42')
  })

  it('says why it does not start', async () => {
    await expect(startSandbox({ auth: 'open', host: '0.0.0.0' })).rejects.toThrow('--auth open takes any key, so it serves loopback only, not 0.0.0.0.')
    await expect(startSandbox({ port: sandbox.port })).rejects.toThrow('The port is in use')
  })
})

it('is built anew when a source changes, and only then', { timeout: 120_000 }, () => {
  const copy = join(folder, 'copy')
  for (const name of ['sandbox', 'package.json']) cpSync(join(root, name), join(copy, name), { recursive: true, filter: (path) => !path.endsWith('.test.ts') })
  symlinkSync(join(root, 'node_modules'), join(copy, 'node_modules'))
  const main = join(copy, 'sandbox/main.ts')
  const help = () => execFileSync(process.execPath, [join(copy, 'sandbox/program/run.cjs'), '--help'], { encoding: 'utf8' })
  const stamp = () => JSON.parse(readFileSync(join(copy, 'dist/sandbox/program.cjs'), 'utf8').split('\n', 1)[0]!.slice('// '.length)).id
  expect(help()).toContain('npm run sandbox -- [--port 4566]')
  const first = stamp()
  help()
  expect(stamp()).toBe(first)
  // Of the same length, as V8's cache of the old code would have it.
  writeFileSync(main, readFileSync(main, 'utf8').replace('npm run sandbox -- [--port', 'npm run sandbux -- [--port'))
  expect(help()).toContain('npm run sandbux -- [--port 4566]')
  expect(stamp()).not.toBe(first)
})

describe('worklab/sandbox in a project that has installed it', () => {
  beforeAll(() => {
    mkdirSync(join(folder, 'project/node_modules'), { recursive: true })
    // As `npm install /path/to/worklab` does.
    symlinkSync(root, join(folder, 'project/node_modules/worklab'))
  })

  const suite = (imports: string) => `${imports}
let sandbox
before(async () => { sandbox = await startSandbox({ auth: 'open' }) })
after(() => sandbox.close())
test('answers', async () => {
  const { services } = await (await fetch(sandbox.url + '/_localstack/health')).json()
  assert.equal(services.lambda, 'running')
})
`
  it.each([
    ['ES modules', 'a.test.mjs', suite("import assert from 'node:assert'\nimport { after, before, test } from 'node:test'\nimport { startSandbox } from 'worklab/sandbox'")],
    ['CommonJS', 'b.test.cjs', suite("const assert = require('node:assert')\nconst { after, before, test } = require('node:test')\nconst { startSandbox } = require('worklab/sandbox')")],
  ])('runs in its tests, from %s', { timeout: 60_000 }, (_, name, text) => {
    writeFileSync(join(folder, 'project', name), text)
    const { NODE_OPTIONS: _options, ...env } = process.env
    expect(execFileSync(process.execPath, ['--test', name], { cwd: join(folder, 'project'), encoding: 'utf8', env })).toMatch(/^# pass 1$/m)
  })

  it('has types', () => {
    const file = join(folder, 'project/typed.ts')
    writeFileSync(file, "import { startSandbox } from 'worklab/sandbox'\nexport const url: Promise<string> = startSandbox({ auth: 'open' }).then((sandbox) => sandbox.url)\n// @ts-expect-error there is no such mode\nvoid startSandbox({ auth: 'closed' })\n")
    execFileSync(process.execPath, [join(root, 'node_modules/typescript/bin/tsc'), '--noEmit', '--strict', '--skipLibCheck', '--module', 'nodenext', '--target', 'es2022', file], { cwd: join(folder, 'project'), stdio: ['ignore', 'inherit', 'inherit'] })
  }, 30_000)

  it('ends with the program that started it, also one that is killed', async () => {
    const parent = spawn(process.execPath, ['-e', "require('worklab/sandbox').startSandbox({ auth: 'open' }).then(({ url }) => { console.log(url); setInterval(() => {}, 1000) })"], { cwd: join(folder, 'project'), stdio: ['ignore', 'pipe', 'inherit'] })
    const url = String(await new Promise((resolve) => parent.stdout.once('data', resolve))).trim()
    const answers = () => fetch(`${url}/_localstack/health`).then(() => true, () => false)
    expect(await answers()).toBe(true)
    parent.kill('SIGKILL')
    await expect.poll(answers, { timeout: 10_000 }).toBe(false)
  })
})
