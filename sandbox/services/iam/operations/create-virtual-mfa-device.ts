import { CreateVirtualMFADevice$, type CreateVirtualMFADeviceRequest, type CreateVirtualMFADeviceResponse } from '@aws-sdk/client-iam'
import { operation } from '../../../operation'
import { qrCodePng } from '../../../qr-code'
import { arnOf, change, invalidInput, newTags, requestTags, requireFreeName } from '../entities'
import { mfaDevices, type MfaDevice } from '../records'
import { newSeed } from '../totp'

const LONGEST_SERIAL = 256

/** Makes a virtual device with a seed for an authenticator app, as text and as a QR code. It is nobody’s until it is enabled. */
export const createVirtualMfaDevice = operation<CreateVirtualMFADeviceRequest, CreateVirtualMFADeviceResponse>(CreateVirtualMFADevice$, {
  resource: ({ account, input }) => arnOf(account, 'mfa', input.Path, input.VirtualMFADeviceName!),
  context: ({ input }) => requestTags(input.Tags),
  async run(call) {
    const { sandbox, account, input } = call
    const arn = arnOf(account, 'mfa', input.Path, input.VirtualMFADeviceName!)
    if (arn.length > LONGEST_SERIAL) throw invalidInput('The path and name of the device are too long for a serial number.')
    const tags = await newTags(call, 'iam:TagMFADevice', arn)
    return change(call, async () => {
      await requireFreeName(sandbox, mfaDevices, account, arn, 'MFADevice entity at the same path and name already exists.', 'VirtualMfaDevicesPerAccount')
      const device: MfaDevice = { arn, createdAt: new Date(sandbox.now()).toISOString(), seed: newSeed(), tags }
      await sandbox.store.put(mfaDevices, account, arn, device)
      const forApp = `otpauth://totp/${encodeURIComponent(input.VirtualMFADeviceName!)}@${account}?secret=${device.seed}&issuer=Amazon%20Web%20Services`
      return { VirtualMFADevice: { SerialNumber: arn, Base32StringSeed: Buffer.from(device.seed), QRCodePNG: qrCodePng(forApp), ...(tags.length > 0 ? { Tags: tags } : {}) } }
    })
  },
})
