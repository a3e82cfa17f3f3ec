import type { SigningCertificate as ShownSigningCertificate } from '@aws-sdk/client-iam'
import { notFound } from './entities'
import type { SigningCertificate, User } from './records'

/** A user's certificate by its id. @throws NoSuchEntityException */
export function requireSigningCertificate(user: User, id: string): SigningCertificate {
  const certificate = user.signingCertificates?.find((one) => one.id === id)
  if (!certificate) throw notFound(`The Certificate with id ${id} cannot be found.`)
  return certificate
}

/** A certificate with its body. */
export function shownSigningCertificate(userName: string, { id, body, status, uploadedAt }: SigningCertificate): ShownSigningCertificate {
  return { UserName: userName, CertificateId: id, CertificateBody: body, Status: status, UploadDate: new Date(uploadedAt) }
}
