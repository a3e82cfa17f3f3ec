import { UntagMFADevice$, type UntagMFADeviceRequest } from '@aws-sdk/client-iam'
import { operation } from '../../../operation'
import { MFA } from '../mfa-devices'
import { editStored, storedContext } from '../stored'

/** Takes tags off a virtual MFA device. */
export const untagMfaDevice = operation<UntagMFADeviceRequest, Record<string, never>>(UntagMFADevice$, {
  resource: ({ input }) => input.SerialNumber!,
  context: async (call) => ({ ...(await storedContext(call, MFA, call.input.SerialNumber!)), 'aws:TagKeys': call.input.TagKeys! }),
  async run(call) {
    await editStored(call, MFA, call.input.SerialNumber!, (one) => {
      one.tags = one.tags.filter((tag) => !call.input.TagKeys!.includes(tag.Key))
    })
    return {}
  },
})
