import { spawn, type ChildProcess } from 'node:child_process'
import { setTimeout as sleep } from 'node:timers/promises'
import { CreateRoleCommand, GetRoleCommand, IAMClient } from '@aws-sdk/client-iam'
import { CreateFunctionCommand, InvokeCommand, LambdaClient } from '@aws-sdk/client-lambda'
import { strToU8, zipSync } from 'fflate'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { startSandbox, type RunningSandbox } from './program/start.cjs'

/** What learners' code may do at its worst. Each goes on until its time is up, or its limits end it. */
const HARM = {
  'a fork bomb': "const bomb = () => { for (let i = 0; i < 50; i++) { const child = cp.spawn('/bin/sh', ['-c', 'while :; do :; done & while :; do :; done'], { stdio: 'ignore' }); child.on('error', () => {}) } setTimeout(bomb, 5) }; bomb(); await new Promise(() => {})",
  'a memory bomb': 'const all = []; for (;;) all.push(Buffer.alloc(1 << 24, 1))',
  'an endless loop': 'for (;;) {}',
  'a gigabyte of logs': "const chunk = ('x'.repeat(1023) + '\\n').repeat(64); for (let i = 0; i < 16384; i++) { try { fs.writeSync(1, chunk) } catch (error) { if (error.code !== 'EAGAIN') throw error } }",
  'a full /tmp': "const block = Buffer.alloc(1 << 20, 1); for (let i = 0; ; i = (i + 1) % 1000) { try { fs.writeFileSync('/tmp/' + i, block) } catch { for (const name of fs.readdirSync('/tmp')) fs.rmSync('/tmp/' + name) } }",
}
const HARM_SECONDS = 4
const WATCHDOG_SECONDS = 120
const BEFORE = 40
/** Other accounts may wait so many times as long, or, where that is next to nothing, so many ms longer. */
const MOST = { times: 3, milliseconds: 50 }

describe('while code of one account does harm', () => {
  let sandbox: RunningSandbox
  let watchdog: ChildProcess
  let isContained: boolean
  let calm: { call: number; invocation: number }
  const victim = () => account('222222222222')
  const culprit = () => account('333333333333')

  function account(id: string) {
    const config = { endpoint: sandbox.url, region: 'us-east-1', credentials: { accessKeyId: id, secretAccessKey: 'x' }, maxAttempts: 1 }
    return { iam: new IAMClient(config), lambda: new LambdaClient(config) }
  }

  async function makeFunction({ iam, lambda }: ReturnType<typeof account>, name: string, body: string, Timeout: number): Promise<void> {
    const trust = JSON.stringify({ Version: '2012-10-17', Statement: [{ Effect: 'Allow', Action: 'sts:AssumeRole', Principal: { Service: 'lambda.amazonaws.com' } }] })
    await iam.send(new CreateRoleCommand({ RoleName: name, AssumeRolePolicyDocument: trust }))
    const { Role } = await iam.send(new GetRoleCommand({ RoleName: name }))
    const ZipFile = zipSync({ 'index.mjs': strToU8(`import cp from 'node:child_process'\nimport fs from 'node:fs'\nexport const handler = async () => { ${body} }`) })
    await lambda.send(new CreateFunctionCommand({ FunctionName: name, Role: Role!.Arn!, Runtime: 'nodejs20.x', Handler: 'index.handler', Timeout, MemorySize: 256, Code: { ZipFile } }))
  }

  /** How long a call and a warm invocation take in the middle, in ms, measured by turns while `goesOn`. */
  async function measure({ iam, lambda }: ReturnType<typeof account>, goesOn: (rounds: number) => boolean): Promise<{ call: number; invocation: number }> {
    const times: { call: number[]; invocation: number[] } = { call: [], invocation: [] }
    const timed = async (into: number[], work: Promise<unknown>) => {
      const start = performance.now()
      await work
      into.push(performance.now() - start)
    }
    for (let rounds = 0; goesOn(rounds); rounds++) {
      await timed(times.call, iam.send(new GetRoleCommand({ RoleName: 'plain' })))
      await timed(times.invocation, lambda.send(new InvokeCommand({ FunctionName: 'plain' })))
      await sleep(10)
    }
    const middle = (all: number[]) => all.sort((a, b) => a - b)[all.length >> 1]!
    return { call: middle(times.call), invocation: middle(times.invocation) }
  }

  beforeAll(async () => {
    sandbox = await startSandbox({ auth: 'open' })
    const status = await fetch(`${sandbox.url}/_worklab/status`, { headers: { authorization: `Bearer ${sandbox.adminToken}` } })
    isContained = ((await status.json()) as { isolation: string }).isolation === 'bwrap'
    if (!isContained) return
    // Whatever goes wrong, this process ends, the sandbox with it, and everything in bubblewrap with that.
    watchdog = spawn('/bin/sh', ['-c', `sleep ${WATCHDOG_SECONDS}; kill -9 ${process.pid}`], { stdio: 'ignore', detached: true })
    await makeFunction(victim(), 'plain', 'return 1', 10)
    calm = await measure(victim(), (rounds) => rounds < BEFORE)
  }, 60_000)
  afterAll(async () => {
    if (watchdog) process.kill(-watchdog.pid!, 'SIGKILL')
    await sandbox.close()
  })

  it.each(Object.entries(HARM))('the others go on: %s', { timeout: 60_000 }, async (what, body) => {
    if (!isContained) return console.log('Skipped: without bubblewrap nothing contains such code.')
    const { lambda, ...rest } = culprit()
    const name = what.replace(/\W/g, '-')
    await makeFunction({ lambda, ...rest }, name, body, HARM_SECONDS)
    calm = await measure(victim(), (rounds) => rounds < BEFORE)
    let over = false
    // Again and again: one that is ended at once would leave nothing to measure.
    const harm = (async () => {
      const until = Date.now() + HARM_SECONDS * 1000
      do await lambda.send(new InvokeCommand({ FunctionName: name }))
      while (Date.now() < until)
    })().finally(() => (over = true))
    await sleep(100)
    const meanwhile = await measure(victim(), (rounds) => rounds === 0 || !over)
    await harm
    for (const kind of ['call', 'invocation'] as const) {
      const most = Math.max(calm[kind] * MOST.times, calm[kind] + MOST.milliseconds)
      expect(meanwhile[kind], `${kind}: ${meanwhile[kind].toFixed(1)} ms, before ${calm[kind].toFixed(1)} ms`).toBeLessThan(most)
    }
  })
})
