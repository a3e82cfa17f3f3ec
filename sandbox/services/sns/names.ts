import { invalid } from './errors'

/** A topic as its ARN names it. */
export interface TopicName {
  account: string
  region: string
  name: string
}

export interface SubscriptionName {
  topic: TopicName
  id: string
}

const TOPIC = /^arn:aws:sns:([a-z0-9-]+):(\d{12}):([\w-]{1,256}(?:\.fifo)?)$/
const SUBSCRIPTION = /^(arn:aws:sns:[a-z0-9-]+:\d{12}:[\w-]{1,256}(?:\.fifo)?):([0-9a-f-]{36})$/

export function topicArn({ account, region, name }: TopicName): string {
  return `arn:aws:sns:${region}:${account}:${name}`
}

export function subscriptionArn({ topic, id }: SubscriptionName): string {
  return `${topicArn(topic)}:${id}`
}

export function isFifo({ name }: Pick<TopicName, 'name'>): boolean {
  return name.endsWith('.fifo')
}

/** @returns undefined where the text is not the ARN of a topic */
export function findTopicName(arn: string): TopicName | undefined {
  const [, region, account, name] = TOPIC.exec(arn) ?? []
  return region === undefined ? undefined : { region, account: account!, name: name! }
}

/** @throws InvalidParameter naming the parameter */
export function parseTopicArn(arn: string, parameter = 'TopicArn'): TopicName {
  const name = findTopicName(arn)
  if (!name) throw invalid(parameter + elements(arn))
  return name
}

/** @returns undefined where the text is not the ARN of a subscription */
export function findSubscriptionName(arn: string): SubscriptionName | undefined {
  const [, topic, id] = SUBSCRIPTION.exec(arn) ?? []
  return topic === undefined ? undefined : { topic: findTopicName(topic)!, id: id! }
}

/** @throws InvalidParameter */
export function parseSubscriptionArn(arn: string): SubscriptionName {
  const name = findSubscriptionName(arn)
  if (!name) throw invalid(`SubscriptionArn${elements(arn)}`)
  return name
}

/** What SNS says of a text that is too short for an ARN. */
function elements(arn: string): string {
  const count = arn.split(':').length
  return count < 6 ? ` Reason: An ARN must have at least 6 elements, not ${count}` : ''
}
