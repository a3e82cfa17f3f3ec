import { UpdateSigningCertificate$, type UpdateSigningCertificateRequest } from '@aws-sdk/client-iam'
import { operation } from '../../../operation'
import { callingUser, userContext } from '../calling-user'
import { readStatus } from '../credential-status'
import { editEntity, entityArn, USER } from '../entities'
import { requireSigningCertificate } from '../signing-certificates'

/** Switches an X.509 certificate of a user off or on. */
export const updateSigningCertificate = operation<UpdateSigningCertificateRequest, Record<string, never>>(UpdateSigningCertificate$, {
  resource: (call) => (call.input.UserName === undefined ? call.principal.arn : entityArn(call, USER, call.input.UserName)),
  context: userContext,
  async run(call) {
    const { input } = call
    const status = readStatus(input.Status!)
    await editEntity(call, USER, input.UserName ?? callingUser(call.principal), (user) => {
      requireSigningCertificate(user, input.CertificateId!).status = status
    })
    return {}
  },
})
