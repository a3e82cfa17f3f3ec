import { EnableMFADevice$, type EnableMFADeviceRequest, EntityAlreadyExistsException } from '@aws-sdk/client-iam'
import { operation } from '../../../operation'
import { change, entityArn, entityContext, requireEntity, USER } from '../entities'
import { devicesOf, MFA, NEAR, synchronised } from '../mfa-devices'
import { requireRoom } from '../quotas'
import { mfaDevices } from '../records'

/** Makes a virtual device a user’s, once two of its codes in a row prove that the user has the seed. */
export const enableMfaDevice = operation<EnableMFADeviceRequest, Record<string, never>>(EnableMFADevice$, {
  resource: (call) => entityArn(call, USER, call.input.UserName!),
  context: (call) => entityContext(call, USER, call.input.UserName!),
  async run(call) {
    const { sandbox, account, input } = call
    return change(call, async () => {
      const { userName } = await requireEntity(sandbox, USER, account, input.UserName!)
      const device = await MFA.require(call, input.SerialNumber!)
      if (device.userName !== undefined) throw new EntityAlreadyExistsException({ message: 'MFA Device is already in use.', $metadata: {} })
      requireRoom('MfaDevicesPerUser', (await devicesOf(call, userName)).length)
      const proved = synchronised(device, input.AuthenticationCode1!, input.AuthenticationCode2!, sandbox.now(), NEAR)
      await sandbox.store.put(mfaDevices, account, device.arn, { ...proved, userName, enabledAt: new Date(sandbox.now()).toISOString() })
      return {}
    })
  },
})
