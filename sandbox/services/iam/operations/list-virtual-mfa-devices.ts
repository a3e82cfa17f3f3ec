import { ListVirtualMFADevices$, type ListVirtualMFADevicesRequest, type ListVirtualMFADevicesResponse } from '@aws-sdk/client-iam'
import { operation } from '../../../operation'
import { page } from '../page'
import { mfaDevices, users } from '../records'
import { shownUser } from '../shapes'

/** The virtual devices of the account, without their seeds, and whose they are. */
export const listVirtualMfaDevices = operation<ListVirtualMFADevicesRequest, ListVirtualMFADevicesResponse>(ListVirtualMFADevices$, {
  resource: () => '*',
  async run({ sandbox, account, input }) {
    const status = input.AssignmentStatus ?? 'Any'
    const all = (await sandbox.store.list(mfaDevices, account)).map(({ value }) => value)
    const found = all.filter(({ userName }) => status === 'Any' || (status === 'Assigned') === (userName !== undefined))
    const { items, ...paging } = page(found, ({ arn }) => arn, input)
    const shown = items.map(async ({ arn, userName, enabledAt }) => {
      const user = userName === undefined ? undefined : await sandbox.store.get(users, account, userName)
      return { SerialNumber: arn, ...(user && enabledAt ? { User: shownUser(user), EnableDate: new Date(enabledAt) } : {}) }
    })
    return { VirtualMFADevices: await Promise.all(shown), ...paging }
  },
})
