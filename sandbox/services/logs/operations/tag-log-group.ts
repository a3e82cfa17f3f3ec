import { TagLogGroup$, type TagLogGroupRequest } from '@aws-sdk/client-cloudwatch-logs'
import { operation } from '../../../operation'
import { scopeOf } from '../../../store'
import { tagContext } from '../../tag-context'
import { groupResource, invalid } from '../arns'
import { groupContext } from '../group-context'
import { changeGroup } from '../log-store'

const MOST_TAGS = 50

/** Puts tags on a log group: the older form of TagResource. */
export const tagLogGroup = operation<TagLogGroupRequest, object>(TagLogGroup$, {
  resource: (call) => groupResource(call, call.input.logGroupName!),
  context: async (call) => ({ ...tagContext(call.input.tags), ...(await groupContext(call, call.input.logGroupName!)) }),
  async run(call) {
    await changeGroup(call.sandbox, scopeOf(call), call.input.logGroupName!, (group) => {
      group.tags = { ...group.tags, ...call.input.tags }
      if (Object.keys(group.tags).length > MOST_TAGS) throw invalid(`A log group can have at most ${MOST_TAGS} tags.`)
    })
    return {}
  },
})
