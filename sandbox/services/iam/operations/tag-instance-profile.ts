import { TagInstanceProfile$, type TagInstanceProfileRequest } from '@aws-sdk/client-iam'
import { operation } from '../../../operation'
import { mergeTags, requestTags } from '../entities'
import { editProfile, profileArn, profileContext } from '../instance-profiles'

/** Puts tags on an instance profile. */
export const tagInstanceProfile = operation<TagInstanceProfileRequest, Record<string, never>>(TagInstanceProfile$, {
  resource: (call) => profileArn(call, call.input.InstanceProfileName!),
  context: async (call) => ({ ...(await profileContext(call, call.input.InstanceProfileName!)), ...requestTags(call.input.Tags) }),
  async run(call) {
    await editProfile(call, call.input.InstanceProfileName!, (profile) => {
      profile.tags = mergeTags(profile.tags, call.input.Tags!)
    })
    return {}
  },
})
