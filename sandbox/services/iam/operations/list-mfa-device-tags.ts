import { ListMFADeviceTags$, type ListMFADeviceTagsRequest, type ListMFADeviceTagsResponse } from '@aws-sdk/client-iam'
import { operation } from '../../../operation'
import { MFA } from '../mfa-devices'
import { pageOfTags } from '../page'
import { storedContext } from '../stored'

/** The tags of a virtual MFA device. */
export const listMfaDeviceTags = operation<ListMFADeviceTagsRequest, ListMFADeviceTagsResponse>(ListMFADeviceTags$, {
  resource: ({ input }) => input.SerialNumber!,
  context: (call) => storedContext(call, MFA, call.input.SerialNumber!),
  run: async (call) => pageOfTags((await MFA.require(call, call.input.SerialNumber!)).tags, call.input),
})
