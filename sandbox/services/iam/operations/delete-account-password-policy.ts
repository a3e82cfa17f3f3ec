import { DeleteAccountPasswordPolicy$ } from '@aws-sdk/client-iam'
import { operation } from '../../../operation'
import { editSettings } from '../account-settings'
import { notFound } from '../entities'

/** Deletes the account's password policy; AWS's default holds from then on. */
export const deleteAccountPasswordPolicy = operation<Record<string, never>, Record<string, never>>(DeleteAccountPasswordPolicy$, {
  resource: () => '*',
  async run(call) {
    await editSettings(call, (settings) => {
      if (!settings.passwordPolicy) throw notFound('The account policy with name PasswordPolicy cannot be found.')
      delete settings.passwordPolicy
    })
    return {}
  },
})
