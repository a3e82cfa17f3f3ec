import { InvalidParameterException, InvalidParameterValueException, NotFoundException } from '@aws-sdk/client-sns'
import { AwsError } from '../../errors'

export const invalid = (what: string) => new InvalidParameterException({ message: `Invalid parameter: ${what}`, $metadata: {} })
/** What SNS answers to a message attribute that will not do. */
export const invalidValue = (message: string) => new InvalidParameterValueException({ message, $metadata: {} })
export const noTopic = () => new NotFoundException({ message: 'Topic does not exist', $metadata: {} })
export const noSubscription = () => new NotFoundException({ message: 'Subscription does not exist', $metadata: {} })
/** What AWS has and the sandbox has not, within an operation that is there. */
export const notHere = (what: string) => new AwsError('NotImplemented', `sns: ${what} is not implemented in this sandbox.`, 501)
