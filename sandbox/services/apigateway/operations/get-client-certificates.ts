import { GetClientCertificates$, type ClientCertificates, type GetClientCertificatesRequest } from '@aws-sdk/client-api-gateway'
import { describeClientCertificate, listClientCertificates } from '../client-certificates'
import { gatewayOperation } from '../gateway-operation'
import { page } from '../paging'

/** Lists the client certificates of the region. */
export const getClientCertificates = gatewayOperation<GetClientCertificatesRequest, ClientCertificates>(GetClientCertificates$, async (call) => {
  const { items, position } = page(await listClientCertificates(call), ({ id }) => id, call.input)
  return { items: items.map(describeClientCertificate), position }
})
