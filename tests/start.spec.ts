import { execFile, spawn, type ChildProcess } from 'node:child_process'
import fs from 'node:fs'
import { createServer } from 'node:net'
import os from 'node:os'
import path from 'node:path'
import { promisify } from 'node:util'
import { expect, test } from '@playwright/test'
import { freePort } from '../scripts/ports.mjs'
import { commandLine, isAlive, sleep } from '../scripts/processes.mjs'

/*
 * `npm start` as whoever types it sees it: what it says, what it leaves running, and what is still there after a crash.
 * The build of `npm test` is used, so that no test here builds.
 */

test.skip(process.platform !== 'linux', 'The parts are found through /proc.')

let data: string
const running: Worklab[] = []

test.beforeEach(() => {
  data = fs.mkdtempSync(path.join(os.tmpdir(), 'worklab-start-'))
  fs.chmodSync(data, 0o755)
})

test.afterEach(async () => {
  for (const worklab of running.splice(0)) {
    worklab.child.kill('SIGTERM')
    await worklab.ended
  }
  fs.rmSync(data, { recursive: true, force: true })
})

interface Worklab {
  child: ChildProcess
  /** All that it has printed, both streams. */
  output(): string
  /** Its exit code, or the signal that ended it. */
  ended: Promise<number | NodeJS.Signals | null>
  /** The address it printed; fails the test when it ends without one. */
  ready: Promise<string>
}

async function start(env: Record<string, string> = {}, [program = '', ...args] = [process.execPath, 'scripts/start.mjs']): Promise<Worklab> {
  const { DATABASE_URL: _, NEXTAUTH_URL: __, ...rest } = process.env
  const ports = { PORT: String(await freePort()), SANDBOX_PORT: String(await freePort()) }
  const child = spawn(program, args, { env: { ...rest, ...ports, WORKLAB_DATA: data, ...env }, stdio: ['ignore', 'pipe', 'pipe'] })
  let output = ''
  const ended = new Promise<number | NodeJS.Signals | null>((resolve) => child.once('close', (code, signal) => resolve(code ?? signal)))
  const ready = new Promise<string>((resolve, reject) => {
    const read = (chunk: Buffer) => {
      output += chunk
      const url = /^Worklab: (\S+)$/m.exec(output)?.[1]
      if (url) resolve(url)
    }
    child.stdout.on('data', read)
    child.stderr.on('data', read)
    void ended.then(() => reject(new Error(`Worklab did not start: ${output}`)))
  })
  // A test that waits for a refusal never looks at it.
  ready.catch(() => undefined)
  const worklab = { child, output: () => output, ended, ready }
  running.push(worklab)
  return worklab
}

const parts = { web: /next-server/, sandbox: /sandbox\/program\/run\.cjs/, database: /bin\/postgres -D/ }

/** The process numbers of the parts that this `npm start` runs. */
function partsOf(pid: number | undefined): Record<keyof typeof parts, number> {
  const children = fs.readFileSync(`/proc/${pid}/task/${pid}/children`, 'utf8').trim().split(' ').map(Number)
  const find = (words: RegExp) => {
    const found = children.find((pid) => words.test(commandLine(pid)))
    // Process 0 would be this test's own group.
    if (found === undefined) throw new Error(`No child of ${pid} is ${words}.`)
    return found
  }
  return { web: find(parts.web), sandbox: find(parts.sandbox), database: find(parts.database) }
}

async function allEnd(pids: number[]): Promise<void> {
  expect(pids.every((pid) => pid > 0)).toBe(true)
  for (let waited = 0; waited < 12_000 && pids.some(isAlive); waited += 50) await sleep(50)
  expect(pids.filter(isAlive).map(commandLine)).toEqual([])
}

/** Makes a mentor while Worklab runs; the answer comes after the database has it. */
async function addMentor(): Promise<void> {
  const adding = promisify(execFile)(process.execPath, ['--import', 'tsx', 'scripts/user.ts', 'add', '--email', 'huong@example.com', '--role', 'mentor'], {
    env: { ...process.env, WORKLAB_DATA: data },
  })
  adding.child.stdin?.end('một mật khẩu dài')
  await adding
}

async function mentorCanSignIn(url: string): Promise<boolean> {
  const csrf = await fetch(`${url}/api/auth/csrf`)
  const { csrfToken } = (await csrf.json()) as { csrfToken: string }
  const answer = await fetch(`${url}/api/auth/callback/password`, {
    method: 'POST',
    headers: { cookie: csrf.headers.getSetCookie().map((line) => line.split(';')[0]).join('; ') },
    body: new URLSearchParams({ csrfToken, email: 'huong@example.com', password: 'một mật khẩu dài', json: 'true' }),
    redirect: 'manual',
  })
  return answer.headers.getSetCookie().some((line) => line.startsWith('worklab-session-'))
}

