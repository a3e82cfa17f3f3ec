import { AwsError } from '../../errors'
import type { Call, Principal } from '../../operation'
import { entityContext, notFound, USER } from './entities'
import type { User } from './records'

/** The user who calls, for operations that take the caller where no name is given. @throws ValidationError for any other principal */
export function callingUser(principal: Principal): string {
  if (principal.type === 'IAMUser' && principal.name !== undefined) return principal.name
  throw new AwsError('ValidationError', 'Must specify userName when calling with non-User credentials', 400)
}

/** @throws NoSuchEntityException where the key is not the user's */
export function requireKey(user: User, accessKeyId: string): void {
  if (!user.accessKeys.includes(accessKeyId)) throw notFound(`The Access Key with id ${accessKeyId} cannot be found.`)
}

/** Condition keys of a call on a user, the caller where none is named: its tags. */
export async function userContext(call: Call): Promise<Record<string, string>> {
  const name = call.input.UserName ?? (call.principal.type === 'IAMUser' ? call.principal.name : undefined)
  return name === undefined ? {} : entityContext(call, USER, name)
}
