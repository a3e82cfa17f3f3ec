import { InvalidParameterCombinationException, InvalidParameterValueException, MissingRequiredParameterException } from '@aws-sdk/client-cloudwatch'
import { AwsError } from '../../errors'

export const invalidValue = (message: string) => new InvalidParameterValueException({ message, $metadata: {} })
export const invalidCombination = (message: string) => new InvalidParameterCombinationException({ message, $metadata: {} })
export const missing = (message: string) => new MissingRequiredParameterException({ message, $metadata: {} })
export const invalid = (message: string) => new AwsError('ValidationError', message, 400)
