import { UpdateServiceSpecificCredential$, type UpdateServiceSpecificCredentialRequest } from '@aws-sdk/client-iam'
import { operation } from '../../../operation'
import { callingUser, userContext } from '../calling-user'
import { readStatus } from '../credential-status'
import { editEntity, entityArn, USER } from '../entities'
import { requireServiceCredential } from '../service-credentials'

/** Switches a credential for a single service off or on. */
export const updateServiceSpecificCredential = operation<UpdateServiceSpecificCredentialRequest, Record<string, never>>(UpdateServiceSpecificCredential$, {
  resource: (call) => (call.input.UserName === undefined ? call.principal.arn : entityArn(call, USER, call.input.UserName)),
  context: userContext,
  async run(call) {
    const { input } = call
    const status = readStatus(input.Status!)
    await editEntity(call, USER, input.UserName ?? callingUser(call.principal), (user) => {
      requireServiceCredential(user, input.ServiceSpecificCredentialId!).status = status
    })
    return {}
  },
})
