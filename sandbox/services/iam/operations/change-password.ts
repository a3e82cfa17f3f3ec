import { ChangePassword$, InvalidInputException, InvalidUserTypeException, type ChangePasswordRequest } from '@aws-sdk/client-iam'
import { operation } from '../../../operation'
import { editLogin, newLogin, requireLogin } from '../login-profiles'
import { isPassword } from '../passwords'

/** Lets the calling user change the own console password. */
export const changePassword = operation<ChangePasswordRequest, Record<string, never>>(ChangePassword$, {
  resource: ({ principal }) => principal.arn,
  async run(call) {
    const { principal, input } = call
    if (principal.type !== 'IAMUser') throw new InvalidUserTypeException({ message: 'Only IAM Users can change their own password', $metadata: {} })
    await editLogin(call, principal.name!, async (user) => {
      const old = requireLogin(user)
      if (!(await isPassword(input.OldPassword!, old))) throw new InvalidInputException({ message: 'The old password was incorrect.', $metadata: {} })
      return newLogin(call, input.NewPassword!, false, old)
    })
    return {}
  },
})
