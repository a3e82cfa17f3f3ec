import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import pg from 'pg'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { startPostgres } from '../scripts/postgres.mjs'
import { applyMigrations, writeMigration } from './migrate'

let folder: string
let database: Awaited<ReturnType<typeof startPostgres>>

beforeAll(async () => {
  folder = mkdtempSync(path.join(tmpdir(), 'worklab-migrate-'))
  database = await startPostgres(folder)
})

afterAll(async () => {
  const ended = new Promise((resolve) => database.child.once('exit', resolve))
  database.child.kill('SIGINT')
  await ended
  rmSync(folder, { recursive: true, force: true })
})

test('an empty database gets all migrations once', async () => {
  const applied = await applyMigrations(database.url)
  expect(applied[0]).toMatch(/_initial$/)
  expect(await applyMigrations(database.url)).toEqual([])
})

test('the migrations lead to schema.prisma: a diff finds nothing to write', async () => {
  expect(await writeMigration(database.url, 'nothing')).toBeUndefined()
})

test('a database of a newer Worklab is left alone, with one sentence', async () => {
  const client = new pg.Client({ connectionString: database.url })
  await client.connect()
  await client.query(`INSERT INTO _prisma_migrations (id, checksum, migration_name, finished_at, applied_steps_count) VALUES ('1', 'x', '29990101000000_later', now(), 1)`)
  await client.end()
  await expect(applyMigrations(database.url)).rejects.toThrow(
    'The database was written by a newer version of Worklab (it has the migration 29990101000000_later): update Worklab, or use another WORKLAB_DATA.',
  )
})
