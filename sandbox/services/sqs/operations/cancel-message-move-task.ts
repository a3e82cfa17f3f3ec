import { CancelMessageMoveTask$, type CancelMessageMoveTaskRequest, type CancelMessageMoveTaskResult } from '@aws-sdk/client-sqs'
import { operation } from '../../../operation'
import { cancelTask, sourceOf, sourceOfHandle } from '../move-tasks'
import { onSourceArn, sourceContext } from '../on-queue'

/** Ends a move task; what it moved stays moved. */
export const cancelMessageMoveTask = operation<CancelMessageMoveTaskRequest, CancelMessageMoveTaskResult>(CancelMessageMoveTask$, {
  ...onSourceArn,
  resource: ({ input }) => sourceOfHandle(input.TaskHandle!),
  context: (call) => sourceContext(call, sourceOfHandle(call.input.TaskHandle!)),
  async run({ sandbox, account, input }) {
    const source = await sourceOf(sandbox, account, sourceOfHandle(input.TaskHandle!))
    return { ApproximateNumberOfMessagesMoved: (await cancelTask(sandbox, source, input.TaskHandle!)).moved }
  },
})
