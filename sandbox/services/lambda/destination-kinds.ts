import { randomUUID } from 'node:crypto'
import { Readable } from 'node:stream'
import type { MessageAttributeValue } from '@aws-sdk/client-sqs'
import type { Call, Principal } from '../../operation'
import type { Sandbox } from '../../sandbox'
import { busPolicy, findBus } from '../events/buses'
import { parseBus } from '../events/names'
import { resourcePolicyOf } from '../s3/bucket-policy'
import { findBucket, requireBucket } from '../s3/buckets'
import { objectArn } from '../s3/names'
import { writeObject } from '../s3/write-object'
import { findTopicName } from '../sns/names'
import { topicPolicy } from '../sns/topic-policy'
import { findTopic } from '../sns/topics'
import { isFifo } from '../sqs/attributes'
import { readAttributes } from '../sqs/message-attributes'
import { send } from '../sqs/messages'
import { parseQueueArn } from '../sqs/names'
import { newMessage } from '../sqs/new-message'
import { queuePolicy } from '../sqs/on-queue'
import { findQueue, requireQueue } from '../sqs/queues'
import { actAs, type Acting } from './act-as'
import { invalid } from './errors'
import { findFunction, requireFunction } from './functions'
import { functionArn, parseName, unqualifiedArn, type FunctionName } from './names'
import { policyDocument } from './policy'

/** What is handed over. */
export interface Outgoing {
  /** JSON. */
  body: string
  isSuccess: boolean
  /** Where it lies in a bucket, below `aws/lambda/`. */
  folder: string
  /** The trace header that goes with it. */
  trace?: string
  /** Message attributes, where it is a message. */
  attributes?: Record<string, MessageAttributeValue>
}

/** A kind of thing that takes what became of an event. */
export interface Kind {
  /** `SendMessage on …`, as AWS names the permission that a role lacks. */
  call: string
  /** As AWS names the service. */
  service: string
  /** Why the thing cannot be a destination, in words that end a sentence; undefined where it can. */
  problem(sandbox: Sandbox, acting: Acting, arn: string): Promise<string | undefined>
  /** @throws AccessDenied where the role may not */
  permit(sandbox: Sandbox, acting: Acting, arn: string): Promise<unknown>
  /** @throws where the role may not, the thing is gone, or does not take it */
  deliver(sandbox: Sandbox, acting: Acting, arn: string, outgoing: Outgoing): Promise<void>
}

/** Bytes of an event (Lambda quotas, "Invocation payload", asynchronous). */
const LARGEST_EVENT = 1_048_576
/** The outbox tries again what is refused for the moment only. */
const RETRY = { attempts: 3, ageSeconds: 3600, waits: [1000, 10_000, 60_000] }

const queue: Kind = {
  call: 'SendMessage',
  service: 'SQS',
  async problem(sandbox, _acting, arn) {
    const name = parseQueueArn(arn)!
    if (isFifo(name)) return 'FIFO queues are not supported as destinations'
    return (await findQueue(sandbox, name)) ? undefined : 'the queue does not exist'
  },
  permit: async (sandbox, acting, arn) => actAs(sandbox, acting, 'sqs:SendMessage', arn, await queuePolicy(sandbox, parseQueueArn(arn)!)),
  async deliver(sandbox, acting, arn, { body, trace, attributes }) {
    const principal = await actAs(sandbox, acting, 'sqs:SendMessage', arn, await queuePolicy(sandbox, parseQueueArn(arn)!))
    const record = await requireQueue(sandbox, parseQueueArn(arn)!)
    await send(sandbox, record, [newMessage(record, { MessageBody: body, MessageAttributes: attributes }, principal, trace)])
  },
}

const topic: Kind = {
  call: 'Publish',
  service: 'SNS',
  async problem(sandbox, _acting, arn) {
    const name = findTopicName(arn)!
    if (name.name.endsWith('.fifo')) return 'FIFO topics are not supported as destinations'
    return (await findTopic(sandbox, name)) ? undefined : 'the topic does not exist'
  },
  permit: async (sandbox, acting, arn) => actAs(sandbox, acting, 'sns:Publish', arn, await topicPolicy(sandbox, findTopicName(arn)!)),
  deliver: (sandbox, acting, arn, outgoing) => handOver(sandbox, acting, arn, outgoing),
}

const bus: Kind = {
  call: 'PutEvents',
  service: 'EventBridge',
  problem: async (sandbox, acting, arn) => ((await findBus(sandbox, parseBus(acting, arn))) ? undefined : 'the event bus does not exist'),
  permit: async (sandbox, acting, arn) => actAs(sandbox, acting, 'events:PutEvents', arn, await busPolicy(sandbox, parseBus(acting, arn))),
  deliver(sandbox, acting, arn, { body, isSuccess }) {
    const { account, region } = acting
    const detail = JSON.parse(body) as { requestContext?: { functionArn?: string } }
    const event = {
      version: '0',
      id: randomUUID(),
      'detail-type': `Lambda Function Invocation Result - ${isSuccess ? 'Success' : 'Failure'}`,
      source: 'lambda',
      account,
      time: new Date(sandbox.clock.now(account)).toISOString().replace(/\.\d+Z$/, 'Z'),
      region,
      resources: [arn, detail.requestContext?.functionArn ?? nameArn(acting)],
      detail,
    }
    return handOver(sandbox, acting, arn, { body: JSON.stringify(event) })
  },
}

