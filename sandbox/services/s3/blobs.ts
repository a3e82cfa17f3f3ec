import { createHash, randomUUID } from 'node:crypto'
import { createReadStream } from 'node:fs'
import { link, mkdir, open, readdir, rename, rm, stat } from 'node:fs/promises'
import { join } from 'node:path'
import { Readable } from 'node:stream'
import { AwsError } from '../../errors'
import { keptOpen } from '../../payload'
import type { Sandbox } from '../../sandbox'
import type { Write } from '../../store'
import { checksumOf, type Algorithm } from './checksums'
import { refuse } from './errors'
import { buckets, objects, parts, smallBytes, uploads, versions, type Segment } from './records'

/** Bytes up to this lie in the store beside the record: one write, and no file for each little object. */
const SMALL = 16_384
/** Bytes of one PUT (S3 quotas). */
const LARGEST = 5 * 1024 ** 3
/** A reader that has the record but not yet the file gets this long to open it. */
const KEEP_MS = 2000
const UNFINISHED = 'unfinished-'

/** Bytes that were taken in, not yet anybody's. */
export interface Received {
  segments: Segment[]
  size: number
  /** Hex. */
  md5: string
  /** Base64, of the algorithm that was asked for. */
  checksum?: string
  /** To be written together with the record. */
  writes: Write[]
}

/**
 * Takes in bytes: small ones for the store, others into a file that is written aside, synced and then renamed.
 * The caller writes the record, or {@link discard}s.
 * @throws AwsError EntityTooLarge, IncompleteBody
 */
export async function receive(sandbox: Sandbox, bucketId: string, body: Readable, algorithm?: Algorithm): Promise<Received> {
  const md5 = createHash('md5')
  const checksum = algorithm && checksumOf(algorithm)
  const id = randomUUID()
  let held: Buffer[] = []
  let size = 0
  let file: FileWriter | undefined
  try {
    for await (const chunk of keptOpen(body)) {
      size += chunk.length
      if (size > LARGEST) throw refuse('EntityTooLarge', { ProposedSize: size, MaxSizeAllowed: LARGEST })
      md5.update(chunk)
      checksum?.update(chunk)
      if (!file && size <= SMALL) held.push(chunk)
      else {
        file ??= await FileWriter.open(folderOf(sandbox, bucketId), id)
        if (held.length > 0) await file.write(Buffer.concat(held))
        held = []
        await file.write(chunk)
      }
    }
    await file?.finish()
  } catch (error) {
    await file?.abandon()
    const { code } = error as NodeJS.ErrnoException
    throw code === 'ECONNRESET' || code === 'ERR_STREAM_PREMATURE_CLOSE' ? refuse('IncompleteBody') : error
  }
  const segment: Segment = file ? { id, size } : { id, size, isSmall: true }
  return {
    segments: size === 0 ? [] : [segment],
    size,
    md5: md5.digest('hex'),
    ...(checksum ? { checksum: (await checksum.digest()).toString('base64') } : {}),
    writes: file || size === 0 ? [] : [{ collection: smallBytes, scope: bucketId, key: id, value: Buffer.concat(held).toString('base64') }],
  }
}

/** A file that has its name only once it is whole and on the disk. */
class FileWriter {
  private constructor(
    private readonly folder: string,
    private readonly id: string,
    private readonly handle: Awaited<ReturnType<typeof open>>,
  ) {}

  static async open(folder: string, id: string): Promise<FileWriter> {
    await mkdir(folder, { recursive: true })
    return new FileWriter(folder, id, await open(join(folder, UNFINISHED + id), 'wx'))
  }

  async write(data: Buffer): Promise<void> {
    await this.handle.writeFile(data)
  }

  async finish(): Promise<void> {
    await this.handle.sync()
    await this.handle.close()
    await rename(join(this.folder, UNFINISHED + this.id), join(this.folder, this.id))
  }

  async abandon(): Promise<void> {
    await this.handle.close().catch(() => undefined)
    await rm(join(this.folder, UNFINISHED + this.id), { force: true })
  }
}

/** The same bytes once more, for another object: a file gets a second name, so that nothing is copied. */
export async function duplicate(sandbox: Sandbox, from: string, segments: Segment[], to: string): Promise<{ segments: Segment[]; writes: Write[] }> {
  const writes: Write[] = []
  const made: Segment[] = []
  for (const segment of segments) {
    const id = randomUUID()
    if (segment.isSmall) {
      const bytes = await sandbox.store.get(smallBytes, from, segment.id)
      if (bytes === undefined) throw goneMeanwhile()
      writes.push({ collection: smallBytes, scope: to, key: id, value: bytes })
    } else {
      await mkdir(folderOf(sandbox, to), { recursive: true })
      await link(join(folderOf(sandbox, from), segment.id), join(folderOf(sandbox, to), id))
    }
    made.push({ ...segment, id })
  }
  return { segments: made, writes }
}

/** Someone put another object in the place of one between the look at its record and at its bytes. */
function goneMeanwhile(): AwsError {
  return new AwsError('OperationAborted', 'A conflicting conditional operation is currently in progress against this resource. Please try again.', 409)
}

