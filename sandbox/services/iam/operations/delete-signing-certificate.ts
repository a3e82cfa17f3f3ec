import { DeleteSigningCertificate$, type DeleteSigningCertificateRequest } from '@aws-sdk/client-iam'
import { operation } from '../../../operation'
import { callingUser, userContext } from '../calling-user'
import { editEntity, entityArn, USER } from '../entities'
import { requireSigningCertificate } from '../signing-certificates'

/** Deletes an X.509 certificate of a user. */
export const deleteSigningCertificate = operation<DeleteSigningCertificateRequest, Record<string, never>>(DeleteSigningCertificate$, {
  resource: (call) => (call.input.UserName === undefined ? call.principal.arn : entityArn(call, USER, call.input.UserName)),
  context: userContext,
  async run(call) {
    const { input } = call
    await editEntity(call, USER, input.UserName ?? callingUser(call.principal), (user) => {
      const { id } = requireSigningCertificate(user, input.CertificateId!)
      user.signingCertificates = user.signingCertificates!.filter((one) => one.id !== id)
    })
    return {}
  },
})
