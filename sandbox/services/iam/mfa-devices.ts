import { InvalidAuthenticationCodeException } from '@aws-sdk/client-iam'
import { AwsError } from '../../errors'
import type { Call, Principal } from '../../operation'
import { change, notFound, requireEntity, USER } from './entities'
import { mfaDevices, type MfaDevice } from './records'
import type { Stored } from './stored'
import { codeOf, stepOf, stepOfPair } from './totp'

/** How far a device's clock may be off when it is enabled: ten minutes. */
export const NEAR = 20
/** … and when it is synchronised anew: a day. */
export const FAR = 2880
/** Of codes for a session: the one before and the one after count too. */
const TOLERANCE = 1

/** Virtual devices, by serial number, which is their ARN. */
export const MFA: Stored<MfaDevice> = {
  collection: mfaDevices,
  async require({ sandbox, account }, serial) {
    const device = await sandbox.store.get(mfaDevices, account, serial)
    if (!device) throw notFound(`MFA Device with serial number ${serial} does not exist.`)
    return device
  },
}

/** The devices that a user has enabled, sorted by serial number. */
export async function devicesOf({ sandbox, account }: Pick<Call, 'sandbox' | 'account'>, userName: string): Promise<MfaDevice[]> {
  return (await sandbox.store.list(mfaDevices, account)).map(({ value }) => value).filter((device) => device.userName === userName)
}

/** The device of that serial number, if it is the user's. @throws NoSuchEntityException */
export async function requireDeviceOf(call: Call, userName: string, serial: string): Promise<MfaDevice> {
  const user = await requireEntity(call.sandbox, USER, call.account, userName)
  const device = await call.sandbox.store.get(mfaDevices, call.account, serial)
  if (device?.userName !== user.userName) throw notFound(`MFADevice with serial number ${serial} is not associated with user ${user.userName}.`)
  return device
}

/** A device set to the clock that two codes in a row show. @throws InvalidAuthenticationCodeException */
export function synchronised(device: MfaDevice, first: string, second: string, now: number, within: number): MfaDevice {
  const step = stepOfPair(device.seed, first, second, now, within)
  if (step === undefined || step <= (device.lastStep ?? 0)) throw new InvalidAuthenticationCodeException({ message: 'Authentication code for device is not valid.', $metadata: {} })
  return { ...device, drift: step - stepOf(now), lastStep: step }
}

/**
 * Takes the code of a call of STS, once.
 * @returns the moment of it, ISO 8601; undefined where the call brings neither device nor code
 * @throws AwsError AccessDenied where it does not prove the user
 */
export async function takeCode(call: Pick<Call, 'sandbox'>, principal: Principal, serial: string | undefined, code: string | undefined): Promise<string | undefined> {
  if (serial === undefined && code === undefined) return undefined
  if (serial === undefined || code === undefined) throw failed('must provide both MFA serial number and one time pass code.')
  const { account, name } = principal
  const { sandbox } = call
  return change({ sandbox, account }, async () => {
    const device = principal.type === 'IAMUser' && principal.sessionStart === undefined ? await sandbox.store.get(mfaDevices, account, serial) : undefined
    if (!device || device.userName !== name) throw failed('unable to validate MFA code. Please verify your MFA serial number is valid and associated with this user.')
    const here = stepOf(sandbox.now()) + (device.drift ?? 0)
    const steps = Array.from({ length: 2 * TOLERANCE + 1 }, (_, i) => here - TOLERANCE + i)
    const step = steps.find((one) => one > (device.lastStep ?? 0) && codeOf(device.seed, one) === code)
    if (step === undefined) throw failed('with invalid MFA one time pass code.')
    await sandbox.store.put(mfaDevices, account, serial, { ...device, lastStep: step })
    return new Date(sandbox.now()).toISOString()
  })
}

function failed(why: string): AwsError {
  return new AwsError('AccessDenied', `MultiFactorAuthentication failed${why.startsWith('with') ? '' : ','} ${why}`, 403)
}
