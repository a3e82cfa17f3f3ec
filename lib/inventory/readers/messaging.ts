import { paginateListSubscriptions, paginateListTopics } from '@aws-sdk/client-sns'
import { GetQueueAttributesCommand, paginateListQueues } from '@aws-sdk/client-sqs'
import type { Look } from '../look'

/** Topics with their subscriptions, and queues with their dead-letter queues. */
export async function readMessaging(look: Look): Promise<void> {
  const { sns, sqs } = look.clients
  const [topics, subscriptions, urls] = await Promise.all([
    look.all('sns', () => paginateListTopics({ client: sns }, {}), ({ Topics }) => Topics),
    look.all('sns', () => paginateListSubscriptions({ client: sns }, {}), ({ Subscriptions }) => Subscriptions),
    look.all('sqs', () => paginateListQueues({ client: sqs }, { MaxResults: 1000 }), ({ QueueUrls }) => QueueUrls),
  ])
  for (const { TopicArn: arn } of topics) look.add({ arn, service: 'sns', kind: 'topic', name: nameOf(arn), facts: { fifo: arn?.endsWith('.fifo') ? 'FIFO' : undefined } })
  for (const { SubscriptionArn, TopicArn: topic, Protocol: protocol, Endpoint: endpoint } of subscriptions) {
    // One that nobody confirmed has no ARN; it goes with its topic.
    if (!SubscriptionArn?.startsWith('arn:')) continue
    look.add({ arn: SubscriptionArn, service: 'sns', kind: 'subscription', name: `${nameOf(topic)} → ${protocol === 'email' || protocol?.startsWith('http') ? endpoint : nameOf(endpoint)}`, facts: { topic, protocol, endpoint } })
    look.link(topic, endpoint, 'delivers')
    look.link(SubscriptionArn, topic, 'uses')
  }
  await Promise.all(
    urls.map(async (url) => {
      const { Attributes: got } = (await look.ask('sqs', () => sqs.send(new GetQueueAttributesCommand({ QueueUrl: url, AttributeNames: ['All'] })))) ?? {}
      const name = url.slice(url.lastIndexOf('/') + 1)
      const arn = got?.QueueArn ?? `arn:aws:sqs:${look.region}:${look.accountId}:${name}`
      look.add({
        arn,
        service: 'sqs',
        kind: 'queue',
        name,
        createdAt: got?.CreatedTimestamp && new Date(Number(got.CreatedTimestamp) * 1000).toISOString(),
        facts: { url, messages: number(got?.ApproximateNumberOfMessages), inFlight: number(got?.ApproximateNumberOfMessagesNotVisible), visibility: number(got?.VisibilityTimeout), retention: number(got?.MessageRetentionPeriod) },
      })
      if (got?.RedrivePolicy) look.link(arn, (JSON.parse(got.RedrivePolicy) as { deadLetterTargetArn?: string }).deadLetterTargetArn, 'deadLetter')
    }),
  )
}

const nameOf = (arn = '') => arn.slice(arn.lastIndexOf(':') + 1)
const number = (value: string | undefined) => (value === undefined ? undefined : Number(value))
