import type { Call } from '../../operation'
import { discard, discardFiles } from './blobs'
import { lockObjects } from './buckets'
import { invalidArgument } from './errors'
import { parts, type Bucket, type Part } from './records'
import { lockUpload, partRow, partsScope } from './uploads'

const MOST_PARTS = 10_000

/** @throws AwsError InvalidArgument */
export function checkPartNumber(number: number): void {
  if (!Number.isInteger(number) || number < 1 || number > MOST_PARTS) throw invalidArgument('Part number must be an integer between 1 and 10000, inclusive', 'partNumber', String(number))
}

/** Writes a part in the place of one that came before with its number. @throws AwsError NoSuchUpload */
export async function putPart({ sandbox, input }: Call, bucket: Bucket, part: Omit<Part, 'modifiedAt'>, writes: Parameters<typeof sandbox.store.batch>[0]): Promise<Part> {
  return lockUpload(sandbox, bucket, input.Key, input.UploadId, () =>
    lockObjects(sandbox, bucket, async () => {
      const [scope, row] = [partsScope(bucket, input.UploadId), partRow(part.number)]
      const before = await sandbox.store.get(parts, scope, row)
      const whole: Part = { ...part, modifiedAt: sandbox.now() }
      await sandbox.store.batch([...writes, ...discard(bucket.id, before?.segments ?? []), { collection: parts, scope, key: row, value: whole }])
      discardFiles(sandbox, bucket.id, before?.segments ?? [])
      return whole
    }),
  )
}
