import path from 'node:path'
import { createInterface } from 'node:readline/promises'
import { parseArgs } from 'node:util'
import { email, password, personName } from '@/lib/auth/people'
import { hashPassword } from '@/lib/auth/password'
import { takeDataFolder } from './data-folder.mjs'
import { Failure } from './failure.mjs'
import { runningDatabase, startPostgres } from './postgres.mjs'

/*
 * npm run user -- add --email huong@example.com --role mentor [--name "Nguyễn Thu Hương"]
 * npm run user -- remove --email huong@example.com
 *
 * The password is asked for, or read from standard input where that is no terminal. `add` gives a person who is there
 * already the new role and password. Worklab may run or not.
 */

const usage = 'Usage: npm run user -- add --email ADDRESS --role learner|mentor [--name NAME], or npm run user -- remove --email ADDRESS'
const reasons: Record<string, string> = {
  email: 'The e-mail address is not valid.',
  nameLength: 'The name has more than 80 characters.',
  passwordShort: 'The password is too short: it needs 10 characters or more.',
  passwordLong: 'The password is too long: 200 characters at most.',
}

async function main(): Promise<void> {
  const { values, positionals } = parse()
  const address = valid(email.safeParse(values.email))
  const [command] = positionals
  if (command === 'remove') {
    const { count } = await withDatabase((db) => db.user.deleteMany({ where: { email: address } }))
    if (count === 0) throw new Failure(`Nobody has the e-mail address ${address}.`)
    console.log(`Removed ${address} and all that was kept of them.`)
    return
  }
  const role = values.role?.toUpperCase()
  if (command !== 'add' || (role !== 'LEARNER' && role !== 'MENTOR')) throw new Failure(usage)
  const name = valid(personName.safeParse(values.name ?? address.split('@')[0]))
  const passwordHash = await hashPassword(valid(password.safeParse(await readPassword())))
  await withDatabase((db) =>
    db.user.upsert({
      where: { email: address },
      create: { email: address, name, role, passwordHash },
      update: { role, passwordHash, sessionsFrom: new Date(), ...(values.name && { name }) },
    }),
  )
  console.log(`${address} can sign in as a ${role.toLowerCase()}.`)
}

function parse() {
  try {
    return parseArgs({ allowPositionals: true, options: { email: { type: 'string' }, role: { type: 'string' }, name: { type: 'string' } } })
  } catch {
    throw new Failure(usage)
  }
}

function valid<T>(result: { success: true; data: T } | { success: false; error: { issues: { message: string }[] } }): T {
  if (result.success) return result.data
  throw new Failure(reasons[result.error.issues[0]?.message ?? ''] ?? usage)
}

async function readPassword(): Promise<string> {
  if (!process.stdin.isTTY) {
    let text = ''
    for await (const chunk of process.stdin) text += chunk
    return text.replace(/\r?\n$/, '')
  }
  process.stdout.write('Password (10 characters or more): ')
  // No output: what is typed is not shown.
  const lines = createInterface({ input: process.stdin, terminal: true })
  const typed = await lines.question('')
  lines.close()
  process.stdout.write('\n')
  return typed
}

type Database = typeof import('@/lib/db').db

/** DATABASE_URL, or the database of the running Worklab, or else that of the data folder for the time of the call. */
async function withDatabase<T>(use: (db: Database) => Promise<T>): Promise<T> {
  const folder = path.resolve(process.env.WORKLAB_DATA || '.data')
  const url = process.env.DATABASE_URL || runningDatabase(folder)
  if (url) return connected(url, use)
  const lock = takeDataFolder(folder)
  try {
    const started = await startPostgres(folder)
    const ended = new Promise((resolve) => started.child.once('exit', resolve))
    try {
      const { applyMigrations } = await import('@/prisma/migrate')
      await applyMigrations(started.url)
      return await connected(started.url, use)
    } finally {
      started.child.kill('SIGINT')
      await ended
    }
  } finally {
    lock.release()
  }
}

async function connected<T>(url: string, use: (db: Database) => Promise<T>): Promise<T> {
  // Read when lib/settings.ts is first imported, which is below.
  process.env.DATABASE_URL = url
  const { db } = await import('@/lib/db')
  try {
    return await use(db)
  } finally {
    await db.$disconnect()
  }
}

main()
  .catch((error: unknown) => {
    console.error(error instanceof Failure ? error.message : error)
    process.exitCode = 1
  })
  // The schema engine's timer may still be running.
  .finally(() => process.exit())