for (const part of ['web', 'sandbox', 'database'] as const) {
  test(`kill -9 of the ${part} ends all parts and says which it was; the next start has everything`, async () => {
    const first = await start()
    await first.ready
    await addMentor()
    const pids = partsOf(first.child.pid)
    process.kill(pids[part], 'SIGKILL')
    expect(await first.ended).toBe(1)
    expect(first.output()).toContain(`The part "${part}" ended unexpectedly (SIGKILL)`)
    await allEnd(Object.values(pids))

    const second = await start()
    expect(await mentorCanSignIn(await second.ready)).toBe(true)
  })
}

test('kill -9 of npm start itself ends all parts; the next start has everything', async () => {
  const first = await start()
  await first.ready
  await addMentor()
  const pids = partsOf(first.child.pid)
  first.child.kill('SIGKILL')
  await first.ended
  await allEnd(Object.values(pids))

  const second = await start()
  expect(await mentorCanSignIn(await second.ready)).toBe(true)
})

for (const signal of ['SIGINT', 'SIGTERM'] as const) {
  test(`${signal} ends all parts in order`, async () => {
    const worklab = await start()
    await worklab.ready
    const pids = partsOf(worklab.child.pid)
    worklab.child.kill(signal)
    expect(await worklab.ended).toBe(0)
    await allEnd(Object.values(pids))
    expect(fs.readFileSync(path.join(data, 'logs', 'postgres.log'), 'utf8')).toContain('database system is shut down')
    expect(fs.existsSync(path.join(data, 'instance.lock'))).toBe(false)
  })
}

test('a SIGTERM that only npm gets ends all parts too', async () => {
  const worklab = await start({}, ['npm', 'start'])
  await worklab.ready
  const { pid } = JSON.parse(fs.readFileSync(path.join(data, 'instance.lock'), 'utf8')) as { pid: number }
  const pids = partsOf(pid)
  worklab.child.kill('SIGTERM')
  await allEnd([pid, ...Object.values(pids)])
})

test('a second instance on the same data is told where the first one is', async () => {
  const first = await start()
  const url = await first.ready
  const second = await start()
  expect(await second.ended).toBe(1)
  expect(second.output()).toBe(`Worklab already runs on the data in ${data} (process ${first.child.pid}, ${url}): stop it first, or set WORKLAB_DATA to another folder.\n`)
  expect((await fetch(`${url}/api/health`)).status).toBe(200)
})

test('a lock left by a process that is gone does not stand in the way', async () => {
  fs.writeFileSync(path.join(data, 'instance.lock'), JSON.stringify({ pid: process.pid, started: 'another time' }))
  await (await start()).ready
})

for (const setting of ['PORT', 'SANDBOX_PORT'] as const) {
  test(`a ${setting} in use is one sentence that names the setting`, async () => {
    const port = await freePort()
    const other = createServer().listen(port, '127.0.0.1')
    try {
      const worklab = await start({ [setting]: String(port) })
      expect(await worklab.ended).toBe(1)
      expect(worklab.output()).toBe(`Port ${port} is in use: stop what listens there, or set ${setting} to another port.\n`)
    } finally {
      other.close()
    }
  })
}

test('a data folder that cannot be written is one sentence', async () => {
  const worklab = await start({ WORKLAB_DATA: '/sys/worklab' })
  expect(await worklab.ended).toBe(1)
  expect(worklab.output()).toBe('No permission to write in the data folder /sys/worklab: set WORKLAB_DATA to a folder of yours.\n')
})

test('data of a newer version is one sentence', async () => {
  fs.writeFileSync(path.join(data, 'version'), '99\n')
  const worklab = await start()
  expect(await worklab.ended).toBe(1)
  expect(worklab.output()).toBe(`The data in ${data} was written by a newer version of Worklab (layout 99, this one knows 1): update Worklab, or set WORKLAB_DATA to another folder.\n`)
})

test('a bad setting is one sentence that names it', async () => {
  const worklab = await start({ WORKLAB_BACKEND: 'azure' })
  expect(await worklab.ended).toBe(1)
  expect(worklab.output()).toBe('The setting WORKLAB_BACKEND must be embedded, endpoint or aws (it is "azure").\n')
})
