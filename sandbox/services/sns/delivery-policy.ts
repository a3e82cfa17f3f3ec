import type { Retry } from '../../outbox'
import { invalid } from './errors'
import type { Subscription, Topic } from './records'

/** How deliveries over HTTP are tried again ("Creating an HTTP/S delivery policy"); delays in seconds. */
interface RetryPolicy {
  minDelayTarget: number
  maxDelayTarget: number
  numRetries: number
  numMaxDelayRetries: number
  numNoDelayRetries: number
  numMinDelayRetries: number
  backoffFunction: 'linear' | 'arithmetic' | 'geometric' | 'exponential'
}

const DEFAULT: RetryPolicy = { minDelayTarget: 20, maxDelayTarget: 20, numRetries: 3, numMaxDelayRetries: 0, numNoDelayRetries: 0, numMinDelayRetries: 0, backoffFunction: 'linear' }
const FUNCTIONS = ['linear', 'arithmetic', 'geometric', 'exponential']
/** "The total policy retry time for an HTTP/S endpoint cannot be greater than 3,600 seconds." */
const LONGEST_S = 3600
const MOST_RETRIES = 100
const CONTENT_TYPE = 'text/plain; charset=UTF-8'
const DAY_S = 86_400

/** AWS-managed endpoints: thrice at once, twice a second apart, ten times from one to twenty seconds, then every twenty seconds for 23 days. */
export const MANAGED: Retry = {
  attempts: 100_015,
  ageSeconds: 30 * DAY_S,
  waits: [0, 0, 0, 1000, 1000, ...Array.from({ length: 10 }, (_, i) => Math.round(1000 * 20 ** (i / 9))), 20_000],
}

interface TopicDocument {
  http?: { defaultHealthyRetryPolicy?: Partial<RetryPolicy>; disableSubscriptionOverrides?: boolean; defaultRequestPolicy?: { headerContentType?: string } }
}
interface SubscriptionDocument {
  healthyRetryPolicy?: Partial<RetryPolicy>
  requestPolicy?: { headerContentType?: string }
}

/** What applies to all subscriptions of a topic, with the defaults. */
export function effectiveOfTopic(topic: Pick<Topic, 'attributes'>): object {
  const { http } = read(topic.attributes.DeliveryPolicy) as TopicDocument
  return {
    http: {
      defaultHealthyRetryPolicy: { ...DEFAULT, ...http?.defaultHealthyRetryPolicy },
      disableSubscriptionOverrides: http?.disableSubscriptionOverrides ?? false,
      defaultRequestPolicy: { headerContentType: http?.defaultRequestPolicy?.headerContentType ?? CONTENT_TYPE },
    },
  }
}

/** What applies to one subscription over HTTP, the topic's policy and the defaults behind its own. */
export function effectiveOf(topic: Pick<Topic, 'attributes'>, subscription: Pick<Subscription, 'attributes'>) {
  const { http } = read(topic.attributes.DeliveryPolicy) as TopicDocument
  const own = http?.disableSubscriptionOverrides ? {} : (read(subscription.attributes.DeliveryPolicy) as SubscriptionDocument)
  const headerContentType = own.requestPolicy?.headerContentType ?? http?.defaultRequestPolicy?.headerContentType ?? CONTENT_TYPE
  return {
    healthyRetryPolicy: { ...DEFAULT, ...http?.defaultHealthyRetryPolicy, ...own.healthyRetryPolicy },
    sicklyRetryPolicy: null,
    throttlePolicy: null,
    requestPolicy: { headerContentType },
    guaranteed: false,
  }
}

/** The waits that a policy comes to. */
export function retryOf(policy: RetryPolicy): Retry {
  const { minDelayTarget: least, maxDelayTarget: most, numRetries, numNoDelayRetries: none, numMinDelayRetries: early, numMaxDelayRetries: late, backoffFunction } = policy
  const between = numRetries - none - early - late
  const backoff = Array.from({ length: Math.max(0, between) }, (_, i) => delay(between === 1 ? 0 : i / (between - 1), least, most, backoffFunction))
  const seconds = [...Array<number>(none).fill(0), ...Array<number>(early).fill(least), ...backoff, ...Array<number>(late).fill(most)]
  return { attempts: numRetries, ageSeconds: DAY_S, waits: seconds.map((one) => Math.round(one * 1000)) }
}

/** How far between the shortest and the longest delay a retry is. */
function delay(part: number, least: number, most: number, backoff: RetryPolicy['backoffFunction']): number {
  const curve = { linear: part, arithmetic: (part + part ** 2) / 2, geometric: part ** 2, exponential: (2 ** (10 * part) - 1) / (2 ** 10 - 1) }[backoff]
  return least + (most - least) * curve
}

/** Holds a delivery policy of a topic or a subscription against AWS's limits. @throws InvalidParameter */
export function checkDeliveryPolicy(text: string): void {
  let document: TopicDocument & SubscriptionDocument
  try {
    document = read(text) as typeof document
  } catch {
    throw invalid('DeliveryPolicy: failed to parse JSON.')
  }
  const policy: RetryPolicy = { ...DEFAULT, ...(document?.http?.defaultHealthyRetryPolicy ?? document?.healthyRetryPolicy) }
  const refuse = (name: string, what: string) => invalid(`DeliveryPolicy: ${name} ${what}`)
  for (const name of ['minDelayTarget', 'maxDelayTarget', 'numRetries', 'numMaxDelayRetries', 'numNoDelayRetries', 'numMinDelayRetries'] as const) {
    if (!Number.isInteger(policy[name]) || policy[name] < 0) throw refuse(`healthyRetryPolicy.${name}`, 'must be a non-negative integer')
  }
  if (policy.numRetries > MOST_RETRIES) throw refuse('healthyRetryPolicy.numRetries', `must be less than or equal to ${MOST_RETRIES}`)
  if (policy.minDelayTarget < 1 || policy.minDelayTarget > policy.maxDelayTarget) throw refuse('healthyRetryPolicy.minDelayTarget', 'must be at least 1 and not beyond maxDelayTarget')
  if (policy.maxDelayTarget > LONGEST_S) throw refuse('healthyRetryPolicy.maxDelayTarget', `must be less than or equal to ${LONGEST_S}`)
  if (policy.numNoDelayRetries + policy.numMinDelayRetries + policy.numMaxDelayRetries > policy.numRetries) throw refuse('healthyRetryPolicy.numRetries', 'must be at least the sum of the retries of its phases')
  if (!FUNCTIONS.includes(policy.backoffFunction)) throw refuse('healthyRetryPolicy.backoffFunction', `must be one of ${FUNCTIONS.join(', ')}`)
  const total = retryOf(policy).waits.reduce((sum, ms) => sum + ms / 1000, 0)
  if (total > LONGEST_S) throw refuse('healthyRetryPolicy', `total retry time must not exceed ${LONGEST_S} seconds`)
}

function read(text: string | undefined): object {
  const value: unknown = text === undefined || text === '' ? {} : JSON.parse(text)
  if (typeof value !== 'object' || value === null || Array.isArray(value)) throw new SyntaxError('not an object')
  return value
}
