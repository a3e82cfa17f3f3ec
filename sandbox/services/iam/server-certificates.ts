import type { ServerCertificateMetadata } from '@aws-sdk/client-iam'
import type { Call } from '../../operation'
import { arnOf, notFound } from './entities'
import { serverCertificates, type ServerCertificate } from './records'
import type { Stored } from './stored'

/** Server certificates, by name. */
export const SERVER_CERTIFICATE: Stored<ServerCertificate> = {
  collection: serverCertificates,
  async require({ sandbox, account }, name) {
    const certificate = await sandbox.store.get(serverCertificates, account, name)
    if (!certificate) throw notFound(`The Server Certificate with name ${name} cannot be found.`)
    return certificate
  },
}

/** What IAM decides on: the ARN, with its path where the certificate is there. */
export async function serverCertificateArn({ sandbox, account }: Call, name: string): Promise<string> {
  return (await sandbox.store.get(serverCertificates, account, name))?.arn ?? arnOf(account, 'server-certificate', undefined, name)
}

/** A certificate without its body. */
export function shownServerCertificate({ name, id, path, arn, createdAt, expiresAt }: ServerCertificate): ServerCertificateMetadata {
  return { ServerCertificateName: name, ServerCertificateId: id, Path: path, Arn: arn, UploadDate: new Date(createdAt), Expiration: new Date(expiresAt) }
}
