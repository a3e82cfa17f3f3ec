import { DeleteVirtualMFADevice$, type DeleteVirtualMFADeviceRequest } from '@aws-sdk/client-iam'
import { operation } from '../../../operation'
import { change, conflict } from '../entities'
import { MFA } from '../mfa-devices'
import { mfaDevices } from '../records'
import { storedContext } from '../stored'

/** Deletes a virtual device that is nobody’s any more. */
export const deleteVirtualMfaDevice = operation<DeleteVirtualMFADeviceRequest, Record<string, never>>(DeleteVirtualMFADevice$, {
  resource: ({ input }) => input.SerialNumber!,
  context: (call) => storedContext(call, MFA, call.input.SerialNumber!),
  async run(call) {
    return change(call, async () => {
      const { arn, userName } = await MFA.require(call, call.input.SerialNumber!)
      if (userName !== undefined) throw conflict('MFA VirtualDevice in use. Must deactivate first.')
      await call.sandbox.store.delete(mfaDevices, call.account, arn)
      return {}
    })
  },
})
