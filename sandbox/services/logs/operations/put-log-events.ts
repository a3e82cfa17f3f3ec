import { PutLogEvents$, type PutLogEventsRequest, type PutLogEventsResponse } from '@aws-sdk/client-cloudwatch-logs'
import { operation } from '../../../operation'
import { scopeOf } from '../../../store'
import { streamArn } from '../arns'
import { groupContext } from '../group-context'
import { putEvents } from '../log-store'

/** Writes events to a stream. The sequence token is no longer looked at, as on AWS since 2023. */
export const putLogEvents = operation<PutLogEventsRequest, PutLogEventsResponse>(PutLogEvents$, {
  resource: (call) => streamArn(call, call.input.logGroupName!, call.input.logStreamName!),
  context: (call) => groupContext(call, call.input.logGroupName!),
  async run(call) {
    const { logGroupName, logStreamName, logEvents } = call.input
    const { nextSequenceToken, rejected } = await putEvents(call.sandbox, scopeOf(call), logGroupName!, logStreamName!, logEvents!)
    return { nextSequenceToken, rejectedLogEventsInfo: rejected }
  },
})
