import { GetLoginProfile$, type GetLoginProfileRequest, type GetLoginProfileResponse } from '@aws-sdk/client-iam'
import { operation } from '../../../operation'
import { callingUser } from '../calling-user'
import { entityArn, entityContext, requireEntity, USER } from '../entities'
import { requireLogin } from '../login-profiles'

/** Tells whether and since when a user has a console password. */
export const getLoginProfile = operation<GetLoginProfileRequest, GetLoginProfileResponse>(GetLoginProfile$, {
  resource: (call) => (call.input.UserName === undefined ? call.principal.arn : entityArn(call, USER, call.input.UserName)),
  context: (call) => (call.input.UserName === undefined ? {} : entityContext(call, USER, call.input.UserName)),
  async run(call) {
    const user = await requireEntity(call.sandbox, USER, call.account, call.input.UserName ?? callingUser(call.principal))
    const login = requireLogin(user)
    return { LoginProfile: { UserName: user.userName, CreateDate: new Date(login.createdAt), PasswordResetRequired: login.mustReset } }
  },
})
