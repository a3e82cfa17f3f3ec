import { ListInstanceProfileTags$, type ListInstanceProfileTagsRequest, type ListInstanceProfileTagsResponse } from '@aws-sdk/client-iam'
import { operation } from '../../../operation'
import { profileArn, profileContext, requireProfile } from '../instance-profiles'
import { pageOfTags } from '../page'

/** The tags of an instance profile. */
export const listInstanceProfileTags = operation<ListInstanceProfileTagsRequest, ListInstanceProfileTagsResponse>(ListInstanceProfileTags$, {
  resource: (call) => profileArn(call, call.input.InstanceProfileName!),
  context: (call) => profileContext(call, call.input.InstanceProfileName!),
  async run(call) {
    const { tags } = await requireProfile(call, call.input.InstanceProfileName!)
    return pageOfTags(tags, call.input)
  },
})
