import { BatchEntryIdsNotDistinct, EmptyBatchRequest, InvalidBatchEntryId, TooManyEntriesInBatchRequest, type BatchResultErrorEntry } from '@aws-sdk/client-sqs'
import { AwsError } from '../../errors'

const MOST = 10

/** Checks a batch as a whole. @throws EmptyBatchRequest, TooManyEntriesInBatchRequest, InvalidBatchEntryId, BatchEntryIdsNotDistinct */
export function checkBatch(entries: { Id?: string | undefined }[]): void {
  if (entries.length === 0) throw new EmptyBatchRequest({ message: 'There should be at least one entry in the request.', $metadata: {} })
  if (entries.length > MOST) throw new TooManyEntriesInBatchRequest({ message: `Maximum number of entries per request are ${MOST}. You have sent ${entries.length}.`, $metadata: {} })
  const ids = entries.map(({ Id = '' }) => Id)
  if (!ids.every((id) => /^[\w-]{1,80}$/.test(id))) {
    throw new InvalidBatchEntryId({ message: 'A batch entry id can only contain alphanumeric characters, hyphens and underscores. It can be at most 80 letters long.', $metadata: {} })
  }
  const twice = ids.find((id, i) => ids.indexOf(id) !== i)
  if (twice !== undefined) throw new BatchEntryIdsNotDistinct({ message: `Id ${twice} repeated.`, $metadata: {} })
}

/** What became of a batch: each entry on its own. Errors that are not the sender's go on. */
export async function each<T extends { Id?: string | undefined }, R>(entries: T[], work: (entry: T) => R | Promise<R>): Promise<{ done: { entry: T; result: R }[]; Failed: BatchResultErrorEntry[] | undefined }> {
  checkBatch(entries)
  const done: { entry: T; result: R }[] = []
  const failed: BatchResultErrorEntry[] = []
  for (const entry of entries) {
    try {
      done.push({ entry, result: await work(entry) })
    } catch (error) {
      const isKnown = error instanceof AwsError || (error as { $fault?: string }).$fault === 'client'
      if (!isKnown) throw error
      const { name, message } = error as Error
      failed.push({ Id: entry.Id!, SenderFault: true, Code: name.replace(/Exception$/, ''), Message: message })
    }
  }
  return { done, Failed: failed.length > 0 ? failed : undefined }
}
