import { UpdateLoginProfile$, type UpdateLoginProfileRequest } from '@aws-sdk/client-iam'
import { operation } from '../../../operation'
import { entityArn, entityContext, USER } from '../entities'
import { editLogin, newLogin, requireLogin } from '../login-profiles'

/** Gives a user another console password, or says that the user must choose one. */
export const updateLoginProfile = operation<UpdateLoginProfileRequest, Record<string, never>>(UpdateLoginProfile$, {
  resource: (call) => entityArn(call, USER, call.input.UserName!),
  context: (call) => entityContext(call, USER, call.input.UserName!),
  async run(call) {
    const { UserName, Password, PasswordResetRequired } = call.input
    await editLogin(call, UserName!, async (user) => {
      const old = requireLogin(user)
      const mustReset = PasswordResetRequired ?? old.mustReset
      return Password === undefined ? { ...old, mustReset } : newLogin(call, Password, mustReset, old)
    })
    return {}
  },
})
