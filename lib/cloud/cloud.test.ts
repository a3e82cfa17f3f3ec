import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { CreateRoleCommand, ListUsersCommand } from '@aws-sdk/client-iam'
import { ListFunctionsCommand } from '@aws-sdk/client-lambda'
import { GetCallerIdentityCommand } from '@aws-sdk/client-sts'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { labContext } from '@/lib/lab/context'
import { LAMBDA_TRUST } from '@/lib/lab/role'
import { runChecks } from '@/lib/lab/run-checks'
import { openLabs } from '@/labs'
import { startSandbox, type RunningSandbox } from '../../sandbox/index'
import { CloudUnavailable, createCloud, NotOffered, type Cloud } from './index'

let sandbox: RunningSandbox
let data: string
let cloud: Cloud

async function start(auth: 'strict' | 'open'): Promise<void> {
  data = mkdtempSync(join(tmpdir(), 'cloud-'))
  sandbox = await startSandbox({ port: 0, data, auth })
}
async function stop(): Promise<void> {
  await sandbox?.close()
  rmSync(data, { recursive: true, force: true })
}

describe('the embedded backend', () => {
  beforeAll(async () => {
    await start('strict')
    cloud = createCloud({ backend: 'embedded', sandboxUrl: sandbox.url, sandboxAdminToken: sandbox.adminToken })
  })
  afterAll(stop)

  it('gives a learner an account and clients that act as the learner in it', async () => {
    const accountId = await cloud.createAccount()
    expect(accountId).toMatch(/^\d{12}$/)
    const { sts } = await cloud.clients(accountId, { as: 'learner' })
    expect(await sts.send(new GetCallerIdentityCommand({}))).toMatchObject({ Account: accountId, Arn: `arn:aws:iam::${accountId}:user/learner` })
    const checker = await cloud.clients(accountId, { as: 'checker' })
    expect(await checker.sts.send(new GetCallerIdentityCommand({}))).toMatchObject({ Account: accountId, Arn: `arn:aws:iam::${accountId}:root` })
  })

  it('keeps clients while the keys last and makes new ones when they were rotated', async () => {
    const accountId = await cloud.createAccount()
    const before = await cloud.clients(accountId, { as: 'learner' })
    expect(await cloud.clients(accountId, { as: 'learner' })).toBe(before)
    expect(await cloud.clients(accountId, { as: 'checker' })).toBe(await cloud.clients(accountId, { as: 'checker' }))
    const old = await cloud.keys(accountId)
    const rotated = await cloud.rotateKeys(accountId)
    expect(rotated.accessKeyId).not.toBe(old.accessKeyId)
    expect(await cloud.keys(accountId)).toEqual(rotated)
    await expect(before.sts.send(new GetCallerIdentityCommand({}))).rejects.toMatchObject({ name: 'InvalidClientTokenId' })
    const after = await cloud.clients(accountId, { as: 'learner' })
    expect(await after.sts.send(new GetCallerIdentityCommand({}))).toMatchObject({ Account: accountId })
  })

  it('tells page calls by their user agent, and leaves the reads of checks out', async () => {
    const accountId = await cloud.createAccount()
    const learner = await cloud.clients(accountId, { as: 'learner' })
    const checker = await cloud.clients(accountId, { as: 'checker' })
    await checker.iam.send(new ListUsersCommand({}))
    await learner.iam.send(new CreateRoleCommand({ RoleName: 'bookshop', AssumeRolePolicyDocument: LAMBDA_TRUST }))
    await learner.lambda.send(new ListFunctionsCommand({}))
    const { events } = await cloud.events(accountId)
    expect(events.map(({ eventName }) => eventName)).toEqual(['ListFunctions', 'CreateRole'].map((name) => expect.stringContaining(name)))
    expect(events[1]!.userAgent).toContain('app/worklab-web')
    const first = await cloud.events(accountId, { limit: 1 })
    expect(first.events).toHaveLength(1)
    const second = await cloud.events(accountId, { limit: 1, before: first.before! })
    expect(second.events[0]!.eventName).toBe('CreateRole')
    expect(await cloud.resources(accountId)).toMatchObject([{ service: 'iam', type: 'role', name: 'bookshop' }])
  })

  it('goes on after the sandbox was restarted', async () => {
    const accountId = await cloud.createAccount()
    const clients = { learner: await cloud.clients(accountId, { as: 'learner' }), checker: await cloud.clients(accountId, { as: 'checker' }) }
    const { port, adminToken } = sandbox
    await sandbox.close()
    await expect(clients.learner.sts.send(new GetCallerIdentityCommand({}))).rejects.toThrow(CloudUnavailable)
    sandbox = await startSandbox({ port, data, auth: 'strict', adminToken })
    for (const { sts } of Object.values(clients)) expect(await sts.send(new GetCallerIdentityCommand({}))).toMatchObject({ Account: accountId })
  })

  it("moves an account's clock forward", async () => {
    const accountId = await cloud.createAccount()
    expect(await cloud.clock(accountId)).toMatchObject({ aheadBySeconds: 0 })
    expect(await cloud.moveClock(accountId, 3600)).toMatchObject({ aheadBySeconds: 3600 })
    expect(await cloud.clock(accountId)).toMatchObject({ aheadBySeconds: 3600 })
  })

  it('says what the sandbox is', async () => {
    const { version, isolation, runtimes } = await cloud.status()
    expect(version).toMatch(/^\d/)
    expect(['bwrap', 'none']).toContain(isolation)
    expect(runtimes['nodejs22.x']).toMatchObject({ available: true })
  })
})

