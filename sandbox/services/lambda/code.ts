import { createHash, randomUUID } from 'node:crypto'
import { mkdir, readdir, readFile, rename, rm, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { existsSync } from 'node:fs'
import { CodeStorageExceededException } from '@aws-sdk/client-lambda'
import type { WireRequest, WireResponse } from '../../protocol/index'
import type { Sandbox } from '../../sandbox'
import { scopeOf } from '../../store'
import { invalid } from './errors'
import { accountFunctions, allVersions, listRecords, lockFunctions } from './functions'
import { accountLayers, layers, mergedName, newestFirst } from './layer-records'
import type { Code } from './records'
import { LARGEST_ZIP, unzip } from './unzip'

/** Bytes of zip that an account may keep in a region (Lambda quotas). */
export const TOTAL_CODE_SIZE = 80_530_636_800
const LINK_SECONDS = 600
/** Begins the names of folders that are not whole yet. */
export const UNFINISHED = 'unfinished-'

/**
 * Keeps a deployment package under its hash: `<data>/lambda/code/<account>/<sha256>/{zip,files/}`. It is written aside and
 * then renamed, so what has its name is whole. To be called within lockFunctions, so that it is not collected before it is used.
 * @throws InvalidParameterValueException where the zip is broken or too large
 */
export async function storeCode(sandbox: Sandbox, account: string, bytes: Uint8Array): Promise<Code> {
  const zip = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength)
  if (zip.length > LARGEST_ZIP) throw invalid(`Zipped size must be smaller than ${LARGEST_ZIP} bytes`)
  const code = { hash: createHash('sha256').update(zip).digest('hex'), size: zip.length }
  const folder = join(codeRoot(sandbox, account), code.hash)
  if (existsSync(folder)) return code
  const aside = join(codeRoot(sandbox, account), UNFINISHED + randomUUID())
  try {
    await mkdir(join(aside, 'files'), { recursive: true })
    await unzip(zip, join(aside, 'files'))
    await writeFile(join(aside, 'zip'), zip)
    await rename(aside, folder)
  } catch (error) {
    await rm(aside, { recursive: true, force: true })
    throw error
  }
  return code
}

/** The folder of the unzipped code. */
export function codeDir(sandbox: Sandbox, account: string, code: Code): string {
  return join(codeRoot(sandbox, account), code.hash, 'files')
}

/** `CodeSha256` as Lambda writes it: base64. */
export function codeSha256(code: Code): string {
  return Buffer.from(code.hash, 'hex').toString('base64')
}

/** Bytes of zips that count for an account in a region: every version's of functions and layers; a layer counts once, whoever uses it. */
export async function storedBytes(sandbox: Sandbox, place: { account: string; region: string }): Promise<number> {
  const layerVersions = (await sandbox.store.list(layers, scopeOf(place))).flatMap(({ value }) => newestFirst(value))
  return [...(await listRecords(sandbox, place)).flatMap(allVersions), ...layerVersions].reduce((sum, { code }) => sum + code.size, 0)
}

/** Sees to it that there is room for a package more. To be called within lockFunctions. @throws CodeStorageExceededException */
export async function checkStorage(sandbox: Sandbox, place: { account: string; region: string }, bytes: number): Promise<void> {
  if ((await storedBytes(sandbox, place)) + bytes > TOTAL_CODE_SIZE) throw new CodeStorageExceededException({ message: 'Code storage limit exceeded.', Type: 'User', $metadata: {} })
}

/** The folders of an account that a function or layer needs. */
async function usedCode(sandbox: Sandbox, account: string): Promise<Set<string>> {
  const used = new Set<string>()
  for (const { code, settings } of (await accountFunctions(sandbox, account)).flatMap(allVersions)) {
    used.add(code.hash)
    for (const name of settings.layers ? [mergedName(settings.layers), ...settings.layers.map((layer) => layer.code.hash)] : []) used.add(name)
  }
  for (const { code } of (await accountLayers(sandbox, account)).flatMap(newestFirst)) used.add(code.hash)
  return used
}

/** Deletes the packages of an account that no version uses any more. */
export async function collectCode(sandbox: Sandbox, account: string): Promise<void> {
  await lockFunctions(sandbox, account, async () => {
    const used = await usedCode(sandbox, account)
    for (const name of await readdir(codeRoot(sandbox, account)).catch(() => [])) {
      if (!used.has(name)) await rm(join(codeRoot(sandbox, account), name), { recursive: true, force: true })
    }
  })
}

/** Deletes unused packages of all accounts: what a crash left behind. */
export async function collectAllCode(sandbox: Sandbox): Promise<void> {
  for (const account of await readdir(join(sandbox.dataDir, 'lambda', 'code')).catch(() => [])) await collectCode(sandbox, account)
}

/** A link to a package's zip that needs no signature and ends after ten minutes, as GetFunction gives it. */
export function codeLocation(sandbox: Sandbox, account: string, code: Code): string {
  const token = sandbox.seal.seal({ codeOf: account, hash: code.hash, until: sandbox.now() + LINK_SECONDS * 1000 })
  return `${sandbox.url()}${CODE_PATH}${Buffer.from(token, 'base64').toString('base64url')}`
}

/** Where {@link serveCode} answers. */
export const CODE_PATH = '/_lambda/code/'

/** Answers a link of {@link codeLocation}. */
export async function serveCode(sandbox: Sandbox, request: WireRequest): Promise<WireResponse> {
  const link = sandbox.seal.open(request.path.slice(CODE_PATH.length)) as { codeOf?: string; hash: string; until: number } | undefined
  if (link?.codeOf === undefined || link.until < sandbox.now()) return plain(403, 'Request has expired')
  const zip = await readFile(join(codeRoot(sandbox, link.codeOf), link.hash, 'zip')).catch(() => undefined)
  if (!zip) return plain(404, 'The specified key does not exist.')
  return { status: 200, headers: { 'content-type': 'application/zip' }, body: zip }
}

function plain(status: number, text: string): WireResponse {
  return { status, headers: { 'content-type': 'text/plain' }, body: Buffer.from(text) }
}

/** Where an account's packages lie, each under its hash. */
export function codeRoot(sandbox: Sandbox, account: string): string {
  return join(sandbox.dataDir, 'lambda', 'code', account)
}
