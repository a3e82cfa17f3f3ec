import { DeleteLogStream$, type DeleteLogStreamRequest } from '@aws-sdk/client-cloudwatch-logs'
import { operation } from '../../../operation'
import { scopeOf } from '../../../store'
import { streamArn } from '../arns'
import { groupContext } from '../group-context'
import { deleteStream } from '../log-store'

/** Deletes a log stream with its events. */
export const deleteLogStream = operation<DeleteLogStreamRequest, object>(DeleteLogStream$, {
  resource: (call) => streamArn(call, call.input.logGroupName!, call.input.logStreamName!),
  context: (call) => groupContext(call, call.input.logGroupName!),
  async run(call) {
    await deleteStream(call.sandbox, scopeOf(call), call.input.logGroupName!, call.input.logStreamName!)
    return {}
  },
})
