import { mkdtempSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import * as sdk from '@aws-sdk/client-sns'
import { NormalizedSchema } from '@smithy/core/schema'
import { afterAll, beforeAll, describe } from 'vitest'
import { createAccount } from '../../accounts'
import { itAnswersTheDocumentedErrors, type Provoke } from '../../documented-errors-testing'
import { openState, type Sandbox } from '../../sandbox'
import { scopeOf } from '../../store'
import { startTestAccount, type TestAccount } from '../iam/test-account'
import documented from './documented-errors.json' with { type: 'json' }
import { sns } from './index'
import { subscriptions, topics, type Subscription } from './records'

const REGION = 'us-east-1'
const NO_ID = '00000000-0000-4000-8000-000000000000'

/** An account that has all that fits into it, made straight in the store. */
let full: string
let account: TestAccount
let client: sdk.SNSClient
let inFull: sdk.SNSClient
let denied: sdk.SNSClient
let topic: string

beforeAll(async () => {
  const data = mkdtempSync(join(tmpdir(), 'sandbox-'))
  full = await fillAnAccount(data)
  account = await startTestAccount({ data })
  const as = (credentials: { accessKeyId: string; secretAccessKey: string }) => new sdk.SNSClient({ endpoint: account.sandbox.url, region: REGION, credentials, maxAttempts: 1 })
  client = as(await account.admin('GET', `/_worklab/accounts/${account.accountId}/keys`))
  inFull = as(await account.admin('GET', `/_worklab/accounts/${full}/keys`))
  denied = as(await account.user('nobody', [{ Effect: 'Deny', Action: 'sns:*', Resource: '*' }]))
  topic = (await client.send(new sdk.CreateTopicCommand({ Name: 'orders' }))).TopicArn!
})
afterAll(() => account.close())

async function fillAnAccount(data: string): Promise<string> {
  const state = await openState({ data })
  const { accountId } = await createAccount({ ...state, now: Date.now } as Partial<Sandbox> as Sandbox)
  const place = { account: accountId, region: REGION }
  const topicOf = (name: string) => ({ ...place, name, id: name, attributes: {}, tags: {}, createdAt: '' })
  const subscription = (name: string, id: number, attributes: Record<string, string>): Subscription => {
    const common = { protocol: 'sqs', endpoint: '', owner: accountId, principal: '', isPending: false, isGuarded: true, wasAuthenticated: true, createdAt: '' }
    return { ...common, id: String(id), topic: { ...place, name }, attributes }
  }
  const many = <T>(most: number, make: (i: number) => T) => Array.from({ length: most }, (_, i) => make(i))
  await state.store.batch([
    ...many(1000, (i) => ({ collection: topics, scope: scopeOf(place), key: `${i}.fifo`, value: topicOf(`${i}.fifo`) })),
    { collection: topics, scope: scopeOf(place), key: 'filters', value: topicOf('filters') },
    ...many(100, (i) => ({ collection: subscriptions, scope: scopeOf(place), key: `0.fifo/${i}`, value: subscription('0.fifo', i, {}) })),
    ...many(200, (i) => ({ collection: subscriptions, scope: scopeOf(place), key: `filters/${i}`, value: subscription('filters', i, { FilterPolicy: '{"a":["b"]}' }) })),
    { collection: subscriptions, scope: scopeOf(place), key: `filters/${NO_ID}`, value: { ...subscription('filters', 0, {}), id: NO_ID } },
  ])
  await state.close()
  return accountId
}

const send = (name: string, input: () => object, by = () => client): Provoke => () => by().send(new (sdk as any)[`${name}Command`](input()))
const arn = (name: string, owner = account?.accountId) => `arn:aws:sns:${REGION}:${owner}:${name}`
const provoked: Record<string, Provoke> = {}
const isDocumented = (name: string, error: string) => (documented as Record<string, string[]>)[name]!.includes(error)

/** What an operation needs beside the name of a topic, subscription or resource to be well-formed. */
const WHOLE: Record<string, object> = {
  AddPermission: { Label: 'l', AWSAccountId: ['111122223333'], ActionName: ['Publish'] },
  ConfirmSubscription: { Token: 'x' },
  CreateTopic: { Name: 'new' },
  Publish: { Message: 'x' },
  PublishBatch: { PublishBatchRequestEntries: [{ Id: '1', Message: 'x' }] },
  RemovePermission: { Label: 'l' },
  SetSubscriptionAttributes: { AttributeName: 'RawMessageDelivery', AttributeValue: 'true' },
  SetTopicAttributes: { AttributeName: 'DisplayName', AttributeValue: 'x' },
  Subscribe: { Protocol: 'email', Endpoint: 'an@example.com' },
  TagResource: { Tags: [{ Key: 'a', Value: 'b' }] },
  UntagResource: { TagKeys: ['a'] },
}
for (const { name, schema } of sns.operations) {
  const members = [...NormalizedSchema.of(schema[4]).structIterator()].map(([member]) => member)
  const names = (target: string) => Object.fromEntries(['TopicArn', 'ResourceArn', 'SubscriptionArn'].filter((one) => members.includes(one)).map((one) => [one, one === 'SubscriptionArn' ? `${target}:${NO_ID}` : target]))
  const none = () => ({ ...names(arn('missing')), ...WHOLE[name] })
  for (const error of ['NotFoundException', 'ResourceNotFoundException']) if (isDocumented(name, error)) provoked[`${name} ${error}`] = send(name, none)
  provoked[`${name} AuthorizationErrorException`] = send(name, none, () => denied)
  const wrong: Record<string, object> = { CreateTopic: { Name: 'not a name' }, ListTopics: { NextToken: 'x' }, ListSubscriptions: { NextToken: 'x' } }
  provoked[`${name} InvalidParameterException`] = send(name, () => ({ ...names('x'), ...WHOLE[name], ...wrong[name] }))
}
for (const idempotent of ['DeleteTopic', 'Unsubscribe']) delete provoked[`${idempotent} NotFoundException`]

const tags = (many: number) => Array.from({ length: many }, (_, i) => ({ Key: `key-${i}`, Value: '' }))
const batch = (entries: () => object[]) => send('PublishBatch', () => ({ TopicArn: topic, PublishBatchRequestEntries: entries() }))
Object.assign(provoked, {
  'CreateTopic TopicLimitExceededException': send('CreateTopic', () => ({ Name: 'more.fifo', Attributes: { FifoTopic: 'true' } }), () => inFull),
  'CreateTopic TagLimitExceededException': send('CreateTopic', () => ({ Name: 'tagged', Tags: tags(51) })),
  'TagResource TagLimitExceededException': send('TagResource', () => ({ ResourceArn: topic, Tags: tags(51) })),
  'Subscribe SubscriptionLimitExceededException': send('Subscribe', () => ({ TopicArn: arn('0.fifo', full), Protocol: 'sqs', Endpoint: `arn:aws:sqs:${REGION}:${full}:more.fifo` }), () => inFull),
  'Subscribe FilterPolicyLimitExceededException': send('Subscribe', () => ({ TopicArn: arn('filters', full), Protocol: 'sqs', Endpoint: `arn:aws:sqs:${REGION}:${full}:more`, Attributes: { FilterPolicy: '{"a":["b"]}' } }), () => inFull),
  'SetSubscriptionAttributes FilterPolicyLimitExceededException': send('SetSubscriptionAttributes', () => ({ SubscriptionArn: `${arn('filters', full)}:${NO_ID}`, AttributeName: 'FilterPolicy', AttributeValue: '{"a":["b"]}' }), () => inFull),
  'Publish InvalidParameterValueException': send('Publish', () => ({ TopicArn: topic, Message: 'x', MessageAttributes: { a: { DataType: 'String', StringValue: '' } } })),
  'PublishBatch EmptyBatchRequestException': batch(() => []),
  'PublishBatch TooManyEntriesInBatchRequestException': batch(() => Array.from({ length: 11 }, (_, i) => ({ Id: String(i), Message: 'x' }))),
  'PublishBatch BatchEntryIdsNotDistinctException': batch(() => [1, 2].map(() => ({ Id: 'same', Message: 'x' }))),
  'PublishBatch InvalidBatchEntryIdException': batch(() => [{ Id: 'not an id', Message: 'x' }]),
  'PublishBatch BatchRequestTooLongException': batch(() => ['1', '2'].map((Id) => ({ Id, Message: 'x'.repeat(200_000) }))),
})

const noKeys = 'No KMS: a topic keeps and tells the key that it is given, and nothing asks for that key.'
const noTagPolicies = "AWS Organizations' tag policies are not there."

describe('SNS', () => {
  itAnswersTheDocumentedErrors({
    service: sns,
    documented,
    provoked,
    never: {
      InternalErrorException: "AWS's own outage; the sandbox answers 500 only by a defect.",
      InvalidSecurityException: 'AWS says it of calls without HTTPS or with old signatures; the sandbox is loopback, and another signature is refused before SNS.',
      StaleTagException: 'Tags are written at once: none is ever stale.',
      TagPolicyException: noTagPolicies,
      ConcurrentAccessException: 'Changes of one topic wait for one another.',
      ReplayLimitExceededException: 'Archives and their replay are not there: ReplayPolicy is answered 501.',
      EndpointDisabledException: 'Mobile endpoints are not there.',
      PlatformApplicationDisabledException: 'Mobile applications are not there.',
      KMSAccessDeniedException: noKeys,
      KMSDisabledException: noKeys,
      KMSInvalidStateException: noKeys,
      KMSNotFoundException: noKeys,
      KMSOptInRequired: noKeys,
      KMSThrottlingException: noKeys,
      ValidationException: 'SNS answers InvalidParameter to each parameter of a message that will not do.',
      'DeleteTopic NotFoundException': 'AWS: deleting a topic that does not exist is no error.',
      'DeleteTopic InvalidStateException': 'Of topics with an archive, which are not there.',
      'Unsubscribe NotFoundException': 'Ending a subscription that has ended is no error, as on AWS.',
      'ConfirmSubscription SubscriptionLimitExceededException': 'Subscribe has counted it already, pending or not.',
      'ConfirmSubscription FilterPolicyLimitExceededException': 'Subscribe has counted it already, pending or not.',
      'PublishBatch InvalidParameterValueException': 'Told of the one entry, in Failed.',
      'UntagResource TagLimitExceededException': 'Fewer tags never are too many.',
    },
  })
})
