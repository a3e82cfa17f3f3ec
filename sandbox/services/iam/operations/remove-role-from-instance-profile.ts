import { RemoveRoleFromInstanceProfile$, type RemoveRoleFromInstanceProfileRequest } from '@aws-sdk/client-iam'
import { operation } from '../../../operation'
import { notFound, requireEntity, ROLE } from '../entities'
import { editProfile, profileArn, profileContext } from '../instance-profiles'

/** Takes the role out of an instance profile. */
export const removeRoleFromInstanceProfile = operation<RemoveRoleFromInstanceProfileRequest, Record<string, never>>(RemoveRoleFromInstanceProfile$, {
  resource: (call) => profileArn(call, call.input.InstanceProfileName!),
  context: (call) => profileContext(call, call.input.InstanceProfileName!),
  async run(call) {
    const { sandbox, account, input } = call
    await editProfile(call, input.InstanceProfileName!, async (profile) => {
      const role = await requireEntity(sandbox, ROLE, account, input.RoleName!)
      if (profile.roleName !== role.roleName) throw notFound(`Role ${role.roleName} is not in instance profile ${profile.profileName}.`)
      delete profile.roleName
    })
    return {}
  },
})
