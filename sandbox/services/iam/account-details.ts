import type { EntityType, GroupDetail, ManagedPolicyDetail, PolicyDetail, RoleDetail, UserDetail } from '@aws-sdk/client-iam'
import type { Call } from '../../operation'
import { awsManaged } from './aws-managed'
import { describeProfile, profilesOfRole } from './instance-profiles'
import { usageOfAll, versionsOf } from './managed-policies'
import { groups, managedPolicies, roles, users, type Entity } from './records'
import { encodeDocument, shownGroup, shownPolicy, shownRole, shownRoleInFull, shownUser, shownUserInFull } from './shapes'

/** One thing of the account; one of the four details is there. */
interface Detail {
  arn: string
  user?: UserDetail
  group?: GroupDetail
  role?: RoleDetail
  policy?: ManagedPolicyDetail
}

/**
 * Everything that says who may do what in an account, sorted by ARN. Of AWS's policies only those in use.
 * @param filter kinds to give; all where it is empty
 */
export async function accountDetails(call: Call, filter: EntityType[]): Promise<Detail[]> {
  const { sandbox, account } = call
  const wants = (kind: EntityType) => filter.length === 0 || filter.includes(kind)
  const details: Detail[] = []
  if (wants('User')) {
    for (const { value } of await sandbox.store.list(users, account)) {
      const { PermissionsBoundary, Tags = [] } = shownUserInFull(value)
      const user = { ...shownUser(value), UserPolicyList: inlineOf(value), GroupList: value.groups ?? [], AttachedManagedPolicies: attachedOf(value), PermissionsBoundary, Tags }
      details.push({ arn: value.arn, user })
    }
  }
  if (wants('Group')) {
    for (const { value } of await sandbox.store.list(groups, account)) {
      details.push({ arn: value.arn, group: { ...shownGroup(value), GroupPolicyList: inlineOf(value), AttachedManagedPolicies: attachedOf(value) } })
    }
  }
  if (wants('Role')) {
    for (const { value } of await sandbox.store.list(roles, account)) {
      const { PermissionsBoundary, Tags = [], RoleLastUsed } = shownRoleInFull(value)
      const { Description: _, MaxSessionDuration: __, ...shown } = shownRole(value)
      const InstanceProfileList = await Promise.all((await profilesOfRole(call, value.roleName)).map((profile) => describeProfile(call, profile)))
      const role = { ...shown, InstanceProfileList, RolePolicyList: inlineOf(value), AttachedManagedPolicies: attachedOf(value), PermissionsBoundary, Tags, RoleLastUsed }
      details.push({ arn: value.arn, role })
    }
  }
  const usage = await usageOfAll(call)
  const own = wants('LocalManagedPolicy') ? (await sandbox.store.list(managedPolicies, account)).map(({ value }) => value) : []
  const aws = wants('AWSManagedPolicy') ? [...awsManaged.values()].filter(({ arn }) => usage.has(arn)) : []
  for (const one of [...own, ...aws]) {
    const PolicyVersionList = versionsOf(one).map(({ id, document, createdAt }) => ({
      VersionId: id,
      Document: encodeDocument(document),
      IsDefaultVersion: id === one.defaultVersion,
      CreateDate: new Date(createdAt),
    }))
    details.push({ arn: one.arn, policy: { ...shownPolicy(one, usage.get(one.arn) ?? { attached: 0, boundaries: 0 }), PolicyVersionList } })
  }
  return details.sort((a, b) => (a.arn < b.arn ? -1 : 1))
}

function inlineOf({ inline }: Entity): PolicyDetail[] {
  return Object.entries(inline).map(([PolicyName, text]) => ({ PolicyName, PolicyDocument: encodeDocument(text) }))
}

function attachedOf({ attached }: Entity) {
  return attached.map((arn) => ({ PolicyName: arn.slice(arn.lastIndexOf('/') + 1), PolicyArn: arn }))
}
