import { ListMessageMoveTasks$, type ListMessageMoveTasksRequest, type ListMessageMoveTasksResult } from '@aws-sdk/client-sqs'
import { operation } from '../../../operation'
import { invalidParameter } from '../errors'
import { handleOf, listTasks, sourceOf } from '../move-tasks'
import { queueArn } from '../names'
import { onSourceArn } from '../on-queue'

const MOST = 10

/** Lists the latest move tasks of a queue; only one where not asked for more. */
export const listMessageMoveTasks = operation<ListMessageMoveTasksRequest, ListMessageMoveTasksResult>(ListMessageMoveTasks$, {
  ...onSourceArn,
  async run({ sandbox, account, input }) {
    const most = input.MaxResults ?? 1
    if (!(most >= 1 && most <= MOST)) throw invalidParameter(`Value ${most} for parameter MaxResults is invalid. Reason: MaxResults must be an integer between 1 and ${MOST}.`)
    const source = await sourceOf(sandbox, account, input.SourceArn!)
    const tasks = (await listTasks(sandbox, source)).slice(0, most)
    return {
      Results: tasks.map((task) => ({
        TaskHandle: task.status === 'RUNNING' ? handleOf(task) : undefined,
        Status: task.status,
        SourceArn: queueArn(source),
        DestinationArn: task.destinationArn,
        MaxNumberOfMessagesPerSecond: task.perSecond,
        ApproximateNumberOfMessagesMoved: task.moved,
        ApproximateNumberOfMessagesToMove: task.toMove,
        FailureReason: task.failure,
        StartedTimestamp: task.startedAt,
      })),
    }
  },
})
