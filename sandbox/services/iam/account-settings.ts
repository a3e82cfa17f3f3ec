import type { Call } from '../../operation'
import { change } from './entities'
import { accountSettings, SETTINGS, type AccountSettings } from './records'

/** What the account has once: alias, password policy, credential report. */
export async function settingsOf({ sandbox, account }: Pick<Call, 'sandbox' | 'account'>): Promise<AccountSettings> {
  return (await sandbox.store.get(accountSettings, account, SETTINGS)) ?? {}
}

/** Reads the account's settings, lets `edit` change them, and writes them. */
export function editSettings(call: Call, edit: (settings: AccountSettings) => void): Promise<AccountSettings> {
  return change(call, async () => {
    const settings = await settingsOf(call)
    edit(settings)
    await call.sandbox.store.put(accountSettings, call.account, SETTINGS, settings)
    return settings
  })
}
