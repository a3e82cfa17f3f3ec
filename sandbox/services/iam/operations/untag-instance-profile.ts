import { UntagInstanceProfile$, type UntagInstanceProfileRequest } from '@aws-sdk/client-iam'
import { operation } from '../../../operation'
import { editProfile, profileArn, profileContext } from '../instance-profiles'

/** Takes tags off an instance profile. */
export const untagInstanceProfile = operation<UntagInstanceProfileRequest, Record<string, never>>(UntagInstanceProfile$, {
  resource: (call) => profileArn(call, call.input.InstanceProfileName!),
  context: async (call) => ({ ...(await profileContext(call, call.input.InstanceProfileName!)), 'aws:TagKeys': call.input.TagKeys! }),
  async run(call) {
    await editProfile(call, call.input.InstanceProfileName!, (profile) => {
      profile.tags = profile.tags.filter(({ Key }) => !call.input.TagKeys!.includes(Key))
    })
    return {}
  },
})
