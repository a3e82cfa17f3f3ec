import { ListInstanceProfilesForRole$, type ListInstanceProfilesForRoleRequest, type ListInstanceProfilesForRoleResponse } from '@aws-sdk/client-iam'
import { operation } from '../../../operation'
import { entityArn, entityContext, requireEntity, ROLE } from '../entities'
import { describeProfile, profilesOfRole } from '../instance-profiles'
import { page } from '../page'

/** The instance profiles that hold a role. */
export const listInstanceProfilesForRole = operation<ListInstanceProfilesForRoleRequest, ListInstanceProfilesForRoleResponse>(ListInstanceProfilesForRole$, {
  resource: (call) => entityArn(call, ROLE, call.input.RoleName!),
  context: (call) => entityContext(call, ROLE, call.input.RoleName!),
  async run(call) {
    const role = await requireEntity(call.sandbox, ROLE, call.account, call.input.RoleName!)
    const { items, ...paging } = page(await profilesOfRole(call, role.roleName), ({ profileName }) => profileName, call.input)
    return { InstanceProfiles: await Promise.all(items.map((profile) => describeProfile(call, { ...profile, tags: [] }))), ...paging }
  },
})
