import { GetAccountPasswordPolicy$, type GetAccountPasswordPolicyResponse } from '@aws-sdk/client-iam'
import { operation } from '../../../operation'
import { settingsOf } from '../account-settings'
import { notFound } from '../entities'
import { shownPasswordPolicy } from '../shapes'

/** The account's password policy. */
export const getAccountPasswordPolicy = operation<Record<string, never>, GetAccountPasswordPolicyResponse>(GetAccountPasswordPolicy$, {
  resource: () => '*',
  async run(call) {
    const { passwordPolicy } = await settingsOf(call)
    if (!passwordPolicy) throw notFound(`The Password Policy with domain name ${call.account} cannot be found.`)
    return { PasswordPolicy: shownPasswordPolicy(passwordPolicy) }
  },
})
