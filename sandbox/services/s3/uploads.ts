import type { Sandbox } from '../../sandbox'
import type { Write } from '../../store'
import { discard } from './blobs'
import { refuse } from './errors'
import { parts, uploads, versionRow, type Bucket, type Part, type Segment, type Upload } from './records'

/** @throws AwsError NoSuchUpload */
export async function requireUpload(sandbox: Sandbox, bucket: Bucket, key: string, uploadId: string): Promise<Upload> {
  const upload = await sandbox.store.get(uploads, bucket.id, versionRow(key, uploadId))
  if (!upload) throw refuse('NoSuchUpload', { UploadId: uploadId })
  return upload
}

/** Runs `work` alone on an upload, which is still there. @throws AwsError NoSuchUpload */
export function lockUpload<T>(sandbox: Sandbox, bucket: Bucket, key: string, uploadId: string, work: (upload: Upload) => Promise<T>): Promise<T> {
  return sandbox.store.lock(`s3 upload ${uploadId}`, async () => work(await requireUpload(sandbox, bucket, key, uploadId)))
}

/** All parts of an upload that came so far, by number. */
export async function partsOf(sandbox: Sandbox, bucket: Bucket, uploadId: string): Promise<Part[]> {
  return (await sandbox.store.list(parts, partsScope(bucket, uploadId))).map(({ value }) => value)
}

export function partsScope(bucket: Bucket, uploadId: string): string {
  return `${bucket.id}/${uploadId}`
}

export function partRow(number: number): string {
  return String(number).padStart(5, '0')
}

/** What ends an upload: the writes that take it and its parts away, and the bytes of those parts that no object has. */
export function endUpload(bucket: Bucket, upload: Upload, all: Part[], used: Set<Part>): { writes: Write[]; gone: Segment[] } {
  const gone = all.filter((part) => !used.has(part)).flatMap(({ segments }) => segments)
  return {
    writes: [
      { collection: uploads, scope: bucket.id, key: versionRow(upload.key, upload.uploadId) },
      ...all.map(({ number }) => ({ collection: parts, scope: partsScope(bucket, upload.uploadId), key: partRow(number) })),
      ...discard(bucket.id, gone),
    ],
    gone,
  }
}
