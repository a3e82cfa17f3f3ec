import { execFile, spawnSync } from 'node:child_process'
import { copyFileSync, existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { DynamoDBClient, GetItemCommand } from '@aws-sdk/client-dynamodb'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { handlerZip } from '../services/lambda/testing'
import { startTestSandbox, type TestSandbox } from '../testing'

const run = promisify(execFile)
const folder = mkdtempSync(join(tmpdir(), 'terraform-'))
/** Where machines without a network keep their providers; elsewhere Terraform fetches them. */
const MIRRORS = [process.env.TF_PLUGIN_DIR, '/opt/tf-plugins'].filter((mirror) => mirror !== undefined && existsSync(mirror))

let sandbox: TestSandbox

function terraform(...args: string[]) {
  const { accessKeyId, secretAccessKey } = sandbox?.learner.credentials ?? { accessKeyId: '', secretAccessKey: '' }
  const env = { PATH: process.env.PATH, HOME: folder, AWS_ACCESS_KEY_ID: accessKeyId, AWS_SECRET_ACCESS_KEY: secretAccessKey, AWS_ENDPOINT_URL: sandbox?.url ?? '', CHECKPOINT_DISABLE: '1', TF_IN_AUTOMATION: '1' }
  return run('terraform', args, { cwd: folder, env: env as unknown as NodeJS.ProcessEnv, maxBuffer: 64 << 20 })
}

/** Whether Terraform and its AWS provider can be had here. */
function isThere(): boolean {
  if (spawnSync('terraform', ['version']).status !== 0) return false
  copyFileSync(join(import.meta.dirname, 'bookshop.tf'), join(folder, 'bookshop.tf'))
  writeFileSync(join(folder, 'function.zip'), handlerZip(HANDLER))
  const mirrors = MIRRORS.map((mirror) => `-plugin-dir=${mirror}`)
  return spawnSync('terraform', ['init', '-input=false', ...mirrors], { cwd: folder, env: { PATH: process.env.PATH, HOME: folder, CHECKPOINT_DISABLE: '1' } as unknown as NodeJS.ProcessEnv, timeout: 60_000 }).status === 0
}

const HANDLER = `async (event) => {
  const { DynamoDBClient, PutItemCommand } = require('@aws-sdk/client-dynamodb')
  const id = event.pathParameters?.id ?? JSON.parse(event.body).id
  await new DynamoDBClient({}).send(new PutItemCommand({ TableName: process.env.TABLE, Item: { id: { S: id } } }))
  return { statusCode: 201, body: id }
}`

const hasTerraform = isThere()
beforeAll(async () => {
  sandbox = await startTestSandbox()
})
afterAll(async () => {
  await sandbox.remove()
  rmSync(folder, { recursive: true, force: true })
})

it.skipIf(!hasTerraform)(hasTerraform ? 'Terraform applies the bookshop, finds nothing to change, and takes it down to nothing' : 'Terraform or its AWS provider is not here: left out', { timeout: 600_000 }, async () => {
  const zip = ['-input=false', '-no-color', '-var', 'zip=function.zip']
  await terraform('apply', '-auto-approve', ...zip)
  const { stdout } = await terraform('output', '-json')
  const { api, http_api: httpApi, table } = JSON.parse(stdout) as Record<string, { value: string }>
  // What it made works.
  const posted = await fetch(`${sandbox.url}/_aws/execute-api/${api!.value}/dev/books`, { method: 'POST', body: '{"id":"so-do"}' })
  expect([posted.status, await posted.text()]).toEqual([201, 'so-do'])
  expect((await fetch(`${sandbox.url}/_aws/execute-api/${httpApi!.value}/books/vo-nhat`)).status).toBe(201)
  const { Item } = await new DynamoDBClient(sandbox.learner).send(new GetItemCommand({ TableName: table!.value, Key: { id: { S: 'vo-nhat' } } }))
  expect(Item).toBeDefined()
  // 0: nothing differs, 2: something does.
  const plan = await terraform('plan', '-detailed-exitcode', ...zip).then(
    ({ stdout: text }) => ({ code: 0, text }),
    (error: { code: number; stdout: string }) => ({ code: error.code, text: error.stdout }),
  )
  expect(plan.code, plan.text).toBe(0)
  await terraform('destroy', '-auto-approve', ...zip)
  const { resources } = (await sandbox.admin('GET', `/_worklab/accounts/${sandbox.accountId}/resources`)) as { resources: { arn: string }[] }
  expect(resources.map(({ arn }) => arn)).toEqual([])
})
