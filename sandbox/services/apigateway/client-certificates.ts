import type { ClientCertificate } from '@aws-sdk/client-api-gateway'
import type { Call } from '../../operation'
import { scopeOf } from '../../store'
import { notFound } from './errors'
import { clientCertificates, type ClientCertificateRecord } from './records'

/** @throws NotFoundException */
export async function requireClientCertificate(call: Call): Promise<ClientCertificateRecord> {
  const found = await call.sandbox.store.get(clientCertificates, scopeOf(call), call.input.clientCertificateId)
  if (!found) throw notFound('Invalid Client Certificate identifier specified')
  return found
}

/** All client certificates of the region. */
export async function listClientCertificates(call: Call): Promise<ClientCertificateRecord[]> {
  return (await call.sandbox.store.list(clientCertificates, scopeOf(call))).map(({ value }) => value)
}

/** A client certificate as AWS shows it. */
export function describeClientCertificate({ id, description, certificate, createdAt, expiresAt, tags }: ClientCertificateRecord): ClientCertificate {
  return {
    clientCertificateId: id,
    ...(description === undefined ? {} : { description }),
    pemEncodedCertificate: certificate,
    createdDate: new Date(createdAt),
    expirationDate: new Date(expiresAt),
    ...(Object.keys(tags).length > 0 ? { tags } : {}),
  }
}
