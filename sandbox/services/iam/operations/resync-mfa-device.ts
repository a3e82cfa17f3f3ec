import { ResyncMFADevice$, type ResyncMFADeviceRequest } from '@aws-sdk/client-iam'
import { operation } from '../../../operation'
import { change, entityArn, entityContext, USER } from '../entities'
import { FAR, requireDeviceOf, synchronised } from '../mfa-devices'
import { mfaDevices } from '../records'

/** Sets the sandbox to a device’s clock again, by two of its codes in a row. */
export const resyncMfaDevice = operation<ResyncMFADeviceRequest, Record<string, never>>(ResyncMFADevice$, {
  resource: (call) => entityArn(call, USER, call.input.UserName!),
  context: (call) => entityContext(call, USER, call.input.UserName!),
  async run(call) {
    const { sandbox, account, input } = call
    return change(call, async () => {
      const device = await requireDeviceOf(call, input.UserName!, input.SerialNumber!)
      await sandbox.store.put(mfaDevices, account, device.arn, synchronised(device, input.AuthenticationCode1!, input.AuthenticationCode2!, sandbox.now(), FAR))
      return {}
    })
  },
})
