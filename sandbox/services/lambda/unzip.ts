import { once } from 'node:events'
import { createWriteStream } from 'node:fs'
import { mkdir, symlink } from 'node:fs/promises'
import { dirname, join, posix } from 'node:path'
import { Transform } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import yauzl, { type Entry, type ZipFile } from 'yauzl'
import { invalid } from './errors'

/** Lambda's limits of a deployment package (Lambda quotas). */
export const LARGEST_ZIP = 52_428_800
export const LARGEST_UNZIPPED = 262_144_000
const MOST_ENTRIES = 200_000
const LONGEST_LINK = 1024
const FILE_TYPE = 0o170000
const SYMLINK = 0o120000
const UNIX = 3

/**
 * Unpacks a zip into an empty folder. Sizes are counted while inflating, so a bomb ends at the limit; names and links
 * that lead out of the folder are refused; every file is readable, and executable where the zip says so.
 * @throws InvalidParameterValueException in AWS's words
 */
export async function unzip(zip: Buffer, folder: string): Promise<void> {
  if (zip.length === 0) throw invalid('Uploaded file must be a non-empty zip')
  const archive = await open(zip)
  if (archive.entryCount === 0) throw invalid('Uploaded file must be a non-empty zip')
  const left = { bytes: LARGEST_UNZIPPED, entries: MOST_ENTRIES }
  const links: [string, string][] = []
  try {
    for await (const entry of entriesOf(archive)) {
      if (--left.entries < 0) throw invalid(`The zip must hold fewer than ${MOST_ENTRIES} files`)
      // Backslashes stay part of a name for yauzl's check; a folder's name ends in a slash.
      const path = join(folder, entry.fileName)
      if (entry.fileName.endsWith('/')) {
        await mkdir(path, { recursive: true })
        continue
      }
      await mkdir(dirname(path), { recursive: true })
      const mode = entry.versionMadeBy >> 8 === UNIX ? entry.externalFileAttributes >>> 16 : 0
      if ((mode & FILE_TYPE) === SYMLINK) links.push([path, linkTarget(entry, await readSmall(archive, entry))])
      else await pipeline(await openEntry(archive, entry), bounded(left), createWriteStream(path, { flags: 'wx', mode: mode & 0o111 ? 0o755 : 0o644 }))
    }
    // Last, so that no file can be written through a link.
    for (const [path, target] of links) await symlink(target, path)
  } catch (error) {
    throw (error as Error).name === 'InvalidParameterValueException' ? error : unreadable()
  } finally {
    archive.close()
  }
}

function unreadable(): Error {
  return invalid('Could not unzip uploaded file. Please check your file, then try to upload again.')
}

function open(zip: Buffer): Promise<ZipFile> {
  return new Promise((resolve, reject) => {
    yauzl.fromBuffer(zip, { lazyEntries: true, strictFileNames: true }, (error, archive) => (error ? reject(unreadable()) : resolve(archive)))
  })
}

async function* entriesOf(archive: ZipFile): AsyncGenerator<Entry> {
  const ended = once(archive, 'end').then(() => undefined)
  ended.catch(() => {})
  for (;;) {
    const next = Promise.race([once(archive, 'entry').then(([entry]) => entry as Entry), ended])
    archive.readEntry()
    const entry = await next
    if (!entry) return
    yield entry
  }
}

function openEntry(archive: ZipFile, entry: Entry) {
  return new Promise<NodeJS.ReadableStream>((resolve, reject) => {
    archive.openReadStream(entry, (error, stream) => (error ? reject(error) : resolve(stream)))
  })
}

function bounded(left: { bytes: number }): Transform {
  return new Transform({
    transform(chunk: Buffer, _encoding, done) {
      left.bytes -= chunk.length
      done(left.bytes < 0 ? invalid(`Unzipped size must be smaller than ${LARGEST_UNZIPPED} bytes`) : null, chunk)
    },
  })
}

async function readSmall(archive: ZipFile, entry: Entry): Promise<string> {
  if (entry.uncompressedSize > LONGEST_LINK) throw unreadable()
  const chunks: Buffer[] = []
  for await (const chunk of await openEntry(archive, entry)) chunks.push(chunk as Buffer)
  return Buffer.concat(chunks).toString('utf8')
}

/** A link may go up only at its start and not above the folder: so no chain of links leads out. */
function linkTarget(entry: Entry, target: string): string {
  const steps = target.split('/')
  const ups = steps.findIndex((step) => step !== '..' && step !== '.')
  const goesUpLater = ups !== -1 && steps.slice(ups).includes('..')
  const resolved = posix.normalize(posix.join(posix.dirname(entry.fileName), target))
  if (target === '' || target.includes('\0') || posix.isAbsolute(target) || goesUpLater || resolved === '..' || resolved.startsWith('../')) throw unreadable()
  return target
}
