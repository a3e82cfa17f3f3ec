import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { startPostgres } from '../scripts/postgres.mjs'
import { applyMigrations, writeMigration } from './migrate'

/*
 * npm run db:migrate               applies what is missing to DATABASE_URL
 * npm run db:diff -- add cohorts   writes a migration for what changed in schema.prisma
 */

async function main([command, ...words]: string[]): Promise<void> {
  if (command === 'migrate') {
    const url = process.env.DATABASE_URL
    if (!url) throw new Error('Set DATABASE_URL to the PostgreSQL database to migrate (`npm start` migrates its own).')
    const applied = await applyMigrations(url)
    console.log(applied.length ? `Applied ${applied.join(', ')}` : 'Nothing to apply.')
    return
  }
  if (command === 'diff' && words.length > 0) {
    const file = await withDatabase((url) => writeMigration(url, words.join(' ')))
    console.log(file ? `Wrote ${file}` : 'schema.prisma has not changed since the last migration.')
    return
  }
  throw new Error('Usage: npm run db:migrate, or npm run db:diff -- <what changes>')
}

/** DATABASE_URL, or else an empty PostgreSQL for the time of the call. */
async function withDatabase<T>(use: (url: string) => Promise<T>): Promise<T> {
  if (process.env.DATABASE_URL) return use(process.env.DATABASE_URL)
  const folder = mkdtempSync(path.join(tmpdir(), 'worklab-'))
  const { url, child } = await startPostgres(folder)
  try {
    return await use(url)
  } finally {
    const ended = new Promise((resolve) => child.once('exit', resolve))
    child.kill('SIGINT')
    await ended
    rmSync(folder, { recursive: true, force: true })
  }
}

main(process.argv.slice(2))
  .catch((error: unknown) => {
    console.error(error instanceof Error ? error.message : error)
    process.exitCode = 1
  })
  // The engine's ten-second timer for its lock is still running and would keep this process that long.
  .finally(() => process.exit())
