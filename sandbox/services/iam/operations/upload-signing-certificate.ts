import { UploadSigningCertificate$, type UploadSigningCertificateRequest, type UploadSigningCertificateResponse, DuplicateCertificateException, InvalidCertificateException } from '@aws-sdk/client-iam'
import { operation } from '../../../operation'
import { uniqueId } from '../../../credentials'
import { callingUser, userContext } from '../calling-user'
import { readCertificate } from '../certificates'
import { editEntity, entityArn, USER } from '../entities'
import { requireRoom } from '../quotas'
import { type SigningCertificate } from '../records'
import { shownSigningCertificate } from '../signing-certificates'

/** Keeps an X.509 certificate of a user, the caller where none is named. */
export const uploadSigningCertificate = operation<UploadSigningCertificateRequest, UploadSigningCertificateResponse>(UploadSigningCertificate$, {
  resource: (call) => (call.input.UserName === undefined ? call.principal.arn : entityArn(call, USER, call.input.UserName)),
  context: userContext,
  async run(call) {
    const { sandbox, input } = call
    const { fingerprint256, validFrom, validTo } = readCertificate(input.CertificateBody!)
    if (sandbox.now() < Date.parse(validFrom) || sandbox.now() > Date.parse(validTo)) throw new InvalidCertificateException({ message: 'The certificate is not valid at this time.', $metadata: {} })
    const certificate: SigningCertificate = { id: uniqueId(uniqueId('')), body: input.CertificateBody!, status: 'Active', uploadedAt: new Date(sandbox.now()).toISOString() }
    const { userName } = await editEntity(call, USER, input.UserName ?? callingUser(call.principal), (user) => {
      const before = user.signingCertificates ?? []
      if (before.some(({ body }) => readCertificate(body).fingerprint256 === fingerprint256)) throw new DuplicateCertificateException({ message: 'The certificate is already associated with the user.', $metadata: {} })
      requireRoom('SigningCertificatesPerUser', before.length)
      user.signingCertificates = [...before, certificate]
    })
    return { Certificate: shownSigningCertificate(userName, certificate) }
  },
})
