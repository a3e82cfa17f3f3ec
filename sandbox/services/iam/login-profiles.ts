import type { Call } from '../../operation'
import { settingsOf } from './account-settings'
import { change, notFound, requireEntity, USER } from './entities'
import { hashPassword, requireGoodPassword } from './passwords'
import { users, type LoginProfile, type User } from './records'

/** Passwords that are kept for reuse prevention, whose most is 24. */
const MOST_BEFORE = 24

/** The password of a user. @throws NoSuchEntityException where there is no user, or the user has none */
export function requireLogin(user: User): LoginProfile {
  if (!user.login) throw notFound(`Login Profile for User ${user.userName} cannot be found.`)
  return user.login
}

/** Makes a user's password, holding it against the policy. @throws PasswordPolicyViolationException */
export async function newLogin(call: Call, password: string, mustReset: boolean, old?: LoginProfile): Promise<LoginProfile> {
  const before = old ? [{ salt: old.salt, hash: old.hash }, ...old.before].slice(0, MOST_BEFORE) : []
  await requireGoodPassword((await settingsOf(call)).passwordPolicy, password, before)
  const now = new Date(call.sandbox.now()).toISOString()
  return { ...(await hashPassword(password)), createdAt: old?.createdAt ?? now, changedAt: now, mustReset, before }
}

/** Reads a user, lets `edit` give the user another password (or none), and writes it. @throws NoSuchEntityException */
export function editLogin(call: Call, name: string, edit: (user: User) => Promise<LoginProfile | undefined>): Promise<User> {
  return change(call, async () => {
    const user = await requireEntity(call.sandbox, USER, call.account, name)
    const login = await edit(user)
    const { login: _, ...rest } = user
    const changed: User = login ? { ...rest, login } : rest
    await call.sandbox.store.put(users, call.account, name, changed)
    return changed
  })
}
