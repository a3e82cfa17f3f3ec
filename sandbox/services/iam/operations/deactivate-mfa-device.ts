import { DeactivateMFADevice$, type DeactivateMFADeviceRequest } from '@aws-sdk/client-iam'
import { operation } from '../../../operation'
import { callingUser, userContext } from '../calling-user'
import { change, entityArn, USER } from '../entities'
import { requireDeviceOf } from '../mfa-devices'
import { mfaDevices } from '../records'

/** Takes a virtual device from its user; the device stays, its seed too. */
export const deactivateMfaDevice = operation<DeactivateMFADeviceRequest, Record<string, never>>(DeactivateMFADevice$, {
  resource: (call) => (call.input.UserName === undefined ? call.principal.arn : entityArn(call, USER, call.input.UserName)),
  context: userContext,
  async run(call) {
    const { input } = call
    return change(call, async () => {
      const { userName: _, enabledAt: __, ...device } = await requireDeviceOf(call, input.UserName ?? callingUser(call.principal), input.SerialNumber!)
      await call.sandbox.store.put(mfaDevices, call.account, device.arn, device)
      return {}
    })
  },
})
