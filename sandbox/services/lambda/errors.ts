import { InvalidParameterValueException, PreconditionFailedException, ResourceConflictException, ResourceNotFoundException } from '@aws-sdk/client-lambda'

/** Lambda's errors bear `Type: User` where the caller is at fault. */
const user = (message: string) => ({ message, Type: 'User', $metadata: {} })

export const invalid = (message: string) => new InvalidParameterValueException(user(message))
export const notFound = (message: string) => new ResourceNotFoundException(user(message))
export const conflict = (message: string) => new ResourceConflictException(user(message))

/**
 * Holds a change against the revision that the caller saw.
 * @param api which operation tells the latest one
 * @throws PreconditionFailedException
 */
export function checkRevision(given: string | undefined, latest: string | undefined, api: string): void {
  if (given === undefined || given === latest) return
  throw new PreconditionFailedException(user(`The Revision Id provided does not match the latest Revision Id. Call the ${api} API to retrieve the latest Revision Id`))
}
