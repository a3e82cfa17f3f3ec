import { ListEntitiesForPolicy$, type ListEntitiesForPolicyRequest, type ListEntitiesForPolicyResponse } from '@aws-sdk/client-iam'
import { operation } from '../../../operation'
import { policyContext, requirePolicy } from '../managed-policies'
import { page } from '../page'
import { groups, roles, users, type Entity } from '../records'

/** The groups, roles and users that have a managed policy, attached or as their boundary. */
export const listEntitiesForPolicy = operation<ListEntitiesForPolicyRequest, ListEntitiesForPolicyResponse>(ListEntitiesForPolicy$, {
  resource: ({ input }) => input.PolicyArn!,
  context: (call) => policyContext(call, call.input.PolicyArn!),
  async run(call) {
    const { sandbox, account, input } = call
    const { arn } = await requirePolicy(call, input.PolicyArn!)
    const asBoundary = input.PolicyUsageFilter === 'PermissionsBoundary'
    const has = (entity: Entity) => (asBoundary ? entity.boundary === arn : entity.attached.includes(arn)) && entity.path.startsWith(input.PathPrefix ?? '/')
    const wants = (kind: string) => input.EntityFilter === undefined || input.EntityFilter === kind
    const foundRoles = wants('Role') ? (await sandbox.store.list(roles, account)).map(({ value }) => value).filter(has) : []
    const foundUsers = wants('User') ? (await sandbox.store.list(users, account)).map(({ value }) => value).filter(has) : []
    const foundGroups = wants('Group') ? (await sandbox.store.list(groups, account)).map(({ value }) => value).filter(has) : []
    // One page runs over groups, roles and users alike, sorted by ARN.
    const all = [...foundGroups, ...foundRoles, ...foundUsers].sort((a, b) => (a.arn < b.arn ? -1 : 1))
    const { items, ...paging } = page(all, (entity) => entity.arn, input)
    return {
      PolicyGroups: items.filter((entity) => 'groupId' in entity).map(({ groupName, groupId }) => ({ GroupName: groupName, GroupId: groupId })),
      PolicyRoles: items.filter((entity) => 'roleId' in entity).map(({ roleName, roleId }) => ({ RoleName: roleName, RoleId: roleId })),
      PolicyUsers: items.filter((entity) => 'userId' in entity).map(({ userName, userId }) => ({ UserName: userName, UserId: userId })),
      ...paging,
    }
  },
})
