import { mkdtempSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import * as sdk from '@aws-sdk/client-sqs'
import { NormalizedSchema } from '@smithy/core/schema'
import { afterAll, beforeAll, describe } from 'vitest'
import { itAnswersTheDocumentedErrors, type Provoke } from '../../documented-errors-testing'
import { openState } from '../../sandbox'
import { scopeOf } from '../../store'
import { startTestSandbox, type TestSandbox } from '../../testing'
import documented from './documented-errors.json' with { type: 'json' }
import { sqs } from './index'
import { deliveries, queues } from './records'
import { queueTools } from './testing'

const MOST_IN_FLIGHT = 120_000

let sandbox: TestSandbox
let client: sdk.SQSClient
let url: string
let dead: string
let deadArn: string
let cancelled: string
/** A queue of another account of which everybody may receive, with as many messages in flight as there can be. */
let full: string
let shown: string

beforeAll(async () => {
  const data = mkdtempSync(join(tmpdir(), 'sandbox-'))
  await fillAQueue(data)
  sandbox = await startTestSandbox({ data })
  client = new sdk.SQSClient(sandbox.learner)
  const tools = queueTools(client)
  full = `${sandbox.url}/111122223333/full`
  dead = await tools.make('dead')
  deadArn = await tools.attribute(dead, 'QueueArn')
  url = await tools.make('orders', { RedrivePolicy: JSON.stringify({ deadLetterTargetArn: deadArn, maxReceiveCount: 5 }) })
  await client.send(new sdk.SendMessageCommand({ QueueUrl: url, MessageBody: 'shown again' }))
  shown = (await tools.receive(url, { VisibilityTimeout: 0 }))[0]!.ReceiptHandle!
  await tools.make('purged').then((QueueUrl) => client.send(new sdk.PurgeQueueCommand({ QueueUrl })))
  cancelled = (await client.send(new sdk.StartMessageMoveTaskCommand({ SourceArn: deadArn }))).TaskHandle!
  const running = async () => (await client.send(new sdk.ListMessageMoveTasksCommand({ SourceArn: deadArn }))).Results![0]!.Status === 'RUNNING'
  while (await running()) await new Promise((resolve) => setTimeout(resolve, 10))
  const slow = await tools.make('slow-dead')
  const slowArn = await tools.attribute(slow, 'QueueArn')
  await tools.make('slow', { RedrivePolicy: JSON.stringify({ deadLetterTargetArn: slowArn, maxReceiveCount: 5 }) })
  await client.send(new sdk.SendMessageBatchCommand({ QueueUrl: slow, Entries: [...'0123456789'].map((Id) => ({ Id, MessageBody: Id })) }))
  const elsewhere = await tools.attribute(await tools.make('elsewhere'), 'QueueArn')
  await client.send(new sdk.StartMessageMoveTaskCommand({ SourceArn: slowArn, DestinationArn: elsewhere, MaxNumberOfMessagesPerSecond: 1 }))
})
afterAll(() => sandbox.remove())

async function fillAQueue(data: string): Promise<void> {
  const state = await openState({ data })
  const place = { account: '111122223333', region: 'us-east-1', name: 'full' }
  const Policy = JSON.stringify({ Version: '2012-10-17', Statement: [{ Effect: 'Allow', Principal: '*', Action: 'sqs:*', Resource: '*' }] })
  const now = Date.now()
  const flying = { sentAt: now, visibleAt: now + 43_000_000, received: 1, receivedHere: 1, firstReceivedAt: now, receipt: 'r' }
  await state.store.batch([
    { collection: queues, scope: scopeOf(place), key: 'full', value: { ...place, id: 'full', attributes: { Policy }, tags: {}, createdAt: 0, modifiedAt: 0 } },
    ...Array.from({ length: MOST_IN_FLIGHT }, (_, i) => ({ collection: deliveries, scope: 'full', key: String(i).padStart(20, '0'), value: flying })),
  ])
  await state.close()
}

const call = (name: string, input: () => object): Provoke => () => client.send(new (sdk as any)[`${name}Command`](input()))
const provoked: Record<string, Provoke> = {}

/** What an operation on a queue needs beside its URL to be well-formed. */
const WHOLE: Record<string, object> = {
  AddPermission: { Label: 'l', AWSAccountIds: ['111122223333'], Actions: ['SendMessage'] },
  ChangeMessageVisibility: { ReceiptHandle: 'x', VisibilityTimeout: 1 },
  ChangeMessageVisibilityBatch: { Entries: [{ Id: '1', ReceiptHandle: 'x', VisibilityTimeout: 1 }] },
  DeleteMessage: { ReceiptHandle: 'x' },
  DeleteMessageBatch: { Entries: [{ Id: '1', ReceiptHandle: 'x' }] },
  GetQueueUrl: { QueueName: 'missing' },
  RemovePermission: { Label: 'l' },
  SendMessage: { MessageBody: 'x' },
  SendMessageBatch: { Entries: [{ Id: '1', MessageBody: 'x' }] },
  SetQueueAttributes: { Attributes: {} },
  TagQueue: { Tags: { a: 'b' } },
  UntagQueue: { TagKeys: ['a'] },
}
for (const { name, schema } of sqs.operations) {
  if (!(documented as Record<string, string[]>)[name]!.includes('QueueDoesNotExist')) continue
  const takesUrl = [...NormalizedSchema.of(schema[4]).structIterator()].some(([member]) => member === 'QueueUrl')
  provoked[`${name} QueueDoesNotExist`] = call(name, () => ({ ...(takesUrl ? { QueueUrl: `${sandbox.url}/${sandbox.accountId}/missing` } : {}), ...WHOLE[name] }))
}
for (const name of ['ChangeMessageVisibilityBatch', 'DeleteMessageBatch', 'SendMessageBatch']) {
  const [entry] = (WHOLE[name] as { Entries: object[] }).Entries
  const batch = (Entries: object[]) => call(name, () => ({ QueueUrl: url, Entries }))
  provoked[`${name} BatchEntryIdsNotDistinct`] = batch([entry!, entry!])
  provoked[`${name} EmptyBatchRequest`] = batch([])
  provoked[`${name} InvalidBatchEntryId`] = batch([{ ...entry, Id: 'not an id!' }])
  provoked[`${name} TooManyEntriesInBatchRequest`] = batch(Array.from({ length: 11 }, (_, i) => ({ ...entry, Id: String(i) })))
}
const noQueue = () => deadArn.replace(/dead$/, 'missing')
Object.assign(provoked, {
  'AddPermission OverLimit': call('AddPermission', () => ({ QueueUrl: url, Label: 'many', AWSAccountIds: ['111122223333'], Actions: ['SendMessage', 'ReceiveMessage', 'DeleteMessage', 'ChangeMessageVisibility', 'GetQueueAttributes', 'GetQueueUrl', 'ListDeadLetterSourceQueues', 'PurgeQueue'] })),
  'CancelMessageMoveTask ResourceNotFoundException': call('CancelMessageMoveTask', () => ({ TaskHandle: Buffer.from(JSON.stringify({ taskId: 'gone', sourceArn: deadArn })).toString('base64') })),
  'CancelMessageMoveTask UnsupportedOperation': call('CancelMessageMoveTask', () => ({ TaskHandle: cancelled })),
  'ChangeMessageVisibility MessageNotInflight': call('ChangeMessageVisibility', () => ({ QueueUrl: url, ReceiptHandle: shown, VisibilityTimeout: 1 })),
  'ChangeMessageVisibility ReceiptHandleIsInvalid': call('ChangeMessageVisibility', () => ({ QueueUrl: url, ReceiptHandle: 'x', VisibilityTimeout: 1 })),
  'CreateQueue InvalidAttributeName': call('CreateQueue', () => ({ QueueName: 'new', Attributes: { Colour: 'blue' } })),
  'CreateQueue InvalidAttributeValue': call('CreateQueue', () => ({ QueueName: 'new', Attributes: { DelaySeconds: '901' } })),
  'CreateQueue QueueNameExists': call('CreateQueue', () => ({ QueueName: 'orders', Attributes: { DelaySeconds: '1' } })),
  'DeleteMessage ReceiptHandleIsInvalid': call('DeleteMessage', () => ({ QueueUrl: url, ReceiptHandle: 'x' })),
  'GetQueueAttributes InvalidAttributeName': call('GetQueueAttributes', () => ({ QueueUrl: url, AttributeNames: ['Colour'] })),
  'ListMessageMoveTasks ResourceNotFoundException': call('ListMessageMoveTasks', () => ({ SourceArn: noQueue() })),
  'PurgeQueue PurgeQueueInProgress': call('PurgeQueue', () => ({ QueueUrl: `${sandbox.url}/${sandbox.accountId}/purged` })),
  'ReceiveMessage OverLimit': call('ReceiveMessage', () => ({ QueueUrl: full })),
  'SendMessage InvalidMessageContents': call('SendMessage', () => ({ QueueUrl: url, MessageBody: 'a\u0001b' })),
  'SendMessageBatch BatchRequestTooLong': call('SendMessageBatch', () => ({ QueueUrl: url, Entries: ['1', '2'].map((Id) => ({ Id, MessageBody: 'x'.repeat(600_000) })) })),
  'SendMessage UnsupportedOperation': call('SendMessage', () => ({ QueueUrl: url, MessageBody: 'x', MessageSystemAttributes: { AWSTraceHeader: { DataType: 'Number', StringValue: '1' } } })),
  'SetQueueAttributes InvalidAttributeName': call('SetQueueAttributes', () => ({ QueueUrl: url, Attributes: { Colour: 'blue' } })),
  'SetQueueAttributes InvalidAttributeValue': call('SetQueueAttributes', () => ({ QueueUrl: url, Attributes: { DelaySeconds: 'x' } })),
  'StartMessageMoveTask ResourceNotFoundException': call('StartMessageMoveTask', () => ({ SourceArn: noQueue() })),
  'StartMessageMoveTask UnsupportedOperation': call('StartMessageMoveTask', () => ({ SourceArn: deadArn.replace(/dead$/, 'slow-dead') })),
})

const noKeys = 'No KMS: a queue keeps and tells the key that it is given, and nothing asks for that key.'

describe('SQS', () => {
  itAnswersTheDocumentedErrors({
    service: sqs,
    documented,
    provoked,
    never: {
      InvalidAddress: "AWS says it of an account or queue that it cannot place; here each URL that is none names no queue and is QueueDoesNotExist, AWS's answer to the same.",
      InvalidSecurity: 'AWS says it of calls without HTTPS or with old signatures; the sandbox is loopback, and another signature is refused before SQS.',
      RequestThrottled: "AWS's throttling of a busy service; the sandbox makes callers wait instead.",
      UnsupportedOperation: 'The model lists it for every operation; SQS has no case of it beside those provoked.',
      InvalidIdFormat: 'Deprecated: AWS answers ReceiptHandleIsInvalid since handles have one form.',
      QueueDeletedRecently: 'AWS keeps a deleted name for a minute; here it is free at once, so that an exercise can be cleared and begun anew.',
      'SetQueueAttributes OverLimit': 'AWS documents no limit with a number that SetQueueAttributes would answer so; a policy that is too large is InvalidAttributeValue.',
      KmsAccessDenied: noKeys,
      KmsDisabled: noKeys,
      KmsInvalidKeyUsage: noKeys,
      KmsInvalidState: noKeys,
      KmsNotFound: noKeys,
      KmsOptInRequired: noKeys,
      KmsThrottled: noKeys,
    },
  })
})
