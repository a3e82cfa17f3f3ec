import { badRequest } from '../apigateway/errors'

/** What an integration that calls an AWS service directly takes: the parameters of that call. */
interface Subtype {
  required: string[]
  optional: string[]
}

/** The subtypes whose service this sandbox has (HTTP API developer guide, "Integration subtype reference"). */
const SUBTYPES: Record<string, Subtype> = {
  'EventBridge-PutEvents': { required: ['Detail', 'DetailType', 'Source'], optional: ['Time', 'EventBusName', 'Resources', 'Region', 'TraceHeader'] },
  'SQS-SendMessage': { required: ['QueueUrl', 'MessageBody'], optional: ['DelaySeconds', 'MessageAttributes', 'MessageDeduplicationId', 'MessageGroupId', 'MessageSystemAttributes', 'Region'] },
  'SQS-ReceiveMessage': { required: ['QueueUrl'], optional: ['AttributeNames', 'MaxNumberOfMessages', 'MessageAttributeNames', 'ReceiveRequestAttemptId', 'VisibilityTimeout', 'WaitTimeSeconds', 'Region'] },
  'SQS-DeleteMessage': { required: ['ReceiptHandle', 'QueueUrl'], optional: ['Region'] },
  'SQS-PurgeQueue': { required: ['QueueUrl'], optional: ['Region'] },
}

/** Holds the parameters of such an integration against what its subtype takes. @throws BadRequestException, also for a subtype whose service is not here */
export function checkSubtype(subtype: string, parameters: Record<string, string> = {}): void {
  if (!Object.hasOwn(SUBTYPES, subtype)) throw badRequest(`Integration subtype ${subtype} is not supported in this sandbox; it has ${Object.keys(SUBTYPES).join(', ')}.`)
  const { required, optional } = SUBTYPES[subtype]!
  const missing = required.filter((name) => !Object.hasOwn(parameters, name))
  if (missing.length > 0) throw badRequest(`Required parameters are missing for integration subtype ${subtype}: ${missing.join(', ')}`)
  const unknown = Object.keys(parameters).filter((name) => !required.includes(name) && !optional.includes(name))
  if (unknown.length > 0) throw badRequest(`Unknown parameters for integration subtype ${subtype}: ${unknown.join(', ')}`)
}
