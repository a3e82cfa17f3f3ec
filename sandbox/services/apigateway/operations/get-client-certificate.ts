import { GetClientCertificate$, type ClientCertificate, type GetClientCertificateRequest } from '@aws-sdk/client-api-gateway'
import { describeClientCertificate, requireClientCertificate } from '../client-certificates'
import { gatewayOperation } from '../gateway-operation'

/** Shows a client certificate. */
export const getClientCertificate = gatewayOperation<GetClientCertificateRequest, ClientCertificate>(GetClientCertificate$, async (call) => describeClientCertificate(await requireClientCertificate(call)))
