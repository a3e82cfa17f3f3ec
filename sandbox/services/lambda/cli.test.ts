import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { awsCli, awsCliVersion } from '../../aws-cli-testing'
import { startTestSandbox, type TestSandbox } from '../../testing'
import { eventually, handlerZip, trust } from './testing'

const title = awsCliVersion ? `the AWS CLI (${awsCliVersion}) makes, runs, watches and deletes a function` : 'the AWS CLI is not installed: left out'

let sandbox: TestSandbox
let folder: string
beforeAll(async () => {
  sandbox = await startTestSandbox()
  folder = mkdtempSync(join(tmpdir(), 'cli-'))
})
afterAll(async () => {
  await sandbox.remove()
  rmSync(folder, { recursive: true, force: true })
})

const aws = (...args: string[]) => awsCli(sandbox.learner, args, folder)

it.skipIf(!awsCliVersion)(title, { timeout: 120_000 }, async () => {
  writeFileSync(join(folder, 'code.zip'), handlerZip('async (event) => { console.log("hello from", event.who); return { hi: event.who } }'))
  const { Role } = await aws('iam', 'create-role', '--role-name', 'cli', '--assume-role-policy-document', trust('lambda.amazonaws.com'))
  await aws('iam', 'attach-role-policy', '--role-name', 'cli', '--policy-arn', 'arn:aws:iam::aws:policy/service-role/AWSLambdaBasicExecutionRole')
  const made = await aws('lambda', 'create-function', '--function-name', 'cli', '--runtime', 'nodejs22.x', '--handler', 'index.handler', '--role', Role.Arn, '--zip-file', 'fileb://code.zip')
  expect(made).toMatchObject({ FunctionName: 'cli', State: 'Active' })
  await aws('lambda', 'wait', 'function-active-v2', '--function-name', 'cli')

  writeFileSync(join(folder, 'event.json'), '{"who":"CLI"}')
  const major = Number(/aws-cli\/(\d)/.exec(awsCliVersion!)?.[1])
  const raw = major >= 2 ? ['--cli-binary-format', 'raw-in-base64-out'] : []
  const invoked = await aws('lambda', 'invoke', '--function-name', 'cli', '--payload', 'file://event.json', ...raw, '--log-type', 'Tail', 'out.json')
  expect(invoked).toMatchObject({ StatusCode: 200, ExecutedVersion: '$LATEST' })
  expect(Buffer.from(invoked.LogResult, 'base64').toString()).toContain('hello from CLI')
  expect(JSON.parse(readFileSync(join(folder, 'out.json'), 'utf8'))).toEqual({ hi: 'CLI' })

  const events = await eventually(async () => {
    const found = await aws('logs', 'filter-log-events', '--log-group-name', '/aws/lambda/cli', '--filter-pattern', 'hello').catch(() => undefined)
    return found?.events.length > 0 ? found.events : undefined
  })
  expect(events[0].message).toContain('hello from CLI')

  await aws('lambda', 'update-function-configuration', '--function-name', 'cli', '--timeout', '9', '--environment', 'Variables={MODE=x}')
  await aws('lambda', 'wait', 'function-updated-v2', '--function-name', 'cli')
  expect(await aws('lambda', 'get-function', '--function-name', 'cli')).toMatchObject({ Configuration: { Timeout: 9, Environment: { Variables: { MODE: 'x' } } } })
  expect((await aws('lambda', 'list-functions')).Functions).toHaveLength(1)
  await aws('lambda', 'delete-function', '--function-name', 'cli')
  await expect(aws('lambda', 'get-function', '--function-name', 'cli')).rejects.toThrow(/ResourceNotFoundException.*Function not found: arn:aws:lambda/)
})
