import { ResetServiceSpecificCredential$, type ResetServiceSpecificCredentialRequest, type ResetServiceSpecificCredentialResponse } from '@aws-sdk/client-iam'
import { operation } from '../../../operation'
import { secretKey } from '../../../credentials'
import { callingUser, userContext } from '../calling-user'
import { entityArn, requireEntity, USER } from '../entities'
import { requireServiceCredential, shownWithSecret } from '../service-credentials'

/** Gives a credential for a single service another password, which is shown this once. */
export const resetServiceSpecificCredential = operation<ResetServiceSpecificCredentialRequest, ResetServiceSpecificCredentialResponse>(ResetServiceSpecificCredential$, {
  resource: (call) => (call.input.UserName === undefined ? call.principal.arn : entityArn(call, USER, call.input.UserName)),
  context: userContext,
  async run(call) {
    const { sandbox, account, principal, input } = call
    const user = await requireEntity(sandbox, USER, account, input.UserName ?? callingUser(principal))
    return shownWithSecret(user.userName, requireServiceCredential(user, input.ServiceSpecificCredentialId!), secretKey())
  },
})
