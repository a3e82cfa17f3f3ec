import { existsSync, mkdirSync, readFileSync, readdirSync, writeFileSync } from 'node:fs'
import { readFile } from 'node:fs/promises'
import { createRequire } from 'node:module'
import path from 'node:path'
import { fileURLToPath } from 'node:url'
import { PrismaPg } from '@prisma/adapter-pg'
import { bindMigrationAwareSqlAdapterFactory } from '@prisma/driver-adapter-utils'
import type { MigrationList, SchemaEngine } from '@prisma/schema-engine-wasm/schema_engine_bg'
import * as engineModule from '@prisma/schema-engine-wasm/schema_engine_bg'
import pg from 'pg'

/*
 * Prisma's schema engine as WebAssembly, in this process and over the same driver as the application. The Prisma CLI
 * would download a native engine, which a machine behind a package mirror cannot do. `_prisma_migrations` is kept as
 * the CLI keeps it, so both can be used on one database.
 */

const here = path.dirname(fileURLToPath(import.meta.url))
const migrationsDirectory = path.join(here, 'migrations')
const schemaPath = path.join(here, 'schema.prisma')
/** The schema that the last migration led to; `diff` starts from it, so no shadow database is needed. */
const previousSchemaPath = path.join(migrationsDirectory, 'schema.prisma')
const noFilter = { externalTables: [], externalEnums: [] }

/** The database was written by a later Worklab, whose migrations this one does not know. */
export class NewerDatabaseError extends Error {
  constructor(unknown: readonly string[]) {
    super(`The database was written by a newer version of Worklab (it has the migration ${unknown[0]}): update Worklab, or use another WORKLAB_DATA.`)
    this.name = 'NewerDatabaseError'
  }
}

let loaded: Promise<void> | undefined

async function loadEngine(): Promise<void> {
  const file = createRequire(import.meta.url).resolve('@prisma/schema-engine-wasm/schema_engine_bg')
  const bytes = await readFile(path.join(path.dirname(file), 'schema_engine_bg.wasm'))
  const imports = { './schema_engine_bg.js': engineModule as unknown as WebAssembly.ModuleImports }
  const { instance } = await WebAssembly.instantiate(bytes, imports)
  const glue = engineModule as unknown as { __wbg_set_wasm(wasm: WebAssembly.Exports): void }
  glue.__wbg_set_wasm(instance.exports)
  const start = instance.exports.__wbindgen_start as () => void
  start()
}

async function withEngine<T>(databaseUrl: string, use: (engine: SchemaEngine) => Promise<T>): Promise<T> {
  await (loaded ??= loadEngine())
  const pool = new pg.Pool({ connectionString: databaseUrl, max: 1 })
  const factory = bindMigrationAwareSqlAdapterFactory(new PrismaPg(pool))
  const engine = await engineModule.SchemaEngine.new({ datamodels: [[schemaPath, readSchema(schemaPath)]] }, () => undefined, factory)
  try {
    return await use(engine)
  } finally {
    engine.free()
    await pool.end()
  }
}

function readSchema(file: string): string {
  return readFileSync(file, 'utf8')
}

/** The migrations under `prisma/migrations`, oldest first, as the engine wants them. */
function readMigrations(): MigrationList {
  const lock = path.join(migrationsDirectory, 'migration_lock.toml')
  const names = readdirSync(migrationsDirectory, { withFileTypes: true }).filter((entry) => entry.isDirectory())
  return {
    baseDir: migrationsDirectory,
    lockfile: { path: 'migration_lock.toml', content: existsSync(lock) ? readFileSync(lock, 'utf8') : null },
    shadowDbInitScript: '',
    migrationDirectories: names
      .map((entry) => entry.name)
      .sort()
      .map((name) => ({
        path: name,
        migrationFile: {
          path: 'migration.sql',
          content: { tag: 'ok', value: readFileSync(path.join(migrationsDirectory, name, 'migration.sql'), 'utf8') },
        },
      })),
  }
}

/**
 * Brings the database up to this version of Worklab.
 *
 * @param databaseUrl a PostgreSQL connection string
 * @returns the names of the migrations that were applied now, oldest first
 * @throws NewerDatabaseError where the database has migrations that this version does not know
 */
export async function applyMigrations(databaseUrl: string): Promise<string[]> {
  const migrationsList = readMigrations()
  return withEngine(databaseUrl, async (engine) => {
    const { history } = await engine.diagnoseMigrationHistory({ migrationsList, optInToShadowDatabase: false, filters: noFilter })
    if (history && 'unpersistedMigrationNames' in history) throw new NewerDatabaseError(history.unpersistedMigrationNames)
    const { appliedMigrationNames } = await engine.applyMigrations({ migrationsList, filters: noFilter })
    return appliedMigrationNames
  })
}

/**
 * Writes the migration that leads from the schema of the last migration to `schema.prisma`.
 *
 * @param databaseUrl any PostgreSQL: the engine wants one at hand, even though it compares two files
 * @param name what it does, such as `add cohorts`; becomes part of the folder's name
 * @returns the path of the new `migration.sql`, or nothing where the schema has not changed
 */
export async function writeMigration(databaseUrl: string, name: string, now = new Date()): Promise<string | undefined> {
  const schema = readSchema(schemaPath)
  const sql = await withEngine(databaseUrl, async (engine) => {
    const { stdout } = await engine.diff({
      from: existsSync(previousSchemaPath)
        ? { tag: 'schemaDatamodel', files: [{ path: previousSchemaPath, content: readSchema(previousSchemaPath) }] }
        : { tag: 'empty' },
      to: { tag: 'schemaDatamodel', files: [{ path: schemaPath, content: schema }] },
      script: true,
      exitCode: null,
      filters: noFilter,
    })
    return stdout ?? ''
  })
  if (!/^(?!--)\S/m.test(sql)) return undefined
  const stamp = now.toISOString().replace(/\D/g, '').slice(0, 14)
  const slug = name.toLowerCase().replace(/[^a-z0-9]+/g, '_').replace(/^_|_$/g, '')
  const directory = path.join(migrationsDirectory, `${stamp}_${slug}`)
  mkdirSync(directory, { recursive: true })
  writeFileSync(path.join(directory, 'migration.sql'), sql)
  writeFileSync(path.join(migrationsDirectory, 'migration_lock.toml'), 'provider = "postgresql"\n')
  writeFileSync(previousSchemaPath, schema)
  return path.join(directory, 'migration.sql')
}
