import type { Call, Operation } from '../../operation'
import type { Sandbox } from '../../sandbox'
import { resourceTags } from '../tag-context'
import { parsePolicy } from '../iam/policy-document'
import { parseQueueArn, parseQueueUrl, queueArn, type QueueName } from './names'
import { findQueue, requireQueue } from './queues'
import type { Queue } from './records'

/** The queue that a call's URL names. @throws QueueDoesNotExist where it is no queue's URL */
export function named(call: Call): QueueName {
  return parseQueueUrl(call.region, call.input.QueueUrl)
}

/** @throws QueueDoesNotExist */
export function queueOf(call: Call): Promise<Queue> {
  return requireQueue(call.sandbox, named(call))
}

/** The policy of a queue, where it has one. */
export async function queuePolicy(sandbox: Sandbox, name: QueueName): Promise<object | undefined> {
  const text = (await findQueue(sandbox, name))?.attributes.Policy
  return text === undefined ? undefined : parsePolicy(text)
}

/** What IAM decides on for the operations on one queue. */
export const onQueue: Pick<Operation, 'resource' | 'context' | 'resourcePolicy'> = {
  resource: (call) => queueArn(named(call)),
  context: async (call) => resourceTags((await findQueue(call.sandbox, named(call)))?.tags),
  resourcePolicy: (call) => queuePolicy(call.sandbox, named(call)),
}

/** What IAM decides on for the operations on the source of a message move, which is named by its ARN. */
export const onSourceArn: Pick<Operation, 'resource' | 'context' | 'resourcePolicy'> = {
  resource: ({ input }) => input.SourceArn,
  context: (call) => sourceContext(call, call.input.SourceArn),
  resourcePolicy: async ({ sandbox }, resource) => {
    const name = parseQueueArn(resource)
    return name && queuePolicy(sandbox, name)
  },
}

/** Condition keys of a call on the source of a message move: its tags. */
export async function sourceContext({ sandbox }: Call, arn: string): Promise<Record<string, string>> {
  const name = parseQueueArn(arn)
  return name ? resourceTags((await findQueue(sandbox, name))?.tags) : {}
}
