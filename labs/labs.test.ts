import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { createCloud, type Cloud } from '@/lib/cloud'
import { labContext } from '@/lib/lab/context'
import type { Lab, Step } from '@/lib/lab/define-lab'
import { runChecks, type CheckOutcome } from '@/lib/lab/run-checks'
import { startSandbox, type RunningSandbox } from '../sandbox/index'
import { openLabs } from './index'

/*
 * The proof that every open lab has to pass, each part in a fresh account of a real sandbox: red before, green
 * step by step, wrong attempts caught by the right check in the right words, nothing left after clean-up.
 */

const SLOW = 180_000
let sandbox: RunningSandbox
let cloud: Cloud
let data: string

beforeAll(async () => {
  data = mkdtempSync(join(tmpdir(), 'labs-'))
  sandbox = await startSandbox({ port: 0, data, auth: 'strict' })
  cloud = createCloud({ backend: 'embedded', sandboxUrl: sandbox.url, sandboxAdminToken: sandbox.adminToken })
})
afterAll(async () => {
  await sandbox?.close()
  rmSync(data, { recursive: true, force: true })
})

const asLearner = (accountId: string) => labContext(cloud, accountId, 'learner')
const asChecker = (accountId: string) => labContext(cloud, accountId, 'checker')
const checksOf = async (step: Step, accountId: string) => runChecks(step, await asChecker(accountId))
const statuses = (outcomes: CheckOutcome[]) => outcomes.map(({ checkId, status, found, next }) => ({ checkId, status, ...(status === 'green' ? {} : { said: `${found.en} ${next?.en ?? ''}` }) }))

/** An account in which a learner has pressed Start. */
async function startedAccount(lab: Lab): Promise<string> {
  const accountId = await cloud.createAccount()
  await lab.prepare?.(await asChecker(accountId))
  return accountId
}

describe.each(Object.values(openLabs).map((lab) => ({ id: lab.id, lab })))('lab $id', ({ lab }) => {
  it('is red in an account that was never started', async () => {
    const accountId = await cloud.createAccount()
    for (const step of lab.steps) {
      for (const { checkId, status, found, next } of await checksOf(step, accountId)) {
        expect({ checkId, status, found: found.en }).toMatchObject({ status: 'red' })
        expect(next?.en, checkId).toBeTruthy()
        expect(next?.vi, checkId).toBeTruthy()
      }
    }
  }, SLOW)

  it('is red, then each step turns green as it is solved, and clean-up leaves nothing', async () => {
    const accountId = await startedAccount(lab)
    for (const step of lab.steps) for (const outcome of statuses(await checksOf(step, accountId))) expect(outcome).toMatchObject({ status: 'red' })
    for (const step of lab.steps) {
      await step.solve(await asLearner(accountId))
      expect(statuses(await checksOf(step, accountId))).toEqual(step.checks.map(({ id }) => ({ checkId: id, status: 'green' })))
    }
    // Solved steps stay solved, and looking again does no harm.
    for (const step of lab.steps) expect(statuses(await checksOf(step, accountId)), step.id).toEqual(step.checks.map(({ id }) => ({ checkId: id, status: 'green' })))

    expect(await lab.inventory(await asChecker(accountId))).not.toEqual([])
    await lab.cleanup(await asChecker(accountId))
    expect(await lab.inventory(await asChecker(accountId))).toEqual([])
    expect(await cloud.resources(accountId)).toEqual([])
    // Once more, where nothing is left to delete.
    await lab.cleanup(await asChecker(accountId))
  }, SLOW)

  it('can be started twice and reset to how it was', async () => {
    const accountId = await startedAccount(lab)
    const before = await lab.inventory(await asChecker(accountId))
    await lab.prepare?.(await asChecker(accountId))
    expect(await lab.inventory(await asChecker(accountId))).toEqual(before)
    for (const step of lab.steps) await step.solve(await asLearner(accountId))
    await lab.cleanup(await asChecker(accountId))
    await lab.prepare?.(await asChecker(accountId))
    expect(await lab.inventory(await asChecker(accountId))).toEqual(before)
    for (const step of lab.steps) for (const outcome of statuses(await checksOf(step, accountId))) expect(outcome).toMatchObject({ status: 'red' })
  }, SLOW)

  it.concurrent.each([...lab.wrong])('catches: $name', async ({ attempt, fails, says }) => {
    const accountId = await startedAccount(lab)
    await attempt(await asLearner(accountId))
    const [stepId, checkId] = fails.split('/')
    const step = lab.steps.find(({ id }) => id === stepId)!
    const outcome = (await checksOf(step, accountId)).find((one) => one.checkId === checkId)!
    expect(outcome.status, outcome.found.en).toBe('red')
    expect(`${outcome.found.en} ${outcome.next?.en ?? ''}`).toMatch(says)
  }, SLOW)
})
