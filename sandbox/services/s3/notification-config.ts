import type { NotificationConfiguration, NotificationConfigurationFilter } from '@aws-sdk/client-s3'
import { randomBytes } from 'node:crypto'
import { invalidArgument } from './errors'

/** One rule of a bucket's notifications. */
export interface Rule {
  id: string
  /** ARN of the function, queue or topic. */
  target: string
  kind: 'Lambda' | 'Queue' | 'Topic'
  /** `s3:ObjectCreated:*` … */
  events: string[]
  prefix: string
  suffix: string
}

/** What the sandbox's events are called, with the families that they are in; other events of S3 never come about here. */
const EVENTS = new Set([
  ...['*', 'Put', 'Post', 'Copy', 'CompleteMultipartUpload'].map((name) => `s3:ObjectCreated:${name}`),
  ...['*', 'Delete', 'DeleteMarkerCreated'].map((name) => `s3:ObjectRemoved:${name}`),
  ...['*', 'Post', 'Completed', 'Delete'].map((name) => `s3:ObjectRestore:${name}`),
  ...['*', 'OperationFailedReplication', 'OperationNotTracked', 'OperationMissedThreshold', 'OperationReplicatedAfterThreshold'].map((name) => `s3:Replication:${name}`),
  ...['*', 'Put', 'Delete'].map((name) => `s3:ObjectTagging:${name}`),
  ...['*', 'Delete', 'DeleteMarkerCreated'].map((name) => `s3:LifecycleExpiration:${name}`),
  's3:ReducedRedundancyLostObject',
  's3:LifecycleTransition',
  's3:IntelligentTiering',
  's3:ObjectAcl:Put',
  's3:TestEvent',
])
const SERVICES = { Lambda: 'lambda', Queue: 'sqs', Topic: 'sns' } as const

/**
 * The rules of a configuration, each with an id.
 * @param region of the bucket
 * @throws AwsError InvalidArgument
 */
export function readRules(config: NotificationConfiguration, region: string): Rule[] {
  for (const entry of [...(config.LambdaFunctionConfigurations ?? []), ...(config.QueueConfigurations ?? []), ...(config.TopicConfigurations ?? [])]) entry.Id ??= randomBytes(24).toString('base64url')
  const rules = rulesOf(config)
  for (const rule of rules) {
    const unknown = rule.events.find((event) => !EVENTS.has(event))
    if (unknown !== undefined) throw invalidArgument('The event is not supported for notifications', 'Event', unknown)
    if (rule.events.length === 0) throw invalidArgument('The notification configuration has no events.')
    const [arn, , service, its, account, ...rest] = rule.target.split(':')
    if (arn !== 'arn' || service !== SERVICES[rule.kind] || !account || rest.length === 0) throw invalidArgument('The ARN is not well formed', rule.kind, rule.target)
    if (its !== region) throw invalidArgument('The notification destination service region is not valid for the bucket location constraint', rule.kind, rule.target)
    if (rule.target.endsWith('.fifo')) throw invalidArgument(`FIFO ${rule.kind === 'Queue' ? 'SQS queues' : 'SNS topics'} are not supported`, rule.kind, rule.target)
  }
  const ids = rules.map(({ id }) => id)
  if (new Set(ids).size < ids.length) throw invalidArgument('Same ID used for multiple configurations. Please specify unique IDs')
  rules.forEach((rule, i) => {
    if (rules.slice(0, i).some((other) => overlap(rule, other))) throw invalidArgument('Configuration is ambiguously defined. Cannot have overlapping suffixes in two rules if the prefixes are overlapping for the same event type.')
  })
  return rules
}

/** The rules of a configuration that was checked when it was put. */
export function rulesOf(config: NotificationConfiguration | undefined): Rule[] {
  const rule = (kind: Rule['kind'], target: string | undefined, { Id, Events, Filter }: { Id?: string | undefined; Events?: string[] | undefined; Filter?: NotificationConfigurationFilter | undefined }): Rule => ({
    id: Id ?? '',
    target: target ?? '',
    kind,
    events: Events ?? [],
    ...readFilter(Filter),
  })
  return [
    ...(config?.LambdaFunctionConfigurations ?? []).map((entry) => rule('Lambda', entry.LambdaFunctionArn, entry)),
    ...(config?.QueueConfigurations ?? []).map((entry) => rule('Queue', entry.QueueArn, entry)),
    ...(config?.TopicConfigurations ?? []).map((entry) => rule('Topic', entry.TopicArn, entry)),
  ]
}

function readFilter(filter: NotificationConfigurationFilter | undefined): { prefix: string; suffix: string } {
  const found: Record<string, string> = {}
  for (const { Name, Value = '' } of filter?.Key?.FilterRules ?? []) {
    const name = String(Name).toLowerCase()
    if (name !== 'prefix' && name !== 'suffix') throw invalidArgument('filter rule name must be either prefix or suffix', 'FilterRule.Name', String(Name))
    if (found[name] !== undefined) throw invalidArgument(`Cannot specify more than one ${name} rule in a filter.`, 'FilterRule.Name', name)
    if (Buffer.byteLength(Value) > 1024) throw invalidArgument('filter rule value cannot be longer than 1024 characters', 'FilterRule.Value', Value)
    found[name] = Value
  }
  return { prefix: found.prefix ?? '', suffix: found.suffix ?? '' }
}

/** Two rules must not be for the same object's same event. */
function overlap(a: Rule, b: Rule): boolean {
  const isSameEvent = a.events.some((one) => b.events.some((other) => includes(one, other) || includes(other, one)))
  const begin = a.prefix.startsWith(b.prefix) || b.prefix.startsWith(a.prefix)
  const end = a.suffix.endsWith(b.suffix) || b.suffix.endsWith(a.suffix)
  return isSameEvent && begin && end
}

/** Whether an event is one of those that a rule names. */
export function includes(named: string, event: string): boolean {
  return named === event || (named.endsWith(':*') && event.startsWith(named.slice(0, -1)))
}

/** The rules of a bucket that an event of a key is for. @param event without `s3:` */
export function matching(rules: Rule[], event: string, key: string): Rule[] {
  return rules.filter(({ events, prefix, suffix }) => events.some((named) => includes(named, `s3:${event}`)) && key.startsWith(prefix) && key.endsWith(suffix))
}
