import { mkdirSync, mkdtempSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { Clock } from './clock'
import { Seal } from './seal'
import { Store } from './store'
import packageJson from '../package.json' with { type: 'json' }

/** Grows when a sandbox of an older version could no longer read what this one writes. */
const FORMAT = 1

/** The state of a sandbox, open. */
export interface State {
  dataDir: string
  store: Store
  seal: Seal
  clock: Clock
  /** Closes the store; what was in memory only is gone with it, its temporary folder too. */
  close(): Promise<void>
}

/** A data folder that the sandbox does not take, with the reason in words for the one who started it. Nothing in it was changed. */
export class DataFolderRefused extends Error {
  override name = 'DataFolderRefused'
}

/**
 * Opens the state of a folder, making it where there is none.
 * @throws DataFolderRefused where another process holds it, it is damaged, or a newer version wrote it
 */
export async function openFolder(folder: string): Promise<State> {
  mkdirSync(folder, { recursive: true })
  requireFormat(folder)
  const seal = openSeal(folder)
  const store = await Store.open(join(folder, 'state')).catch((error: Error & { cause?: NodeJS.ErrnoException }) => {
    if (error.cause?.code === 'LEVEL_LOCKED') throw new DataFolderRefused('Another sandbox uses this data folder; end it or choose another with --data.', { cause: error.cause })
    const why = error.cause?.message ?? error.message
    if (/no space left/i.test(why)) throw new DataFolderRefused(`There is no room for the data folder ${folder} on its disk.`, { cause: error })
    throw new DataFolderRefused(`The data folder ${folder} cannot be read: ${why}. Nothing in it was changed. Bring back a copy of it, or choose another with --data.`, { cause: error })
  })
  return { dataDir: folder, store, seal, clock: await Clock.open(store), close: () => store.close() }
}

/** State that lives in memory; what Lambda must have as files is in a temporary folder. */
export async function openMemory(): Promise<State> {
  const dataDir = mkdtempSync(join(tmpdir(), 'sandbox-memory-'))
  const [store, seal] = [await Store.inMemory(), new Seal(dataDir)]
  const close = async () => {
    await store.close()
    rmSync(dataDir, { recursive: true, force: true })
  }
  return { dataDir, store, seal, clock: await Clock.open(store), close }
}

/** A new folder gets the mark of this format; one from before there was a mark has format 1. */
function requireFormat(folder: string): void {
  const file = join(folder, 'format.json')
  let text: string | undefined
  try {
    text = readFileSync(file, 'utf8')
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ENOENT') throw error
  }
  if (text === undefined) {
    // Written aside first: a crash must not leave half a mark.
    writeFileSync(`${file}.new`, JSON.stringify({ format: FORMAT, version: packageJson.version }))
    renameSync(`${file}.new`, file)
    return
  }
  const { format, version } = readMark(folder, text)
  if (format > FORMAT) {
    throw new DataFolderRefused(`The data folder ${folder} was written by a newer sandbox (version ${version ?? 'unknown'}, format ${format}; this one reads up to format ${FORMAT}). Update this one, or choose another with --data.`)
  }
}

function readMark(folder: string, text: string): { format: number; version?: string } {
  try {
    const mark = JSON.parse(text) as { format?: unknown; version?: string } | null
    if (typeof mark?.format === 'number') return mark as { format: number; version?: string }
  } catch {
    // Told below.
  }
  throw new DataFolderRefused(`The data folder ${folder} is damaged: its format.json cannot be read. Nothing in it was changed. Bring back a copy of it, or choose another with --data.`)
}

function openSeal(folder: string): Seal {
  try {
    return new Seal(folder)
  } catch (error) {
    throw new DataFolderRefused(`The data folder ${folder} is damaged: its secret.key cannot be used (${(error as Error).message}). Bring back a copy of it, or choose another with --data.`, { cause: error })
  }
}
