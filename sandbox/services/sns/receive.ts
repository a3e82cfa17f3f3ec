import { AwsError } from '../../errors'
import { callUrl } from '../../execute-api/outgoing'
import { permitDelivery, Undeliverable, type Delivery } from '../../outbox'
import type { Sandbox } from '../../sandbox'
import { writeAttributes } from '../sqs/message-attributes'
import { findSubscriptionName, findTopicName } from './names'
import { newMessage } from './new-message'
import { publish } from './publish'
import { findSubscription } from './subscriptions'
import { policyOf } from './topic-policy'
import { findTopic } from './topics'

/** "HTTP/S endpoints must respond within 15 seconds." */
const TIMEOUT_MS = 15_000
/** Alarms need no statement for their own account: the policy that topics are born with lets them in (`AWS:SourceOwner`). */
const ALARMS = 'cloudwatch.amazonaws.com'

/** Takes a message for a topic, or what a topic sends to an HTTP endpoint. @throws Undeliverable */
export async function receive(sandbox: Sandbox, delivery: Delivery): Promise<void> {
  if (delivery.http) return post(sandbox, delivery)
  const name = findTopicName(delivery.target)
  const topic = name && (await findTopic(sandbox, name))
  if (!topic) throw new Undeliverable('NO_RESOURCE', `The topic ${delivery.target} does not exist.`)
  const isAlarm = delivery.sender.service === ALARMS && topic.attributes.Policy === undefined && topic.account === delivery.account
  if (!isAlarm) await permitDelivery(sandbox, delivery, 'sns:Publish', delivery.target, policyOf(topic))
  const { body, subject, attributes, groupId, deduplicationId } = delivery
  const given = { Message: body, Subject: subject, MessageAttributes: attributes && writeAttributes(attributes), MessageGroupId: groupId, MessageDeduplicationId: deduplicationId }
  await publish(sandbox, topic, [newMessage(sandbox, topic, given, delivery.trace)])
}

/** Posts to an endpoint. A subscription that ended meanwhile gets nothing but the word that it did. */
async function post(sandbox: Sandbox, { target, http, body }: Delivery): Promise<void> {
  const { url: address, headers } = http!
  const isNotification = headers['x-amz-sns-message-type'] === 'Notification'
  if (isNotification && !(await findSubscription(sandbox, findSubscriptionName(target)!))) return
  const url = new URL(address)
  const credentials = Buffer.from(`${decodeURIComponent(url.username)}:${decodeURIComponent(url.password)}`).toString('base64')
  const authorization: [string, string][] = url.username === '' ? [] : [['Authorization', `Basic ${credentials}`]]
  url.username = url.password = ''
  const caller = { sandbox, api: { id: target }, headers: [], peer: { address: '127.0.0.1', signal: new AbortController().signal } }
  const answer = await callUrl(caller, { url, method: 'POST', headers: [...Object.entries(headers), ...authorization], body: Buffer.from(body), timeoutMs: TIMEOUT_MS })
  // "Client-side errors" are not tried again, others are.
  if (answer.status >= 300) throw new AwsError('HttpStatus', `${url.host} answered ${answer.status}.`, answer.status < 400 ? 400 : answer.status)
}
