import { AwsError } from '../../errors'
import type { Sandbox } from '../../sandbox'
import type { Acting } from './act-as'
import { isBucket, kindOf, type Outgoing } from './destination-kinds'
import { invalid } from './errors'

/**
 * Holds a destination against what is there and what the role may do.
 * @param isForSuccess a bucket takes failures only
 * @throws InvalidParameterValueException
 */
export async function checkDestination(sandbox: Sandbox, acting: Acting, arn: string, isForSuccess = false): Promise<void> {
  const kind = kindOf(acting, arn)
  const refused = (why: string) => invalid(`The destination ARN ${arn} is invalid: ${why}.`)
  if (!kind) throw refused('it must be a queue, a topic, an event bus, a bucket or a function of this region')
  if (isForSuccess && isBucket(kind)) throw refused('S3 buckets are supported as destinations for failures only')
  const problem = await kind.problem(sandbox, acting, arn)
  if (problem !== undefined) throw refused(problem)
  await mayOrInvalid(kind.permit(sandbox, acting, arn), `The function's execution role does not have permissions to call ${kind.call} on ${arn}`)
}

/** Holds a dead letter queue or topic against what is there and what the role may do. @throws InvalidParameterValueException */
export async function checkDeadLetters(sandbox: Sandbox, acting: Acting, arn: string): Promise<void> {
  const kind = kindOf(acting, arn)
  if (kind?.service !== 'SQS' && kind?.service !== 'SNS') throw invalid(`The dead letter target ${arn} is invalid: it must be a queue or a topic.`)
  const denied = `The provided execution role does not have permissions to call ${kind.call} on ${kind.service}`
  if ((await kind.problem(sandbox, acting, arn)) !== undefined) throw invalid(denied)
  await mayOrInvalid(kind.permit(sandbox, acting, arn), denied)
}

/**
 * Hands a record over, as the role.
 * @throws where the role may not, the destination is gone, or the record is too large for it
 */
export async function deliver(sandbox: Sandbox, acting: Acting, arn: string, outgoing: Outgoing): Promise<void> {
  await kindOf(acting, arn)!.deliver(sandbox, acting, arn, outgoing)
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
