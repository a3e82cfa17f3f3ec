import { CreateInstanceProfile$, type CreateInstanceProfileRequest, type CreateInstanceProfileResponse } from '@aws-sdk/client-iam'
import { operation } from '../../../operation'
import { uniqueId } from '../../../credentials'
import { arnOf, change, newTags, pathOf, requestTags, requireFreeName } from '../entities'
import { instanceProfiles, type InstanceProfile } from '../records'
import { shownInstanceProfile } from '../shapes'

/** Makes an instance profile without a role. */
export const createInstanceProfile = operation<CreateInstanceProfileRequest, CreateInstanceProfileResponse>(CreateInstanceProfile$, {
  resource: ({ account, input }) => arnOf(account, 'instance-profile', input.Path, input.InstanceProfileName!),
  context: ({ input }) => requestTags(input.Tags),
  async run(call) {
    const { sandbox, account, input } = call
    const tags = await newTags(call, 'iam:TagInstanceProfile', arnOf(account, 'instance-profile', input.Path, input.InstanceProfileName!))
    return change(call, async () => {
      await requireFreeName(sandbox, instanceProfiles, account, input.InstanceProfileName!, `Instance Profile ${input.InstanceProfileName} already exists.`, 'InstanceProfilesPerAccount')
      const profile: InstanceProfile = {
        profileName: input.InstanceProfileName!,
        profileId: uniqueId('AIPA'),
        path: pathOf(input.Path),
        arn: arnOf(account, 'instance-profile', input.Path, input.InstanceProfileName!),
        createdAt: new Date(sandbox.now()).toISOString(),
        tags,
      }
      await sandbox.store.put(instanceProfiles, account, profile.profileName, profile)
      return { InstanceProfile: shownInstanceProfile(profile, undefined) }
    })
  },
})
