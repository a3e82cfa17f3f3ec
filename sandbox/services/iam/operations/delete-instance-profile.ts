import { DeleteInstanceProfile$, type DeleteInstanceProfileRequest } from '@aws-sdk/client-iam'
import { operation } from '../../../operation'
import { change, conflict } from '../entities'
import { profileArn, profileContext, requireProfile } from '../instance-profiles'
import { instanceProfiles } from '../records'

/** Deletes an instance profile that holds no role. */
export const deleteInstanceProfile = operation<DeleteInstanceProfileRequest, Record<string, never>>(DeleteInstanceProfile$, {
  resource: (call) => profileArn(call, call.input.InstanceProfileName!),
  context: (call) => profileContext(call, call.input.InstanceProfileName!),
  async run(call) {
    return change(call, async () => {
      const profile = await requireProfile(call, call.input.InstanceProfileName!)
      if (profile.roleName !== undefined) throw conflict('Cannot delete entity, must remove roles from instance profile first.')
      await call.sandbox.store.delete(instanceProfiles, call.account, profile.profileName)
      return {}
    })
  },
})