const bucket: Kind = {
  call: 'PutObject',
  service: 'S3',
  async problem(sandbox, { region }, arn) {
    const found = await findBucket(sandbox, bucketName(arn))
    if (!found) return 'the bucket does not exist'
    return found.region === region ? undefined : 'the bucket is in another region'
  },
  permit: (sandbox, acting, arn) => mayPut(sandbox, acting, bucketName(arn), `aws/lambda/async/${acting.functionName}/`),
  async deliver(sandbox, acting, arn, { body, folder, trace }) {
    const found = await requireBucket(sandbox, bucketName(arn))
    const at = new Date(sandbox.clock.now(acting.account)).toISOString()
    const [day = '', time = ''] = at.slice(0, 19).split('T')
    const key = `aws/lambda/${folder}/${day.replaceAll('-', '/')}/${day}T${time.replaceAll(':', '.')}-${randomUUID()}`
    const principal = await mayPut(sandbox, acting, found.name, key)
    const input = { Bucket: found.name, Key: key, Body: Readable.from([Buffer.from(body)]), ContentType: 'application/json' }
    await writeObject({ sandbox, principal, input, account: acting.account, region: acting.region, requestId: randomUUID(), sourceIp: 'lambda.amazonaws.com', userAgent: 'lambda.amazonaws.com', ...(trace === undefined ? {} : { traceHeader: trace }) } as Partial<Call> as Call, found, input, 'Put')
  },
}

const aFunction: Kind = {
  call: 'Invoke',
  service: 'Lambda',
  async problem(sandbox, acting, arn) {
    const name = parseName(acting, arn)
    if (!(await findFunction(sandbox, name))) return 'the function does not exist'
    return unqualifiedArn(name) === nameArn(acting) ? 'a function cannot be a destination of its own' : undefined
  },
  permit: async (sandbox, acting, arn) => {
    const name = parseName(acting, arn)
    const record = await requireFunction(sandbox, name)
    return actAs(sandbox, acting, 'lambda:InvokeFunction', arn, policyDocument(record, name.qualifier))
  },
  async deliver(sandbox, acting, arn, { body, trace }) {
    await aFunction.permit(sandbox, acting, arn)
    if (Buffer.byteLength(body) > LARGEST_EVENT) throw invalid(`The record is larger than ${LARGEST_EVENT} bytes.`)
    const name = parseName(acting, arn)
    const { account, region, name: functionName, qualifier } = name
    await sandbox.asyncEvents.accept({
      requestId: randomUUID(),
      account,
      region,
      functionName,
      ...(qualifier === undefined ? {} : { qualifier }),
      invokedArn: functionArn(name),
      payload: Buffer.from(body).toString('base64'),
      ...(trace === undefined ? {} : { traceHeader: trace }),
    })
  },
}

/** The kind of thing that an ARN names; undefined where it is none that takes events. */
export function kindOf(acting: Acting, arn: string): Kind | undefined {
  if (parseQueueArn(arn)) return queue
  if (findTopicName(arn)) return topic
  if (/^arn:aws:events:[a-z0-9-]+:\d{12}:event-bus\/[\w./-]+$/.test(arn)) return bus
  if (/^arn:aws:s3:::[a-z0-9.-]+$/.test(arn)) return bucket
  return new RegExp(`^arn:aws:lambda:${acting.region}:\\d{12}:function:`).test(arn) ? aFunction : undefined
}

/** Only failures go to buckets. */
export const isBucket = (kind: Kind | undefined): boolean => kind === bucket

function bucketName(arn: string): string {
  return arn.split(':')[5]!
}

function nameArn({ account, region, functionName }: Acting): string {
  return unqualifiedArn({ account, region, name: functionName } satisfies FunctionName)
}

async function mayPut(sandbox: Sandbox, acting: Acting, name: string, key: string): Promise<Principal> {
  const found = await requireBucket(sandbox, name)
  const role: Principal = { type: 'AssumedRole', account: acting.account, arn: acting.roleArn, userId: '', accessKeyId: '' }
  return actAs(sandbox, acting, 's3:PutObject', objectArn(name, key), resourcePolicyOf(found, role), found.account)
}

/** Gives it to the outbox, which delivers with the rights of the role. */
async function handOver(sandbox: Sandbox, { account, region, functionName, roleArn }: Acting, target: string, { body, attributes, trace }: Pick<Outgoing, 'body' | 'attributes' | 'trace'>): Promise<void> {
  const stored = readAttributes(attributes)
  const { writes, send } = sandbox.outbox.prepare(sandbox, [
    { account, region, target, sender: { service: 'lambda.amazonaws.com', sourceArn: unqualifiedArn({ account, region, name: functionName }), roleArn }, body, retry: RETRY, ...(stored ? { attributes: stored } : {}), ...(trace === undefined ? {} : { trace }) },
  ])
  await sandbox.store.batch(writes)
  send()
}
