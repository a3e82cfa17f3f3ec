import { TagMFADevice$, type TagMFADeviceRequest } from '@aws-sdk/client-iam'
import { operation } from '../../../operation'
import { mergeTags, requestTags } from '../entities'
import { MFA } from '../mfa-devices'
import { editStored, storedContext } from '../stored'

/** Puts tags on a virtual MFA device. */
export const tagMfaDevice = operation<TagMFADeviceRequest, Record<string, never>>(TagMFADevice$, {
  resource: ({ input }) => input.SerialNumber!,
  context: async (call) => ({ ...(await storedContext(call, MFA, call.input.SerialNumber!)), ...requestTags(call.input.Tags) }),
  async run(call) {
    await editStored(call, MFA, call.input.SerialNumber!, (one) => {
      one.tags = mergeTags(one.tags, call.input.Tags!)
    })
    return {}
  },
})