describe('an endpoint', () => {
  beforeAll(async () => {
    await start('open')
    cloud = createCloud({ backend: 'endpoint', sandboxUrl: '', awsEndpointUrl: sandbox.url })
  })
  afterAll(stop)

  it('takes the account id as key, and does and proves a lab there', async () => {
    const accountId = await cloud.createAccount()
    const lab = openLabs['42.1']!
    const learner = await labContext(cloud, accountId, 'learner')
    await lab.prepare?.(learner)
    for (const step of lab.steps) {
      await step.solve(learner)
      const outcomes = await runChecks(step, await labContext(cloud, accountId, 'checker'))
      expect(outcomes.map(({ status }) => status)).toEqual(step.checks.map(() => 'green'))
    }
    expect((await cloud.resources(accountId)).map(({ type, name }) => `${type}/${name}`)).toEqual(expect.arrayContaining(['function/bookshop-order-total', 'role/bookshop-order-total-role']))
    await lab.cleanup(learner)
    expect(await cloud.resources(accountId)).toEqual([])
  }, 60_000)

  it('says of a check that needs IAM that it cannot be decided there', async () => {
    const accountId = await cloud.createAccount()
    const context = await labContext(cloud, accountId, 'checker')
    const lab = openLabs['45.2']!
    await lab.prepare?.(context)
    const outcomes = await runChecks(lab.steps.find(({ id }) => id === 'prove')!, context)
    expect(outcomes.find(({ checkId }) => checkId === 'narrow')).toMatchObject({ status: 'undecided', found: { en: expect.stringContaining('does not enforce IAM') } })
  }, 60_000)

  it('says what it does not offer', async () => {
    await expect(cloud.events('111122223333')).rejects.toThrow(NotOffered)
    await expect(cloud.rotateKeys('111122223333')).rejects.toThrow(NotOffered)
    await expect(cloud.moveClock('111122223333', 60)).rejects.toThrow(NotOffered)
    expect(cloud.capabilities.has('audit.trail')).toBe(false)
    expect((await cloud.status()).version).toMatch(/^\d/)
  })
})

describe('where nothing listens', () => {
  const nowhere = 'http://127.0.0.1:4799'

  it('is one clear error, for every kind of call', async () => {
    const embedded = createCloud({ backend: 'embedded', sandboxUrl: nowhere, sandboxAdminToken: 'x' })
    await expect(embedded.createAccount()).rejects.toThrow(CloudUnavailable)
    await expect(embedded.clients('111122223333', { as: 'learner' })).rejects.toThrow(`The AWS endpoint ${nowhere} does not answer.`)
    const endpoint = createCloud({ backend: 'endpoint', sandboxUrl: '', awsEndpointUrl: nowhere })
    const { lambda, iam } = await endpoint.clients('111122223333', { as: 'learner' })
    await expect(lambda.send(new ListFunctionsCommand({}))).rejects.toThrow(CloudUnavailable)
    await expect(iam.send(new ListUsersCommand({}))).rejects.toThrow(CloudUnavailable)
    await expect(endpoint.status()).rejects.toThrow(CloudUnavailable)
  })
})

describe('createCloud', () => {
  it('refuses settings that do not suffice, each in one sentence', () => {
    expect(() => createCloud({ backend: 'embedded', sandboxUrl: 'http://127.0.0.1:4566' })).toThrow(/SANDBOX_ADMIN_TOKEN is missing/)
    expect(() => createCloud({ backend: 'endpoint', sandboxUrl: '' })).toThrow(/AWS_ENDPOINT_URL is missing/)
    expect(() => createCloud({ backend: 'aws', sandboxUrl: '' })).toThrow(/not offered in this version/)
  })
})
