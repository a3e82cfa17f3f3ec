import { GetTopicAttributes$, type GetTopicAttributesInput, type GetTopicAttributesResponse } from '@aws-sdk/client-sns'
import { operation } from '../../../operation'
import { onTopic, topicOf } from '../on-topic'
import { listSubscriptionsOf } from '../subscriptions'
import { describeTopic } from '../topic-attributes'

/** Tells all attributes of a topic. */
export const getTopicAttributes = operation<GetTopicAttributesInput, GetTopicAttributesResponse>(GetTopicAttributes$, {
  ...onTopic,
  async run(call) {
    const topic = await topicOf(call)
    const subscriptions = await listSubscriptionsOf(call.sandbox, topic)
    const pending = subscriptions.filter(({ isPending }) => isPending).length
    return { Attributes: describeTopic(topic, { pending, confirmed: subscriptions.length - pending }) }
  },
})
