import type { Resource } from '../../operation'
import type { Sandbox } from '../../sandbox'
import { managedPolicies, roles, users } from './records'

/** The users, roles and managed policies of an account. */
export async function resources(sandbox: Sandbox, account: string): Promise<Resource[]> {
  const [allUsers, allRoles, policies] = await Promise.all([sandbox.store.list(users, account), sandbox.store.list(roles, account), sandbox.store.list(managedPolicies, account)])
  const shown = (type: string, found: { key: string; value: { arn: string; createdAt: string } }[]) =>
    found.map(({ key, value: { arn, createdAt } }) => ({ service: 'iam', type, name: key, arn, createdAt }))
  return [...shown('user', allUsers), ...shown('role', allRoles), ...shown('policy', policies)]
}
