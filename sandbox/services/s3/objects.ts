import { randomBytes } from 'node:crypto'
import type { Sandbox } from '../../sandbox'
import type { Write } from '../../store'
import { discard, discardFiles } from './blobs'
import { lockObjects } from './buckets'
import type { Told } from './notify'
import { objects, rowOf, versionRow, versions, type Bucket, type Segment, type Version } from './records'

/** A version of a key; the current one where none is named. Delete markers are versions too. */
export async function findVersion(sandbox: Sandbox, bucket: Bucket, key: string, versionId?: string): Promise<Version | undefined> {
  const current = await sandbox.store.get(objects, bucket.id, rowOf(key))
  if (versionId === undefined || current?.versionId === versionId) return current
  if (!current) return undefined
  return (await olderVersions(sandbox, bucket, key)).find((version) => version.versionId === versionId)
}

/** Versions of a key before the current one, newest first. */
export async function olderVersions(sandbox: Sandbox, bucket: Bucket, key: string): Promise<Version[]> {
  return (await sandbox.store.list(versions, bucket.id, { prefix: versionRow(key, ''), reverse: true })).map(({ value }) => value)
}

/** A version as it is to be written; the bucket's versioning gives it its id. */
export type NewVersion = Omit<Version, 'versionId' | 'sequence' | 'modifiedAt'>

/** What is written together with an object, such as the events that tell of it. */
export type Along = (bucket: Bucket, version: Version) => Promise<Told>

/**
 * Makes a version the current one of its key.
 * @param options.check looks at the version before it (undefined where that is a delete marker or none), and throws where it must not be replaced
 * @param options.writes of its bytes; `along` of what belongs to it
 */
export function putVersion(sandbox: Sandbox, of: Bucket, made: NewVersion, options: { check?: (current: Version | undefined) => void; writes?: Write[]; along?: Along } = {}): Promise<Version> {
  return lockObjects(sandbox, of, async (bucket) => {
    const current = await sandbox.store.get(objects, bucket.id, rowOf(made.key))
    options.check?.(current?.isDeleteMarker ? undefined : current)
    const version: Version = {
      ...made,
      versionId: bucket.versioning === 'Enabled' ? randomBytes(24).toString('base64url') : 'null',
      sequence: nextSequence(sandbox, current),
      modifiedAt: sandbox.now(),
    }
    const { writes, gone } = await stepAside(sandbox, bucket, current, version.versionId)
    writes.push(...(options.writes ?? []), { collection: objects, scope: bucket.id, key: rowOf(made.key), value: version })
    const told = await options.along?.(bucket, version)
    await sandbox.store.batch([...writes, ...(told?.writes ?? [])])
    told?.send()
    discardFiles(sandbox, bucket.id, gone)
    return version
  })
}

/** What becomes of the version that was current: kept as an older one, or gone where the new one takes its id. */
async function stepAside(sandbox: Sandbox, bucket: Bucket, current: Version | undefined, versionId: string): Promise<{ writes: Write[]; gone: Segment[] }> {
  if (!current) return { writes: [], gone: [] }
  if (current.versionId === versionId) return { writes: discard(bucket.id, current.segments), gone: current.segments }
  const writes: Write[] = [{ collection: versions, scope: bucket.id, key: versionRow(current.key, current.sequence), value: current }]
  // Of the versions without an id there is one at most.
  const same = versionId === 'null' ? (await olderVersions(sandbox, bucket, current.key)).find((version) => version.versionId === 'null') : undefined
  if (!same) return { writes, gone: [] }
  writes.push({ collection: versions, scope: bucket.id, key: versionRow(same.key, same.sequence) }, ...discard(bucket.id, same.segments))
  return { writes, gone: same.segments }
}

function nextSequence(sandbox: Sandbox, current: Version | undefined): string {
  const now = BigInt(sandbox.now()) << 16n
  const after = current ? BigInt(`0x${current.sequence}`) + 1n : 0n
  return (now > after ? now : after).toString(16).toUpperCase().padStart(16, '0')
}

/** What a deletion did. */
export interface Deleted {
  /** The id of the version that is gone, or of the delete marker that was made. */
  versionId?: string
  /** A delete marker was made, or was what is gone. */
  isDeleteMarker?: boolean
}

/**
 * Deletes a version, or the key: where the bucket keeps versions that makes a delete marker.
 * @param options.check as for {@link putVersion}
 */
export async function deleteVersion(sandbox: Sandbox, of: Bucket, key: string, versionId: string | undefined, options: { check?: (current: Version | undefined) => void; along?: (bucket: Bucket, version: Version, isMarkerMade: boolean) => Promise<Told> } = {}): Promise<Deleted> {
  const { along } = options
  if (versionId === undefined && of.versioning !== undefined) {
    const marker: NewVersion = { key, isDeleteMarker: true, size: 0, etag: '', segments: [], described: { contentType: '', metadata: {}, storageClass: 'STANDARD', encryption: { algorithm: 'AES256' }, tags: {} } }
    const made = await putVersion(sandbox, of, marker, { ...(options.check ? { check: options.check } : {}), ...(along ? { along: (bucket, version) => along(bucket, version, true) } : {}) })
    return { versionId: made.versionId, isDeleteMarker: true }
  }
  return lockObjects(sandbox, of, async (bucket) => {
    const current = await sandbox.store.get(objects, bucket.id, rowOf(key))
    const older = current && bucket.versioning !== undefined ? await olderVersions(sandbox, bucket, key) : []
    const found = versionId === undefined || current?.versionId === versionId ? current : older.find((version) => version.versionId === versionId)
    options.check?.(found)
    const named = versionId === undefined ? {} : { versionId }
    if (!found) return named
    const writes = discard(bucket.id, found.segments)
    if (found !== current) writes.push({ collection: versions, scope: bucket.id, key: versionRow(key, found.sequence) })
    else if (older[0]) {
      writes.push({ collection: objects, scope: bucket.id, key: rowOf(key), value: older[0] }, { collection: versions, scope: bucket.id, key: versionRow(key, older[0].sequence) })
    } else writes.push({ collection: objects, scope: bucket.id, key: rowOf(key) })
    // The event's place in the order of the key is behind what is gone.
    const event = { ...found, sequence: nextSequence(sandbox, current) }
    const told = await along?.(bucket, event, false)
    await sandbox.store.batch([...writes, ...(told?.writes ?? [])])
    told?.send()
    discardFiles(sandbox, bucket.id, found.segments)
    return { ...named, ...(found.isDeleteMarker ? { isDeleteMarker: true } : {}) }
  })
}

/** Changes what is said of a version, its bytes and place staying as they are. */
export function changeVersion(sandbox: Sandbox, of: Bucket, key: string, versionId: string, change: (version: Version) => void, along?: Along): Promise<Version | undefined> {
  return lockObjects(sandbox, of, async (bucket) => {
    const version = await findVersion(sandbox, bucket, key, versionId)
    if (!version) return undefined
    change(version)
    const current = await sandbox.store.get(objects, bucket.id, rowOf(key))
    const place = current?.versionId === versionId ? { collection: objects, key: rowOf(key) } : { collection: versions, key: versionRow(key, version.sequence) }
    const told = await along?.(bucket, version)
    await sandbox.store.batch([{ ...place, scope: bucket.id, value: version }, ...(told?.writes ?? [])])
    told?.send()
    return version
  })
}
