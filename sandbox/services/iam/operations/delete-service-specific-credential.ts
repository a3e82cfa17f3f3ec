import { DeleteServiceSpecificCredential$, type DeleteServiceSpecificCredentialRequest } from '@aws-sdk/client-iam'
import { operation } from '../../../operation'
import { callingUser, userContext } from '../calling-user'
import { editEntity, entityArn, USER } from '../entities'
import { requireServiceCredential } from '../service-credentials'

/** Deletes a credential for a single service. */
export const deleteServiceSpecificCredential = operation<DeleteServiceSpecificCredentialRequest, Record<string, never>>(DeleteServiceSpecificCredential$, {
  resource: (call) => (call.input.UserName === undefined ? call.principal.arn : entityArn(call, USER, call.input.UserName)),
  context: userContext,
  async run(call) {
    const { input } = call
    await editEntity(call, USER, input.UserName ?? callingUser(call.principal), (user) => {
      const { id } = requireServiceCredential(user, input.ServiceSpecificCredentialId!)
      user.serviceCredentials = user.serviceCredentials!.filter((one) => one.id !== id)
    })
    return {}
  },
})
