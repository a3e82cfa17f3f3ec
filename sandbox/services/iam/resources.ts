import type { Resource } from '../../operation'
import type { Sandbox } from '../../sandbox'
import type { Collection } from '../../store'
import { groups, instanceProfiles, managedPolicies, mfaDevices, oidcProviders, roles, samlProviders, serverCertificates, users } from './records'

/** Every kind of thing of IAM that an account holds. */
const KINDS: Record<string, Collection<{ arn: string; createdAt: string }>> = { user: users, group: groups, role: roles, policy: managedPolicies, 'instance-profile': instanceProfiles, 'oidc-provider': oidcProviders, 'saml-provider': samlProviders, mfa: mfaDevices, 'server-certificate': serverCertificates }

/** The users, groups, roles, managed policies, instance profiles, identity providers, MFA devices and server certificates of an account. */
export async function resources(sandbox: Sandbox, account: string): Promise<Resource[]> {
  const lists = await Promise.all(
    Object.entries(KINDS).map(async ([type, kind]) => (await sandbox.store.list(kind, account)).map(({ key, value: { arn, createdAt } }) => ({ service: 'iam', type, name: key, arn, createdAt }))),
  )
  return lists.flat()
}
