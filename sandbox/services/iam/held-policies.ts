import type { Principal } from '../../operation'
import type { Sandbox } from '../../sandbox'
import { awsManaged } from './aws-managed'
import type { NamedPolicy, Policies } from './judge'
import { parsePolicy } from './policy-document'
import { groups, managedPolicies, roles, users, type Entity, type Group, type Role, type User } from './records'

/** The policies of a principal, with the user or role that has them. */
export interface Held extends Policies {
  entity?: User | Role
}

const EVERYTHING: NamedPolicy = { name: 'root', document: { Version: '2012-10-17', Statement: { Effect: 'Allow', Action: '*', Resource: '*' } } }

/**
 * The policies that a principal has at this moment. A role's session is only as good as its role: undefined where the
 * role (or user) is gone, or another of the same name has taken its place.
 */
export async function heldPolicies(sandbox: Sandbox, principal: Principal): Promise<Held | undefined> {
  const sessions = (principal.sessionPolicies ?? []).map((text, i) => ({ name: `session-policy-${i + 1}`, document: parsePolicy(text) }))
  if (principal.type === 'Root' || principal.type === 'Service' || principal.type === 'Anonymous') return { identity: [], sessions }
  // A federated user for whom root vouches may do what its session policies say.
  if (principal.type === 'FederatedUser' && principal.name === undefined) return { identity: [EVERYTHING], sessions }
  let entity: User | Role | undefined
  if (principal.type === 'AssumedRole') {
    const role = await sandbox.store.get(roles, principal.account, principal.name!)
    if (role?.roleId === principal.userId.split(':')[0]) entity = role
  } else {
    const user = await sandbox.store.get(users, principal.account, principal.name!)
    if (user?.userId === (principal.issuerId ?? principal.userId)) entity = user
  }
  if (!entity) return undefined
  return { entity, ...(await entityPolicies(sandbox, principal.account, entity)), sessions }
}

/** The identity policies of a user (its groups' included) or role, and the boundary. */
export async function entityPolicies(sandbox: Sandbox, account: string, entity: User | Role): Promise<Pick<Policies, 'identity' | 'boundary'>> {
  const holders = 'userId' in entity ? [entity, ...(await groupsOf(sandbox, account, entity))] : [entity]
  const identity = await Promise.all(holders.map((holder) => ownPolicies(sandbox, account, holder)))
  // A boundary whose policy cannot be found lets nothing through.
  const boundary = entity.boundary === undefined ? undefined : ((await managedPolicy(sandbox, account, entity.boundary)) ?? { name: entity.boundary, document: { Statement: [] } })
  return { identity: identity.flat(), boundary }
}

/** The groups that a user is in. */
export async function groupsOf(sandbox: Sandbox, account: string, user: User): Promise<Group[]> {
  const found = await Promise.all((user.groups ?? []).map((name) => sandbox.store.get(groups, account, name)))
  return found.filter((group) => group !== undefined)
}

/** The inline and attached policies of one user, group or role, without what it has by others. */
export async function ownPolicies(sandbox: Sandbox, account: string, { inline, attached }: Entity): Promise<NamedPolicy[]> {
  const managed = await Promise.all(attached.map((arn) => managedPolicy(sandbox, account, arn)))
  return [...Object.entries(inline).map(([name, text]) => ({ name, document: parsePolicy(text) })), ...managed.filter((policy) => policy !== undefined)]
}

/** A managed policy in its default version, AWS's or the account's; undefined where there is none of that ARN. */
export async function managedPolicy(sandbox: Sandbox, account: string, arn: string): Promise<NamedPolicy | undefined> {
  const aws = awsManaged.get(arn)
  if (aws) return { name: aws.policyName, arn, document: parsePolicy(aws.document) }
  const own = await sandbox.store.get(managedPolicies, account, arn.slice(arn.lastIndexOf('/') + 1))
  if (own?.arn !== arn) return undefined
  const version = own.versions.find(({ id }) => id === own.defaultVersion)!
  return { name: own.policyName, arn, document: parsePolicy(version.document) }
}
