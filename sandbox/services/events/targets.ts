import { LimitExceededException, type Target as WireTarget } from '@aws-sdk/client-eventbridge'
import { AwsError } from '../../errors'
import { isJson } from '../../json'
import { DELIVERABLE } from '../../outbox'
import { invalid } from './errors'
import type { Target } from './records'

const MOST_PER_RULE = 5

/**
 * Reads a target.
 * @throws ValidationException, UnsupportedOperation for a target of a service that is not here
 */
export function readTarget({ Id, Arn, RoleArn, Input, InputPath, InputTransformer, SqsParameters, DeadLetterConfig, RetryPolicy }: WireTarget): Target {
  const id = Id!
  const arn = Arn!
  if (!/^arn:aws[\w-]*:[\w-]+:/.test(arn)) throw invalid(`Parameter ${arn} is not valid. Reason: Provided Arn is not in correct format.`)
  if (!DELIVERABLE.test(arn)) throw new AwsError('UnsupportedOperation', `Target ${arn} is of a service that this sandbox does not have: targets are Lambda functions, SQS queues, SNS topics and event buses.`, 400)
  if ([Input, InputPath, InputTransformer].filter((one) => one !== undefined).length > 1) throw invalid(`Only one of Input, InputPath, or InputTransformer must be provided for target ${id}.`)
  if (Input !== undefined && !isJson(Input)) throw invalid(`JSON syntax error in Input for target ${id}.`)
  const isFifo = arn.startsWith('arn:aws:sqs:') && arn.endsWith('.fifo')
  if (isFifo && !SqsParameters?.MessageGroupId) throw invalid(`Parameter(s) SqsParameters must be specified for target: ${id}.`)
  if (arn.startsWith('arn:aws:events:') && RoleArn === undefined) throw invalid(`RoleArn is required for target ${arn}.`)
  return {
    id,
    arn,
    ...(RoleArn === undefined ? {} : { roleArn: RoleArn }),
    ...(Input === undefined ? {} : { input: Input }),
    ...(InputPath === undefined ? {} : { inputPath: InputPath }),
    ...(InputTransformer ? { transformer: { paths: InputTransformer.InputPathsMap ?? {}, template: InputTransformer.InputTemplate! } } : {}),
    ...(DeadLetterConfig?.Arn === undefined ? {} : { deadLetterArn: DeadLetterConfig.Arn }),
    ...(RetryPolicy ? { retry: { attempts: RetryPolicy.MaximumRetryAttempts, ageSeconds: RetryPolicy.MaximumEventAgeInSeconds } as Target['retry'] & object } : {}),
    ...(SqsParameters?.MessageGroupId === undefined ? {} : { messageGroupId: SqsParameters.MessageGroupId }),
  }
}

/** The targets of a rule with others added, by their ids. @throws LimitExceededException beyond five */
export function withTargets(before: Target[], added: Target[]): Target[] {
  const all = [...before.filter(({ id }) => !added.some((one) => one.id === id)), ...added]
  if (all.length > MOST_PER_RULE) throw new LimitExceededException({ message: `The requested resource exceeds the maximum number allowed: ${MOST_PER_RULE} targets per rule.`, $metadata: {} })
  return all
}

/** A target as AWS shows it. */
export function describeTarget({ id, arn, roleArn, input, inputPath, transformer, deadLetterArn, retry, messageGroupId }: Target): WireTarget {
  return {
    Id: id,
    Arn: arn,
    ...(roleArn === undefined ? {} : { RoleArn: roleArn }),
    ...(input === undefined ? {} : { Input: input }),
    ...(inputPath === undefined ? {} : { InputPath: inputPath }),
    ...(transformer ? { InputTransformer: { InputPathsMap: transformer.paths, InputTemplate: transformer.template } } : {}),
    ...(messageGroupId === undefined ? {} : { SqsParameters: { MessageGroupId: messageGroupId } }),
    ...(deadLetterArn === undefined ? {} : { DeadLetterConfig: { Arn: deadLetterArn } }),
    ...(retry ? { RetryPolicy: { MaximumRetryAttempts: retry.attempts, MaximumEventAgeInSeconds: retry.ageSeconds } } : {}),
  }
}
