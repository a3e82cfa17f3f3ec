import { InvalidAttributeName, InvalidAttributeValue } from '@aws-sdk/client-sqs'
import { AwsError } from '../../errors'

export const invalidAttributeName = (name: string) => new InvalidAttributeName({ message: `Unknown Attribute ${name}.`, $metadata: {} })
export const invalidAttribute = (message: string) => new InvalidAttributeValue({ message, $metadata: {} })
/** What SQS answers to a parameter whose value will not do. */
export const invalidParameter = (message: string) => new AwsError('InvalidParameterValueException', message)
export const missingParameter = (name: string) => new AwsError('MissingParameterException', `The request must contain the parameter ${name}.`)
