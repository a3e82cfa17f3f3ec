import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { PutUserPolicyCommand } from '@aws-sdk/client-iam'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { CloudUnavailable, createCloud, recentDenials, type Cloud } from '@/lib/cloud'
import { openLabs } from '@/labs'
import { startSandbox, type RunningSandbox } from '../../sandbox/index'
import { labContext } from './context'
import type { Action, LabFiles } from './define-lab'
import { inspectRole } from './inspect-role'
import { FilesTooLarge, performAction } from './perform-action'
import { policy } from './role'

let sandbox: RunningSandbox
let cloud: Cloud
let data: string
let accountId: string

beforeAll(async () => {
  data = mkdtempSync(join(tmpdir(), 'actions-'))
  sandbox = await startSandbox({ port: 0, data, auth: 'strict' })
  cloud = createCloud({ backend: 'embedded', sandboxUrl: sandbox.url, sandboxAdminToken: sandbox.adminToken })
  accountId = await cloud.createAccount()
})
afterAll(async () => {
  await sandbox?.close()
  rmSync(data, { recursive: true, force: true })
})

const lab = openLabs['42.1']!
const action = (stepId: string, id: string) => lab.steps.find((step) => step.id === stepId)!.actions.find((one) => one.id === id)! as Action
const press = (stepId: string, id: string, typed: Record<string, unknown> = {}, files: LabFiles = lab.files) => {
  const one = action(stepId, id)
  return performAction(cloud, accountId, one, { ...one.defaults({ accountId, region: cloud.region }), ...typed }, files)
}

describe('an action of a lab', () => {
  it('does in the account what its form says, and shows what an invoke came to', async () => {
    expect(await press('do', 'create-role')).toMatchObject({ kind: 'done', output: { Role: { RoleName: 'bookshop-order-total-role', CreateDate: expect.any(String) } } })
    expect(await press('do', 'attach-policy')).toMatchObject({ kind: 'done' })
    expect(await press('do', 'create-function')).toMatchObject({ kind: 'done', output: { FunctionName: 'bookshop-order-total' } })
    const invoked = await press('do', 'invoke')
    expect(invoked).toMatchObject({ kind: 'done', invocation: { statusCode: 200, payload: { statusCode: 200, body: '{"lines":2}' }, report: { initMs: expect.any(Number), memoryMb: 128 } } })
    expect(JSON.parse(JSON.stringify(invoked))).toEqual(invoked)
  }, 30_000)

  it('sends nothing while the form is not valid, and names the message for each field', async () => {
    expect(await press('do', 'create-function', { FunctionName: 'nhà sách', Role: '', Runtime: 'cobol' })).toEqual({ kind: 'invalid', fields: { FunctionName: 'functionName', Role: 'required', Runtime: 'runtime' } })
    expect(await press('do', 'invoke', { Payload: '{"body":' })).toEqual({ kind: 'invalid', fields: { Payload: 'json' } })
    expect(await performAction(cloud, accountId, action('do', 'create-role'), null, {})).toMatchObject({ kind: 'invalid' })
  })

  it("gives a refusal in AWS's words", async () => {
    expect(await press('do', 'create-role')).toMatchObject({ kind: 'refused', means: 'alreadyThere', error: { name: expect.stringMatching(/^EntityAlreadyExists/), status: 409, requestId: expect.any(String) } })
    expect(await press('do', 'invoke', { FunctionName: 'nobody' })).toMatchObject({ kind: 'refused', error: { name: 'ResourceNotFoundException', message: expect.stringContaining('nobody') } })
    expect(await press('do', 'create-function', { FunctionName: 'other', Role: `arn:aws:iam::${accountId}:role/none` })).toMatchObject({ kind: 'refused', means: 'roleNotAssumable', error: { name: 'InvalidParameterValueException' } })
  })

  it('says why IAM denied it', async () => {
    const { clients } = await labContext(cloud, accountId, 'checker')
    await clients.iam.send(new PutUserPolicyCommand({ UserName: 'learner', PolicyName: 'no-invoke', PolicyDocument: policy({ Sid: 'Never', Effect: 'Deny', Action: 'lambda:InvokeFunction', Resource: '*' }) }))
    expect(await press('do', 'invoke')).toMatchObject({ kind: 'refused', error: { name: 'AccessDeniedException', status: 403 }, denial: { action: 'lambda:InvokeFunction', reason: 'explicitDeny', deniedBy: { policy: 'no-invoke', sid: 'Never' } } })
    expect(await recentDenials(cloud, accountId)).toMatchObject([{ eventName: 'Invoke', explanation: { action: 'lambda:InvokeFunction' } }])
  })

  it('shows a role with the documents of all its policies', async () => {
    const { clients } = await labContext(cloud, accountId, 'learner')
    expect(await inspectRole(clients, 'bookshop-order-total-role')).toMatchObject({
      trust: { Statement: [{ Principal: { Service: 'lambda.amazonaws.com' } }] },
      attached: [{ name: 'AWSLambdaBasicExecutionRole', document: { Statement: [{ Effect: 'Allow' }] } }],
      inline: [],
    })
    expect(await inspectRole(clients, 'nobody')).toBeUndefined()
  })

  it('refuses more files than an editor holds', async () => {
    await expect(press('prove', 'update-code', {}, { 'order-total/index.mjs': 'x'.repeat(1024 * 1024 + 1) })).rejects.toThrow(FilesTooLarge)
  })

  it('is one clear error where the sandbox is away', async () => {
    await sandbox.close()
    await expect(press('do', 'invoke')).rejects.toThrow(CloudUnavailable)
  })
})

describe('a silent function', () => {
  it('leaves its denials in the trail, with the smallest statement that would allow it', async () => {
    sandbox = await startSandbox({ port: 0, data, auth: 'strict' })
    cloud = createCloud({ backend: 'embedded', sandboxUrl: sandbox.url, sandboxAdminToken: sandbox.adminToken })
    accountId = await cloud.createAccount()
    const silent = openLabs['45.2']!
    await silent.prepare?.(await labContext(cloud, accountId, 'checker'))
    const invoke = silent.steps.find(({ id }) => id === 'look')!.actions.find(({ id }) => id === 'invoke')!
    expect(await performAction(cloud, accountId, invoke, invoke.defaults({ accountId, region: cloud.region }), {})).toMatchObject({ kind: 'done', invocation: { payload: { notified: 'A-1024' } } })
    await expect.poll(() => recentDenials(cloud, accountId), { timeout: 10_000 }).toMatchObject([{ explanation: { action: expect.stringMatching(/^logs:/), reason: 'implicitDeny', statement: { Effect: 'Allow' } } }])
  }, 30_000)
})
