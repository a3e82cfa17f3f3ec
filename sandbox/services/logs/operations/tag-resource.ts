import { TagResource$, TooManyTagsException, type TagResourceRequest } from '@aws-sdk/client-cloudwatch-logs'
import { operation } from '../../../operation'
import { scopeOf } from '../../../store'
import { groupOfIdentifier } from '../arns'
import { groupContext } from '../group-context'
import { changeGroup } from '../log-store'
import { tagContext } from '../../tag-context'

const MOST_TAGS = 50

/** Puts tags on a log group; the ARN comes without `:*`. */
export const tagResource = operation<TagResourceRequest, object>(TagResource$, {
  resource: ({ input }) => input.resourceArn!,
  context: async (call) => ({ ...tagContext(call.input.tags), ...(await groupContext(call, groupOfIdentifier(call, call.input.resourceArn!))) }),
  async run(call) {
    const { resourceArn, tags } = call.input
    await changeGroup(call.sandbox, scopeOf(call), groupOfIdentifier(call, resourceArn!), (group) => {
      group.tags = { ...group.tags, ...tags }
      if (Object.keys(group.tags).length > MOST_TAGS) {
        throw new TooManyTagsException({ message: `A resource can have at most ${MOST_TAGS} tags.`, resourceName: resourceArn, $metadata: {} })
      }
    })
    return {}
  },
})
