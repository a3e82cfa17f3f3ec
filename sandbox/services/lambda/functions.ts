import { randomUUID } from 'node:crypto'
import type { Sandbox } from '../../sandbox'
import { scopeOf, type Store } from '../../store'
import { notFound } from './errors'
import { functionArn, unqualifiedArn, type FunctionName } from './names'
import { functions, type Alias, type FunctionRecord, type FunctionVersion } from './records'

const MOST_CACHED = 2000
const caches = new WeakMap<Store, Map<string, FunctionRecord>>()

/** Records read lately: an invocation must not wait for the disk. All writes go through this file and keep it right. */
function cacheOf({ store }: Sandbox): Map<string, FunctionRecord> {
  let cache = caches.get(store)
  if (!cache) caches.set(store, (cache = new Map()))
  if (cache.size > MOST_CACHED) cache.clear()
  return cache
}

/** Finds a function; the record must not be changed. */
export async function findFunction(sandbox: Sandbox, name: FunctionName): Promise<FunctionRecord | undefined> {
  const cache = cacheOf(sandbox)
  const arn = unqualifiedArn(name)
  const cached = cache.get(arn)
  if (cached) return cached
  const read = await sandbox.store.get(functions, scopeOf(name), name.name)
  // A write may have come in between; what it left in the cache is newer.
  const found = cache.get(arn) ?? read
  if (found) cache.set(arn, found)
  return found
}

/** @throws ResourceNotFoundException in AWS's words, with the ARN asked for */
export async function requireFunction(sandbox: Sandbox, name: FunctionName): Promise<FunctionRecord> {
  const found = await findFunction(sandbox, name)
  if (!found) throw notFound(`Function not found: ${functionArn(name)}`)
  return found
}

/** The version that a qualifier stands for, and the alias where it is one. @throws ResourceNotFoundException */
export function resolveQualifier(record: FunctionRecord, name: FunctionName): { version: FunctionVersion; alias?: Alias } {
  const { qualifier } = name
  if (qualifier === undefined || qualifier === '$LATEST') return { version: record.latest }
  const alias = own(record.aliases, qualifier)
  const version = own(record.versions, alias?.version ?? qualifier) ?? (alias?.version === '$LATEST' ? record.latest : undefined)
  if (!version) throw notFound(`Function not found: ${functionArn(name)}`)
  return { version, ...(alias ? { alias } : {}) }
}

function own<T>(of: Record<string, T>, key: string): T | undefined {
  return Object.hasOwn(of, key) ? of[key] : undefined
}

/** Runs `work` alone on the functions and code of an account. */
export function lockFunctions<T>(sandbox: Sandbox, account: string, work: () => Promise<T>): Promise<T> {
  return sandbox.store.lock(`lambda ${account}`, work)
}

/** Writes a function; to be called within {@link lockFunctions}. */
export async function saveFunction(sandbox: Sandbox, record: FunctionRecord): Promise<void> {
  await sandbox.store.put(functions, scopeOf(record), record.name, record)
  cacheOf(sandbox).set(unqualifiedArn(record), record)
}

/**
 * Changes a function: `change` gets a copy to alter, which is then written.
 * @throws ResourceNotFoundException where there is none, and what `change` throws
 */
export async function changeFunction<T>(sandbox: Sandbox, name: FunctionName, change: (record: FunctionRecord) => T | Promise<T>): Promise<T> {
  return lockFunctions(sandbox, name.account, async () => {
    const record = structuredClone(await requireFunction(sandbox, name))
    const result = await change(record)
    await saveFunction(sandbox, record)
    return result
  })
}

/** Deletes a function's record; to be called within {@link lockFunctions}. */
export async function removeFunction(sandbox: Sandbox, name: FunctionName): Promise<void> {
  await sandbox.store.delete(functions, scopeOf(name), name.name)
  cacheOf(sandbox).delete(unqualifiedArn(name))
}

/** All functions of an account in a region, by name. */
export async function listRecords(sandbox: Sandbox, place: { account: string; region: string }): Promise<FunctionRecord[]> {
  return (await sandbox.store.list(functions, scopeOf(place))).map(({ value }) => value)
}

/** All functions of an account over its regions. */
export function accountFunctions({ store }: Sandbox, account: string): Promise<FunctionRecord[]> {
  return store.ofAccount(functions, account)
}

/** $LATEST and the published versions, oldest first. */
export function allVersions(record: FunctionRecord): FunctionVersion[] {
  return [record.latest, ...Object.values(record.versions).sort((a, b) => Number(a.version) - Number(b.version))]
}

/**
 * Freezes $LATEST as a version, unless nothing changed since the last one, which is then given back
 * (Lambda API reference, PublishVersion). Alters the record.
 */
export function publish(sandbox: Sandbox, record: FunctionRecord, description?: string): FunctionVersion {
  const last = record.versions[String(record.lastVersion)]
  const { latest } = record
  const settings = description ? { ...latest.settings, description } : latest.settings
  const isSame = last?.code.hash === latest.code.hash && JSON.stringify({ ...last.settings, description: '' }) === JSON.stringify({ ...settings, description: '' })
  if (last && isSame) return last
  record.lastVersion += 1
  const version = { ...latest, settings, version: String(record.lastVersion), revisionId: randomUUID(), lastModified: new Date(sandbox.now()).toISOString() }
  record.versions[version.version] = version
  return version
}