const readers = new Map<string, number>()

/**
 * The bytes of an object from `start` on, `length` of them, as they are asked for.
 * @throws AwsError OperationAborted where they are gone meanwhile
 */
export async function openBytes(sandbox: Sandbox, bucketId: string, segments: Segment[], start: number, length: number): Promise<Readable> {
  const wanted: { segment: Segment; from: number; to: number }[] = []
  let at = 0
  for (const segment of segments) {
    const from = Math.max(0, start - at)
    const to = Math.min(segment.size, start + length - at)
    if (from < to) wanted.push({ segment, from, to })
    at += segment.size
  }
  for (const { segment } of wanted) readers.set(segment.id, (readers.get(segment.id) ?? 0) + 1)
  const release = () => {
    for (const { segment } of wanted) {
      const left = readers.get(segment.id)! - 1
      if (left > 0) readers.set(segment.id, left)
      else readers.delete(segment.id)
    }
  }
  const first = wanted[0]
  try {
    // What is small is read now, so that it cannot be gone when the answer has begun.
    if (first && wanted.length === 1 && first.segment.isSmall) {
      const bytes = (await small(sandbox, bucketId, first.segment)).subarray(first.from, first.to)
      release()
      return Readable.from([bytes], { objectMode: false })
    }
    if (first && !first.segment.isSmall) await stat(join(folderOf(sandbox, bucketId), first.segment.id))
  } catch (error) {
    release()
    throw (error as NodeJS.ErrnoException).code === 'ENOENT' ? goneMeanwhile() : error
  }
  const stream = Readable.from(readSegments(sandbox, bucketId, wanted), { objectMode: false })
  stream.once('close', release)
  return stream
}

async function* readSegments(sandbox: Sandbox, bucketId: string, wanted: { segment: Segment; from: number; to: number }[]): AsyncGenerator<Buffer> {
  for (const { segment, from, to } of wanted) {
    if (segment.isSmall) yield (await small(sandbox, bucketId, segment)).subarray(from, to)
    else yield* createReadStream(join(folderOf(sandbox, bucketId), segment.id), { start: from, end: to - 1 }) as AsyncIterable<Buffer>
  }
}

async function small(sandbox: Sandbox, bucketId: string, { id }: Segment): Promise<Buffer> {
  const bytes = await sandbox.store.get(smallBytes, bucketId, id)
  if (bytes === undefined) throw goneMeanwhile()
  return Buffer.from(bytes, 'base64')
}

/** The writes that take bytes back which lie in the store; {@link discardFiles} afterwards. */
export function discard(bucketId: string, segments: Segment[]): Write[] {
  return segments.filter(({ isSmall }) => isSmall).map(({ id }) => ({ collection: smallBytes, scope: bucketId, key: id }))
}

/** Deletes files that no record names any more, once nobody reads them. What a crash leaves is collected at the next start. */
export function discardFiles(sandbox: Sandbox, bucketId: string, segments: Segment[]): void {
  for (const { id, isSmall } of segments) {
    if (isSmall) continue
    const remove = () => {
      if (readers.has(id)) return again()
      rm(join(folderOf(sandbox, bucketId), id), { force: true }).catch(console.error)
    }
    const again = () => void setTimeout(remove, KEEP_MS).unref()
    again()
  }
}

/** Deletes at once what was taken in but did not become an object. */
export async function takeBack(sandbox: Sandbox, bucketId: string, segments: Segment[]): Promise<void> {
  for (const { id, isSmall } of segments) if (!isSmall) await rm(join(folderOf(sandbox, bucketId), id), { force: true })
}

/** What lies in the folder of S3 at a start, before anything new can come. */
export async function filesAtStart(sandbox: Sandbox): Promise<Map<string, string[]>> {
  const root = join(sandbox.dataDir, 's3')
  const found = new Map<string, string[]>()
  for (const id of await readdir(root).catch(() => [])) found.set(id, await readdir(join(root, id)).catch(() => []))
  return found
}

/** Deletes of those files what no record names: a crash may leave some behind. */
export async function collectFiles(sandbox: Sandbox, files: Map<string, string[]>): Promise<void> {
  const { store } = sandbox
  const known = new Set<string>()
  for await (const { id } of store.values(buckets, 'all')) known.add(id)
  for (const [bucketId, names] of files) {
    const used = new Set<string>()
    const use = ({ segments }: { segments: Segment[] }) => segments.forEach(({ id }) => used.add(id))
    if (known.has(bucketId)) {
      for await (const version of store.values(objects, bucketId)) use(version)
      for await (const version of store.values(versions, bucketId)) use(version)
      for await (const { uploadId } of store.values(uploads, bucketId)) for await (const part of store.values(parts, `${bucketId}/${uploadId}`)) use(part)
    }
    for (const name of names) if (!used.has(name)) await rm(join(sandbox.dataDir, 's3', bucketId, name), { force: true })
    if (!known.has(bucketId)) await rm(join(sandbox.dataDir, 's3', bucketId), { recursive: true, force: true })
  }
}

function folderOf(sandbox: Sandbox, bucketId: string): string {
  return join(sandbox.dataDir, 's3', bucketId)
}
