import { CreateLoginProfile$, EntityAlreadyExistsException, type CreateLoginProfileRequest, type CreateLoginProfileResponse } from '@aws-sdk/client-iam'
import { AwsError } from '../../../errors'
import { operation } from '../../../operation'
import { callingUser } from '../calling-user'
import { entityArn, entityContext, USER } from '../entities'
import { editLogin, newLogin } from '../login-profiles'

/** Gives a user a console password, the caller where no user is named. Only its hash is kept. */
export const createLoginProfile = operation<CreateLoginProfileRequest, CreateLoginProfileResponse>(CreateLoginProfile$, {
  resource: (call) => (call.input.UserName === undefined ? call.principal.arn : entityArn(call, USER, call.input.UserName)),
  context: (call) => (call.input.UserName === undefined ? {} : entityContext(call, USER, call.input.UserName)),
  async run(call) {
    const { Password, PasswordResetRequired = false } = call.input
    if (Password === undefined) throw new AwsError('ValidationError', 'Password is required.', 400)
    const { userName, login } = await editLogin(call, call.input.UserName ?? callingUser(call.principal), async (user) => {
      if (user.login) throw new EntityAlreadyExistsException({ message: `Login Profile for user ${user.userName} already exists.`, $metadata: {} })
      return newLogin(call, Password, PasswordResetRequired)
    })
    return { LoginProfile: { UserName: userName, CreateDate: new Date(login!.createdAt), PasswordResetRequired } }
  },
})
