import { DeleteClientCertificate$, type DeleteClientCertificateRequest } from '@aws-sdk/client-api-gateway'
import { scopeOf } from '../../../store'
import { listApis, lockGateway } from '../apis'
import { requireClientCertificate } from '../client-certificates'
import { conflict } from '../errors'
import { gatewayOperation } from '../gateway-operation'
import { clientCertificates } from '../records'

/** Deletes a client certificate that no stage names. */
export const deleteClientCertificate = gatewayOperation<DeleteClientCertificateRequest, object>(DeleteClientCertificate$, (call) =>
  lockGateway(call, async () => {
    const { id } = await requireClientCertificate(call)
    const user = (await listApis(call.sandbox, call)).find(({ stages }) => Object.values(stages).some(({ clientCertificateId }) => clientCertificateId === id))
    if (user) throw conflict(`Client certificate ${id} is in use by a stage of API ${user.id}`)
    await call.sandbox.store.delete(clientCertificates, scopeOf(call), id)
    return {}
  }),
)
