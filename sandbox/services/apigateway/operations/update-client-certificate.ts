import { UpdateClientCertificate$, type ClientCertificate, type UpdateClientCertificateRequest } from '@aws-sdk/client-api-gateway'
import { scopeOf } from '../../../store'
import { lockGateway } from '../apis'
import { describeClientCertificate, requireClientCertificate } from '../client-certificates'
import { gatewayOperation } from '../gateway-operation'
import { applyPatch, text } from '../patch'
import { clientCertificates } from '../records'

/** Changes the description of a client certificate. */
export const updateClientCertificate = gatewayOperation<UpdateClientCertificateRequest, ClientCertificate>(UpdateClientCertificate$, (call) =>
  lockGateway(call, async () => {
    const certificate = await requireClientCertificate(call)
    applyPatch(certificate, call.input.patchOperations, { '/description': text('description') })
    await call.sandbox.store.put(clientCertificates, scopeOf(call), certificate.id, certificate)
    return describeClientCertificate(certificate)
  }),
)
