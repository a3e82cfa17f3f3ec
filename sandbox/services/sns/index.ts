import * as sdk from '@aws-sdk/client-sns'
import type { Resource, Service } from '../../operation'
import type { Sandbox } from '../../sandbox'
import { expireToken } from './confirmation'
import constraints from './constraints.json' with { type: 'json' }
import { subscriptionArn, topicArn } from './names'
import { addPermission } from './operations/add-permission'
import { confirmSubscription } from './operations/confirm-subscription'
import { createTopic } from './operations/create-topic'
import { deleteTopic } from './operations/delete-topic'
import { getSubscriptionAttributes } from './operations/get-subscription-attributes'
import { getTopicAttributes } from './operations/get-topic-attributes'
import { listSubscriptions } from './operations/list-subscriptions'
import { listSubscriptionsByTopic } from './operations/list-subscriptions-by-topic'
import { listTagsForResource } from './operations/list-tags-for-resource'
import { listTopics } from './operations/list-topics'
import { publish } from './operations/publish'
import { publishBatch } from './operations/publish-batch'
import { removePermission } from './operations/remove-permission'
import { setSubscriptionAttributes } from './operations/set-subscription-attributes'
import { setTopicAttributes } from './operations/set-topic-attributes'
import { subscribe } from './operations/subscribe'
import { tagResource } from './operations/tag-resource'
import { unsubscribe } from './operations/unsubscribe'
import { untagResource } from './operations/untag-resource'
import { receive } from './receive'
import { subscriptions, topics } from './records'

/** Amazon SNS. Phones, mobile devices and Firehose are not there; mail is subscribed to but never sent. */
export const sns: Service = {
  name: 'sns',
  eventSource: 'sns.amazonaws.com',
  protocol: 'query',
  apiVersion: '2010-03-31',
  xmlNamespace: 'http://sns.amazonaws.com/doc/2010-03-31/',
  sdk: sdk as unknown as Record<string, unknown>,
  constraints: constraints as Service['constraints'],
  validationCode: 'ValidationError',
  deniedCode: 'AuthorizationError',
  operations: [
    addPermission,
    confirmSubscription,
    createTopic,
    deleteTopic,
    getSubscriptionAttributes,
    getTopicAttributes,
    listSubscriptions,
    listSubscriptionsByTopic,
    listTagsForResource,
    listTopics,
    publish,
    publishBatch,
    removePermission,
    setSubscriptionAttributes,
    setTopicAttributes,
    subscribe,
    tagResource,
    unsubscribe,
    untagResource,
  ],
  alarm: expireToken,
  receive,
  resources,
}

/** Topics with their subscriptions, which end with them. */
async function resources({ store }: Sandbox, account: string): Promise<Resource[]> {
  const [itsTopics, itsSubscriptions] = await Promise.all([store.ofAccount(topics, account), store.ofAccount(subscriptions, account)])
  return [
    ...itsTopics.map((topic) => ({ service: 'sns', type: 'topic', name: topic.name, arn: topicArn(topic), createdAt: topic.createdAt })),
    ...itsSubscriptions.map((subscription) => ({ service: 'sns', type: 'subscription', name: subscription.id, arn: subscriptionArn(subscription), createdAt: subscription.createdAt })),
  ]
}
