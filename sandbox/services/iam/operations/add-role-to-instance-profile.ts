import { AddRoleToInstanceProfile$, type AddRoleToInstanceProfileRequest } from '@aws-sdk/client-iam'
import { operation } from '../../../operation'
import { entityArn, overLimit, requireEntity, requireModifiable, ROLE } from '../entities'
import { editProfile, profileArn, profileContext } from '../instance-profiles'

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
      if (profile.roleName !== undefined) throw overLimit('Cannot exceed quota for InstanceSessionsPerInstanceProfile: 1')
      profile.roleName = role.roleName
    })
    return {}
  },
})
