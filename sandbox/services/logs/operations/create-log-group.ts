import { CreateLogGroup$, type CreateLogGroupRequest } from '@aws-sdk/client-cloudwatch-logs'
import { operation } from '../../../operation'
import { scopeOf } from '../../../store'
import { groupResource, invalid } from '../arns'
import { createGroup } from '../log-store'
import { tagContext } from '../../tag-context'

/** Makes a log group. Encryption by a KMS key is refused: there is no KMS here. */
export const createLogGroup = operation<CreateLogGroupRequest, object>(CreateLogGroup$, {
  resource: (call) => groupResource(call, call.input.logGroupName!),
  context: ({ input }) => tagContext(input.tags),
  async run(call) {
    const { logGroupName, kmsKeyId, tags, logGroupClass } = call.input
    if (kmsKeyId !== undefined) throw invalid('kmsKeyId is not served by this sandbox: leave it out.')
    if (logGroupName!.startsWith('aws/')) throw invalid('Log groups starting with AWS/ are reserved for AWS.')
    if (tags) await call.authorize('logs:TagResource', groupResource(call, logGroupName!), tagContext(tags))
    await createGroup(call.sandbox, scopeOf(call), logGroupName!, { tags: tags ?? {}, logGroupClass: logGroupClass ?? 'STANDARD' })
    return {}
  },
})
