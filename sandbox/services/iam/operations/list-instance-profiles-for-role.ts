import { ListInstanceProfilesForRole$, type ListInstanceProfilesForRoleRequest, type ListInstanceProfilesForRoleResponse } from '@aws-sdk/client-iam'
import { operation } from '../../../operation'
import { entityArn, requireEntity, ROLE } from '../entities'

/** The instance profiles of a role. The sandbox has no EC2, so there can be none; Terraform asks before it deletes a role. */
export const listInstanceProfilesForRole = operation<ListInstanceProfilesForRoleRequest, ListInstanceProfilesForRoleResponse>(ListInstanceProfilesForRole$, {
  resource: (call) => entityArn(call, ROLE, call.input.RoleName!),
  async run(call) {
    await requireEntity(call.sandbox, ROLE, call.account, call.input.RoleName!)
    return { InstanceProfiles: [], IsTruncated: false }
  },
})
