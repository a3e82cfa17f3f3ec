import { AddRoleToInstanceProfile$, type AddRoleToInstanceProfileRequest } from '@aws-sdk/client-iam'
import { operation } from '../../../operation'
import { entityArn, requireEntity, requireModifiable, ROLE } from '../entities'
import { editProfile, profileArn, profileContext } from '../instance-profiles'
import { requireRoom } from '../quotas'

/** Puts a role into an instance profile, which holds one at most. The caller must be allowed to pass the role. */
export const addRoleToInstanceProfile = operation<AddRoleToInstanceProfileRequest, Record<string, never>>(AddRoleToInstanceProfile$, {
  resource: (call) => profileArn(call, call.input.InstanceProfileName!),
  context: (call) => profileContext(call, call.input.InstanceProfileName!),
  async run(call) {
    const { sandbox, account, input } = call
    await call.authorize('iam:PassRole', await entityArn(call, ROLE, input.RoleName!), { 'iam:PassedToService': 'ec2.amazonaws.com' })
    await editProfile(call, input.InstanceProfileName!, async (profile) => {
      const role = await requireEntity(sandbox, ROLE, account, input.RoleName!)
      requireModifiable(role)
      requireRoom('InstanceSessionsPerInstanceProfile', profile.roleName === undefined ? 0 : 1)
      profile.roleName = role.roleName
    })
    return {}
  },
})
