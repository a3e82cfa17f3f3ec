import { DeleteDomainName$, type DeleteDomainNameRequest } from '@aws-sdk/client-apigatewayv2'
import { gatewayOperation } from '../../apigateway/gateway-operation'
import { removeDomain } from '../domain-names'

/** Deletes a custom domain name with its API mappings. */
export const deleteDomainName = gatewayOperation<DeleteDomainNameRequest, object>(DeleteDomainName$, async (call) => {
  await removeDomain(call)
  return {}
})
