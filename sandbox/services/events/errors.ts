import { ResourceAlreadyExistsException, ResourceNotFoundException } from '@aws-sdk/client-eventbridge'
import { AwsError } from '../../errors'

export const notFound = (message: string) => new ResourceNotFoundException({ message, $metadata: {} })
export const alreadyExists = (message: string) => new ResourceAlreadyExistsException({ message, $metadata: {} })
export const invalid = (message: string) => new AwsError('ValidationException', message, 400)
