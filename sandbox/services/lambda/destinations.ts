import { randomUUID } from 'node:crypto'
import type { MessageAttributeValue } from '@aws-sdk/client-sqs'
import { AwsError } from '../../errors'
import type { Sandbox } from '../../sandbox'
import { isFifo } from '../sqs/attributes'
import { send } from '../sqs/messages'
import { parseQueueArn } from '../sqs/names'
import { newMessage } from '../sqs/new-message'
import { queuePolicy } from '../sqs/on-queue'
import { findQueue, requireQueue } from '../sqs/queues'
import { actAs, type Acting } from './act-as'
import { invalid } from './errors'
import { findFunction, requireFunction } from './functions'
import { functionArn, parseName, type FunctionName } from './names'
import { policyDocument } from './policy'

/** Bytes of an event (Lambda quotas, "Invocation payload", asynchronous). */
const LARGEST_EVENT = 1_048_576

/**
 * Holds a destination of asynchronous invocations against what is there and what the role may do.
 * @throws InvalidParameterValueException
 */
export async function checkDestination(sandbox: Sandbox, acting: Acting, arn: string): Promise<void> {
  const queue = parseQueueArn(arn)
  if (queue) {
    if (isFifo(queue)) throw invalid(`The destination ARN ${arn} is invalid: FIFO queues are not supported as destinations.`)
    if (!(await findQueue(sandbox, queue))) throw invalid(`The destination ARN ${arn} is invalid: the queue does not exist.`)
    return mayOrInvalid(actAs(sandbox, acting, 'sqs:SendMessage', arn, await queuePolicy(sandbox, queue)), `The function's execution role does not have permissions to call SendMessage on ${arn}`)
  }
  const target = lambdaTarget(acting, arn)
  if (!target) throw invalid(`The destination ${arn} is not served by this sandbox: give an SQS queue or a Lambda function.`)
  const record = await findFunction(sandbox, target)
  if (!record) throw invalid(`The destination ARN ${arn} is invalid: the function does not exist.`)
  if (target.name === acting.functionName && target.account === acting.account) throw invalid(`You cannot use the function ${arn} as a destination for itself.`)
  await mayOrInvalid(actAs(sandbox, acting, 'lambda:InvokeFunction', arn, policyDocument(record, target.qualifier)), `The function's execution role does not have permissions to call Invoke on ${arn}`)
}

/** Holds a dead letter queue against what is there and what the role may do. @throws InvalidParameterValueException */
export async function checkDeadLetters(sandbox: Sandbox, acting: Acting, arn: string): Promise<void> {
  const queue = parseQueueArn(arn)
  if (!queue) throw invalid(`The dead letter target ${arn} is not served by this sandbox: give an SQS queue.`)
  const denied = 'The provided execution role does not have permissions to call SendMessage on SQS'
  if (!(await findQueue(sandbox, queue))) throw invalid(denied)
  await mayOrInvalid(actAs(sandbox, acting, 'sqs:SendMessage', arn, await queuePolicy(sandbox, queue)), denied)
}

/**
 * Hands a record to a queue or a function, as the role.
 * @param trace the trace header that goes with it
 * @throws where the role may not, the destination is gone, or the record is too large for it
 */
export async function deliver(sandbox: Sandbox, acting: Acting, arn: string, body: string, trace: string, attributes?: Record<string, MessageAttributeValue>): Promise<void> {
  const queue = parseQueueArn(arn)
  if (queue) {
    const principal = await actAs(sandbox, acting, 'sqs:SendMessage', arn, await queuePolicy(sandbox, queue))
    const record = await requireQueue(sandbox, queue)
    await send(sandbox, record, [newMessage(record, { MessageBody: body, MessageAttributes: attributes }, principal, trace)])
    return
  }
  const target = lambdaTarget(acting, arn)!
  const record = await requireFunction(sandbox, target)
  await actAs(sandbox, acting, 'lambda:InvokeFunction', arn, policyDocument(record, target.qualifier))
  if (Buffer.byteLength(body) > LARGEST_EVENT) throw invalid(`The record is larger than ${LARGEST_EVENT} bytes.`)
  const { account, region, name, qualifier } = target
  await sandbox.asyncEvents.accept({
    requestId: randomUUID(),
    account,
    region,
    functionName: name,
    ...(qualifier === undefined ? {} : { qualifier }),
    invokedArn: functionArn(target),
    payload: Buffer.from(body).toString('base64'),
    traceHeader: trace,
  })
}

function lambdaTarget(acting: Acting, arn: string): FunctionName | undefined {
  return arn.startsWith(`arn:aws:lambda:${acting.region}:`) && arn.split(':')[5] === 'function' ? parseName(acting, arn) : undefined
}

/** A denial of the role is the caller's mistake here, told as such. */
async function mayOrInvalid(may: Promise<unknown>, message: string): Promise<void> {
  try {
    await may
  } catch (error) {
    if (error instanceof AwsError) throw invalid(message)
    throw error
  }
}
