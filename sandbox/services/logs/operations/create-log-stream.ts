import { CreateLogStream$, type CreateLogStreamRequest } from '@aws-sdk/client-cloudwatch-logs'
import { operation } from '../../../operation'
import { scopeOf } from '../../../store'
import { streamArn } from '../arns'
import { groupContext } from '../group-context'
import { createStream } from '../log-store'

/** Makes a log stream in a group. */
export const createLogStream = operation<CreateLogStreamRequest, object>(CreateLogStream$, {
  resource: (call) => streamArn(call, call.input.logGroupName!, call.input.logStreamName!),
  context: (call) => groupContext(call, call.input.logGroupName!),
  async run(call) {
    await createStream(call.sandbox, scopeOf(call), call.input.logGroupName!, call.input.logStreamName!)
    return {}
  },
})
