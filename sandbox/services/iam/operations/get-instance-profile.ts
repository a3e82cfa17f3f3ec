import { GetInstanceProfile$, type GetInstanceProfileRequest, type GetInstanceProfileResponse } from '@aws-sdk/client-iam'
import { operation } from '../../../operation'
import { describeProfile, profileArn, profileContext, requireProfile } from '../instance-profiles'

/** An instance profile with its role. */
export const getInstanceProfile = operation<GetInstanceProfileRequest, GetInstanceProfileResponse>(GetInstanceProfile$, {
  resource: (call) => profileArn(call, call.input.InstanceProfileName!),
  context: (call) => profileContext(call, call.input.InstanceProfileName!),
  async run(call) {
    return { InstanceProfile: await describeProfile(call, await requireProfile(call, call.input.InstanceProfileName!)) }
  },
})
