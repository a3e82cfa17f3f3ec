import { UpdateAccountPasswordPolicy$, type UpdateAccountPasswordPolicyRequest } from '@aws-sdk/client-iam'
import { operation } from '../../../operation'
import { editSettings } from '../account-settings'

/** Sets the account's password policy; what is not given falls back to its default (API reference, UpdateAccountPasswordPolicy). */
export const updateAccountPasswordPolicy = operation<UpdateAccountPasswordPolicyRequest, Record<string, never>>(UpdateAccountPasswordPolicy$, {
  resource: () => '*',
  async run(call) {
    const { input } = call
    await editSettings(call, (settings) => {
      settings.passwordPolicy = {
        minimumLength: input.MinimumPasswordLength ?? 6,
        symbols: input.RequireSymbols ?? false,
        numbers: input.RequireNumbers ?? false,
        uppercase: input.RequireUppercaseCharacters ?? false,
        lowercase: input.RequireLowercaseCharacters ?? false,
        usersMayChange: input.AllowUsersToChangePassword ?? false,
        ...(input.MaxPasswordAge ? { maxAgeDays: input.MaxPasswordAge } : {}),
        ...(input.PasswordReusePrevention ? { reusePrevention: input.PasswordReusePrevention } : {}),
        ...(input.HardExpiry === undefined ? {} : { hardExpiry: input.HardExpiry }),
      }
    })
    return {}
  },
})
