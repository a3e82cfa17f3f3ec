import { DeleteLoginProfile$, type DeleteLoginProfileRequest } from '@aws-sdk/client-iam'
import { operation } from '../../../operation'
import { callingUser } from '../calling-user'
import { entityArn, entityContext, USER } from '../entities'
import { editLogin, requireLogin } from '../login-profiles'

/** Takes a user's console password away. Access keys stay. */
export const deleteLoginProfile = operation<DeleteLoginProfileRequest, Record<string, never>>(DeleteLoginProfile$, {
  resource: (call) => (call.input.UserName === undefined ? call.principal.arn : entityArn(call, USER, call.input.UserName)),
  context: (call) => (call.input.UserName === undefined ? {} : entityContext(call, USER, call.input.UserName)),
  async run(call) {
    await editLogin(call, call.input.UserName ?? callingUser(call.principal), async (user) => {
      requireLogin(user)
      return undefined
    })
    return {}
  },
})
