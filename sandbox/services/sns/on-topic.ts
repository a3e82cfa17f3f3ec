import type { Call, Operation } from '../../operation'
import { resourceTags } from '../tag-context'
import { parseSubscriptionArn, parseTopicArn, topicArn, type TopicName } from './names'
import type { Topic } from './records'
import { topicPolicy } from './topic-policy'
import { findTopic, requireTopic } from './topics'

/** The topic that a call's ARN names. @throws InvalidParameter where it is no topic's, or of another region */
export function named(call: Call): TopicName {
  return inRegion(call, parseTopicArn(call.input.TopicArn))
}

/** @throws InvalidParameter, NotFound */
export function topicOf(call: Call): Promise<Topic> {
  return requireTopic(call.sandbox, named(call))
}

/** Topics are reached in their own region only. @throws InvalidParameter */
export function inRegion({ region }: Pick<Call, 'region'>, topic: TopicName): TopicName {
  return topic.region === region ? topic : parseTopicArn('')
}

type Asked = Pick<Operation, 'resource' | 'context' | 'resourcePolicy'>

function on(nameOf: (call: Call) => TopicName): Asked {
  return {
    resource: (call) => topicArn(nameOf(call)),
    context: async (call) => resourceTags((await findTopic(call.sandbox, nameOf(call)))?.tags),
    resourcePolicy: (call) => topicPolicy(call.sandbox, nameOf(call)),
  }
}

/** What IAM decides on for the operations on one topic. */
export const onTopic = on(named)
/** The same for operations that name a subscription. */
export const onSubscription = on((call) => inRegion(call, parseSubscriptionArn(call.input.SubscriptionArn).topic))
/** The same for those that name a resource. */
export const onResource = on((call) => inRegion(call, parseTopicArn(call.input.ResourceArn, 'ResourceArn')))
