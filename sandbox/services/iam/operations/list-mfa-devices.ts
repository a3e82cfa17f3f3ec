import { ListMFADevices$, type ListMFADevicesRequest, type ListMFADevicesResponse } from '@aws-sdk/client-iam'
import { operation } from '../../../operation'
import { callingUser, userContext } from '../calling-user'
import { entityArn, requireEntity, USER } from '../entities'
import { devicesOf } from '../mfa-devices'
import { page } from '../page'

/** The devices of a user, the caller where none is named. */
export const listMfaDevices = operation<ListMFADevicesRequest, ListMFADevicesResponse>(ListMFADevices$, {
  resource: (call) => (call.input.UserName === undefined ? call.principal.arn : entityArn(call, USER, call.input.UserName)),
  context: userContext,
  async run(call) {
    const { userName } = await requireEntity(call.sandbox, USER, call.account, call.input.UserName ?? callingUser(call.principal))
    const { items, ...paging } = page(await devicesOf(call, userName), ({ arn }) => arn, call.input)
    return { MFADevices: items.map(({ arn, enabledAt }) => ({ UserName: userName, SerialNumber: arn, EnableDate: new Date(enabledAt!) })), ...paging }
  },
})
