import { ListInstanceProfileTags$, type ListInstanceProfileTagsRequest, type ListInstanceProfileTagsResponse } from '@aws-sdk/client-iam'
import { operation } from '../../../operation'
import { profileArn, profileContext, requireProfile } from '../instance-profiles'
import { page } from '../page'

/** The tags of an instance profile. */
export const listInstanceProfileTags = operation<ListInstanceProfileTagsRequest, ListInstanceProfileTagsResponse>(ListInstanceProfileTags$, {
  resource: (call) => profileArn(call, call.input.InstanceProfileName!),
  context: (call) => profileContext(call, call.input.InstanceProfileName!),
  async run(call) {
    const { tags } = await requireProfile(call, call.input.InstanceProfileName!)
    const { items, ...paging } = page([...tags].sort((a, b) => (a.Key < b.Key ? -1 : 1)), ({ Key }) => Key, call.input)
    return { Tags: items, ...paging }
  },
})
