import { CreateServiceSpecificCredential$, type CreateServiceSpecificCredentialRequest, type CreateServiceSpecificCredentialResponse } from '@aws-sdk/client-iam'
import { operation } from '../../../operation'
import { editEntity, entityArn, entityContext, USER } from '../entities'
import { requireRoom } from '../quotas'
import { newServiceCredential, requireSupported, shownWithSecret } from '../service-credentials'

/** Makes a user name and password of a user for one service. The password is shown this once. */
export const createServiceSpecificCredential = operation<CreateServiceSpecificCredentialRequest, CreateServiceSpecificCredentialResponse>(CreateServiceSpecificCredential$, {
  resource: (call) => entityArn(call, USER, call.input.UserName!),
  context: async (call) => ({
    ...(await entityContext(call, USER, call.input.UserName!)),
    'iam:ServiceSpecificCredentialServiceName': call.input.ServiceName!,
    ...(call.input.CredentialAgeDays === undefined ? {} : { 'iam:ServiceSpecificCredentialAgeDays': String(call.input.CredentialAgeDays) }),
  }),
  async run(call) {
    const { sandbox, account, input } = call
    requireSupported(input.ServiceName!)
    const { credential, secret } = newServiceCredential(account, input.UserName!, input.ServiceName!, sandbox.now(), input.CredentialAgeDays)
    const { userName } = await editEntity(call, USER, input.UserName!, (user) => {
      const before = user.serviceCredentials ?? []
      requireRoom('ServiceSpecificCredentialsPerUser', before.filter(({ serviceName }) => serviceName === input.ServiceName).length)
      user.serviceCredentials = [...before, credential]
    })
    return shownWithSecret(userName, credential, secret)
  },
})
