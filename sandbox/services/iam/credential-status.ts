import { invalidInput } from './entities'

/** The state that a credential is to have. AWS's model also has `Expired`, which only AWS sets. @throws InvalidInputException */
export function readStatus(status: string): 'Active' | 'Inactive' {
  if (status !== 'Active' && status !== 'Inactive') throw invalidInput('The status of a credential can be set to Active or Inactive.')
  return status
}
