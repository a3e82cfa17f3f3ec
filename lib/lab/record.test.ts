import type { ChildProcess } from 'node:child_process'
import { chmodSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest'
import { applyMigrations } from '@/prisma/migrate'
import { text } from './define-lab'
import type { CheckOutcome } from './run-checks'

const words = text('chữ', 'words')
const outcome = (status: CheckOutcome['status'], ms = 5): CheckOutcome => ({ checkId: 'totals', title: words, status, expected: words, found: words, looked: words, ms })

describe('what is kept of a lab', () => {
  let postgres: ChildProcess
  let data: string
  let db: typeof import('@/lib/db').db
  let record: typeof import('./record')
  let userId: string

  beforeAll(async () => {
    data = mkdtempSync(join(tmpdir(), 'record-'))
    // Run as root, PostgreSQL runs as a user of its own, who has to get into the folder.
    chmodSync(data, 0o755)
    const { startPostgres } = await import('@/scripts/postgres.mjs')
    const { url, child } = await startPostgres(data)
    postgres = child
    await applyMigrations(url)
    vi.stubEnv('DATABASE_URL', url)
    vi.resetModules()
    ;({ db } = await import('@/lib/db'))
    record = await import('./record')
    ;({ id: userId } = await db.user.create({ data: { name: 'An' } }))
  }, 60_000)
  afterAll(async () => {
    await db?.$disconnect()
    const ended = new Promise((resolve) => postgres?.once('exit', resolve))
    if (postgres?.kill('SIGINT')) await ended
    rmSync(data, { recursive: true, force: true })
    vi.unstubAllEnvs()
  })

  const run = (outcomes: CheckOutcome[], stepId = 'prove') => {
    const green = outcomes.every(({ status }) => status === 'green')
    return record.recordCheckRun({ userId, labId: '42.1', stepId, backend: 'embedded', green, outcomes, files: { 'order-total/index.mjs': '// mã' } })
  }

  it('adds a row where the outcome differs from the last one of the step, and only there', async () => {
    expect(await run([outcome('red')])).toBe(true)
    expect(await run([outcome('red', 99)])).toBe(false)
    expect(await run([outcome('green')])).toBe(true)
    expect(await run([outcome('green')])).toBe(false)
    expect(await run([outcome('red')], 'do')).toBe(true)
    expect(await run([outcome('red')])).toBe(true)
    const kept = await db.checkRun.findMany({ where: { userId, stepId: 'prove' }, orderBy: { at: 'asc' } })
    expect(kept.map(({ green }) => green)).toEqual([false, true, false])
    expect(kept[1]).toMatchObject({ backend: 'embedded', results: [{ checkId: 'totals', status: 'green' }], files: { 'order-total/index.mjs': '// mã' } })
  })

  it('keeps nothing of a run that failed of itself', async () => {
    const before = await db.checkRun.count()
    expect(await run([outcome('error')])).toBe(false)
    expect(await db.checkRun.count()).toBe(before)
  })

  it('keeps the right answer of a step that only asks', async () => {
    expect(await run([], 'know')).toBe(true)
    expect(await db.checkRun.findFirst({ where: { userId, stepId: 'know' } })).toMatchObject({ green: true, results: [] })
  })

  it('keeps each action, without the bytes it sent', async () => {
    await record.recordAttempt({ userId, labId: '42.1', stepId: 'do', actionId: 'create-function', input: { ZipFile: new Uint8Array(3), Role: undefined }, ok: true, output: undefined })
    expect(await db.attempt.findFirst({ where: { userId } })).toMatchObject({ actionId: 'create-function', ok: true, input: { ZipFile: '3 bytes' }, output: {} })
  })
})
