import { GenerateClientCertificate$, type ClientCertificate, type GenerateClientCertificateRequest } from '@aws-sdk/client-api-gateway'
import { scopeOf } from '../../../store'
import { lockGateway } from '../apis'
import { describeClientCertificate, listClientCertificates } from '../client-certificates'
import { gatewayOperation } from '../gateway-operation'
import { newId } from '../ids'
import { holdQuota, QUOTAS } from '../quotas'
import { clientCertificates, type ClientCertificateRecord } from '../records'
import { selfSignedCertificate } from '../self-signed-certificate'
import { checkedTags } from '../tags'

const YEAR_MS = 366 * 86_400_000

/** Makes a certificate that stages can name; it holds a year. The sandbox shows it to no backend. */
export const generateClientCertificate = gatewayOperation<GenerateClientCertificateRequest, ClientCertificate>(GenerateClientCertificate$, (call) =>
  lockGateway(call, async () => {
    const { description, tags } = call.input
    const now = call.sandbox.now()
    const checked = checkedTags(tags)
    holdQuota((await listClientCertificates(call)).length + 1, QUOTAS.clientCertificates, 'Client Certificates for this account')
    const { certificate } = await selfSignedCertificate({ commonName: 'ApiGateway', from: now, until: now + YEAR_MS })
    const record: ClientCertificateRecord = {
      id: newId(6),
      ...(description === undefined ? {} : { description }),
      certificate,
      createdAt: new Date(now).toISOString(),
      expiresAt: new Date(now + YEAR_MS).toISOString(),
      tags: checked,
    }
    await call.sandbox.store.put(clientCertificates, scopeOf(call), record.id, record)
    return describeClientCertificate(record)
  }),
)
