import type { Call } from '../../operation'
import { users, type User } from './records'

/** The users that are in a group, sorted by name. */
export async function membersOf({ sandbox, account }: Pick<Call, 'sandbox' | 'account'>, groupName: string): Promise<User[]> {
  return (await sandbox.store.list(users, account)).map(({ value }) => value).filter((user) => user.groups?.includes(groupName))
}
