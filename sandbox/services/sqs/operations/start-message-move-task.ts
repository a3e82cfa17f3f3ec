import { StartMessageMoveTask$, type StartMessageMoveTaskRequest, type StartMessageMoveTaskResult } from '@aws-sdk/client-sqs'
import { operation } from '../../../operation'
import { invalidParameter } from '../errors'
import { handleOf, sourceOf, startTask } from '../move-tasks'
import { parseQueueArn } from '../names'
import { onSourceArn, queuePolicy } from '../on-queue'

const FASTEST = 500

/** Starts to move the messages of a dead-letter queue back to where they came from, or to another queue. */
export const startMessageMoveTask = operation<StartMessageMoveTaskRequest, StartMessageMoveTaskResult>(StartMessageMoveTask$, {
  ...onSourceArn,
  async run(call) {
    const { sandbox, account, input } = call
    const { SourceArn, DestinationArn, MaxNumberOfMessagesPerSecond: perSecond } = input
    if (perSecond !== undefined && !(perSecond >= 1 && perSecond <= FASTEST)) {
      throw invalidParameter(`Value ${perSecond} for parameter MaxNumberOfMessagesPerSecond is invalid. Reason: Must be between 1 and ${FASTEST}, if provided.`)
    }
    const source = await sourceOf(sandbox, account, SourceArn!)
    const policy = await queuePolicy(sandbox, source)
    for (const action of ['sqs:ReceiveMessage', 'sqs:DeleteMessage', 'sqs:GetQueueAttributes']) await call.authorize(action, SourceArn!, {}, policy)
    const destination = DestinationArn === undefined ? undefined : parseQueueArn(DestinationArn)
    if (destination) await call.authorize('sqs:SendMessage', DestinationArn!, {}, await queuePolicy(sandbox, destination))
    return { TaskHandle: handleOf(await startTask(sandbox, source, DestinationArn, perSecond)) }
  },
})
