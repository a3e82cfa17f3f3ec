import { GetMFADevice$, type GetMFADeviceRequest, type GetMFADeviceResponse } from '@aws-sdk/client-iam'
import { operation } from '../../../operation'
import { entityArn, USER } from '../entities'
import { MFA, requireDeviceOf } from '../mfa-devices'
import { userContext } from '../calling-user'

/** Whose a device is, and since when. */
export const getMfaDevice = operation<GetMFADeviceRequest, GetMFADeviceResponse>(GetMFADevice$, {
  resource: (call) => (call.input.UserName === undefined ? call.principal.arn : entityArn(call, USER, call.input.UserName)),
  context: userContext,
  async run(call) {
    const { UserName, SerialNumber } = call.input
    const { arn, userName, enabledAt } = UserName === undefined ? await MFA.require(call, SerialNumber!) : await requireDeviceOf(call, UserName, SerialNumber!)
    return { SerialNumber: arn, UserName: userName, EnableDate: enabledAt === undefined ? undefined : new Date(enabledAt) }
  },
})
