import {
  BatchEntryIdsNotDistinctException,
  BatchRequestTooLongException,
  EmptyBatchRequestException,
  InvalidBatchEntryIdException,
  PublishBatch$,
  TooManyEntriesInBatchRequestException,
  type BatchResultErrorEntry,
  type PublishBatchInput,
  type PublishBatchRequestEntry,
  type PublishBatchResponse,
} from '@aws-sdk/client-sns'
import { operation } from '../../../operation'
import { isFifo } from '../names'
import { LARGEST, newMessage, sizeOfMessage } from '../new-message'
import { onTopic, topicOf } from '../on-topic'
import { publish } from '../publish'
import type { Message } from '../records'

const MOST = 10

/** Publishes up to ten messages; those that will not do are told one by one. */
export const publishBatch = operation<PublishBatchInput, PublishBatchResponse>(PublishBatch$, {
  ...onTopic,
  action: 'sns:Publish',
  async run(call) {
    const { sandbox, input } = call
    const entries = input.PublishBatchRequestEntries ?? []
    checkBatch(entries)
    const topic = await topicOf(call)
    const good: { Id: string; message: Message }[] = []
    const Failed: BatchResultErrorEntry[] = []
    for (const entry of entries) {
      try {
        good.push({ Id: entry.Id!, message: newMessage(sandbox, topic, entry, call.traceHeader) })
      } catch (error) {
        if ((error as { $fault?: string }).$fault !== 'client') throw error
        Failed.push({ Id: entry.Id, SenderFault: true, Code: codeOf(error as Error), Message: (error as Error).message })
      }
    }
    if (good.reduce((sum, { message }) => sum + sizeOfMessage(message), 0) > LARGEST) {
      throw new BatchRequestTooLongException({ message: 'The length of all the batch messages put together is more than the limit.', $metadata: {} })
    }
    const published = await publish(sandbox, topic, good.map(({ message }) => message))
    return {
      Successful: published.map(({ id, sequence }, i) => ({ Id: good[i]!.Id, MessageId: id, SequenceNumber: isFifo(topic) ? sequence : undefined })),
      Failed,
    }
  },
})

function checkBatch(entries: PublishBatchRequestEntry[]): void {
  if (entries.length === 0) throw new EmptyBatchRequestException({ message: "The batch request doesn't contain any entries.", $metadata: {} })
  if (entries.length > MOST) throw new TooManyEntriesInBatchRequestException({ message: 'The batch request contains more entries than permissible.', $metadata: {} })
  const ids = entries.map(({ Id = '' }) => Id)
  if (!ids.every((id) => /^[\w-]{1,80}$/.test(id))) throw new InvalidBatchEntryIdException({ message: "The Id of a batch entry in a batch request doesn't abide by the specification.", $metadata: {} })
  if (new Set(ids).size < ids.length) throw new BatchEntryIdsNotDistinctException({ message: 'Two or more batch entries in the request have the same Id.', $metadata: {} })
}

/** The code as Query names it: the class without its ending, but for one. */
function codeOf({ name }: Error): string {
  return name === 'InvalidParameterValueException' ? 'ParameterValueInvalid' : name.replace(/Exception$/, '')
}
