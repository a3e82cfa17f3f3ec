import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { commandToCli } from '@/lib/aws-cli'
import { installedAws, runCli } from '@/lib/aws-cli/testing'
import { createCloud, type Cloud } from '@/lib/cloud'
import { labContext } from '@/lib/lab/context'
import type { Lab, LabFiles } from '@/lib/lab/define-lab'
import { labFiles } from '@/lib/lab/files'
import { BASIC_EXECUTION_POLICY } from '@/lib/lab/role'
import { runChecks } from '@/lib/lab/run-checks'
import { startSandbox, type RunningSandbox } from '../sandbox/index'
import { openLabs } from './index'

const version = installedAws()

/** `step/action`, what a learner fills in beside the sensible values, and the files in the editor at that time. */
type Work = [at: string, typed?: Record<string, string>, files?: LabFiles]

const work: Record<string, Work[]> = {
  '42.1': [
    ['do/create-role'],
    ['do/attach-policy'],
    ['do/create-function'],
    ['do/invoke'],
    ['prove/update-code', {}, labFiles('42.1', 'solution')],
    ['repair/update-handler', { Handler: 'index.handler' }],
  ],
  '41.2': [
    ['measure/create-role'],
    ['measure/attach-policy'],
    ['measure/create-function'],
    ['measure/invoke'],
    ['measure/invoke'],
    ['move/update-code', {}, labFiles('41.2', 'solution')],
    ['repair/update-code', {}, labFiles('41.2', 'solution')],
  ],
  '45.2': [
    ['look/invoke'],
    ['look/list-log-groups'],
    ['look/show-role'],
    ['prove/attach-policy', { PolicyArn: BASIC_EXECUTION_POLICY }],
    ['repair/delete-role-policy', { PolicyName: 'save-costs' }],
  ],
}

describe.skipIf(version === undefined)('labs done by the AWS CLI alone (skipped where `aws` is not installed)', () => {
  let sandbox: RunningSandbox
  let cloud: Cloud
  let data: string
  let home: string

  beforeAll(async () => {
    data = mkdtempSync(join(tmpdir(), 'labs-cli-'))
    home = mkdtempSync(join(tmpdir(), 'labs-home-'))
    sandbox = await startSandbox({ port: 0, data, auth: 'strict' })
    cloud = createCloud({ backend: 'embedded', sandboxUrl: sandbox.url, sandboxAdminToken: sandbox.adminToken })
  })
  afterAll(async () => {
    await sandbox?.close()
    rmSync(data, { recursive: true, force: true })
    rmSync(home, { recursive: true, force: true })
  })

  it.each(Object.values(openLabs).map((lab) => ({ id: lab.id, lab })))('turns lab $id green by the commands that the page shows', async ({ lab }) => {
    const accountId = await cloud.createAccount()
    await lab.prepare?.(await labContext(cloud, accountId, 'checker'))
    const { accessKeyId, secretAccessKey } = await cloud.keys(accountId)
    const env = { AWS_ENDPOINT_URL: cloud.endpoint, AWS_DEFAULT_REGION: cloud.region, AWS_ACCESS_KEY_ID: accessKeyId, AWS_SECRET_ACCESS_KEY: secretAccessKey }
    for (const [at, typed, files] of work[lab.id]!) {
      const { stderr, failed } = await runCli(cliText(lab, at, accountId, typed, files), home, env)
      expect(failed, `${at}: ${stderr}`).toBe(false)
      if (at.endsWith('/invoke')) expect(JSON.parse(readFileSync(join(home, 'response.json'), 'utf8'))).not.toHaveProperty('errorMessage')
    }
    for (const step of lab.steps) {
      const outcomes = await runChecks(step, await labContext(cloud, accountId, 'checker'))
      expect(outcomes.map(({ checkId, status, found }) => ({ checkId, status, found: found.en }))).toEqual(step.checks.map(({ id }) => ({ checkId: id, status: 'green', found: expect.anything() })))
    }
  }, 180_000)

  function cliText(lab: Lab, at: string, accountId: string, typed: Record<string, string> = {}, files: LabFiles = lab.files): string {
    const [stepId, actionId] = at.split('/')
    const action = lab.steps.find(({ id }) => id === stepId)!.actions.find(({ id }) => id === actionId)!
    const context = { accountId, region: cloud.region, files }
    const command = action.command(action.form.parse({ ...action.defaults(context), ...typed }), context)
    const zip: Uint8Array | undefined = command.input.ZipFile ?? command.input.Code?.ZipFile
    if (zip) writeFileSync(join(home, 'function.zip'), zip)
    return commandToCli(action.service, command, { version: version! })
  }
})
