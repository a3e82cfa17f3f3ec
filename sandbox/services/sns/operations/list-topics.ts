import { ListTopics$, type ListTopicsInput, type ListTopicsResponse } from '@aws-sdk/client-sns'
import { operation } from '../../../operation'
import { topicArn } from '../names'
import { page } from '../paging'
import { listTopicRecords } from '../topics'

/** Lists the account's topics, a hundred at a time. */
export const listTopics = operation<ListTopicsInput, ListTopicsResponse>(ListTopics$, {
  resource: () => '*',
  async run(call) {
    const { items, ...more } = page(await listTopicRecords(call.sandbox, call), topicArn, call.input.NextToken)
    return { Topics: items.map((topic) => ({ TopicArn: topicArn(topic) })), ...more }
  },
})
