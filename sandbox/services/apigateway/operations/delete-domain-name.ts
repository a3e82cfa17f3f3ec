import { DeleteDomainName$, type DeleteDomainNameRequest } from '@aws-sdk/client-api-gateway'
import { removeDomain } from '../../apigatewayv2/domain-names'
import { naming } from '../custom-domains'
import { gatewayOperation } from '../gateway-operation'

/** Deletes a custom domain name with its base path mappings. */
export const deleteDomainName = gatewayOperation<DeleteDomainNameRequest, object>(DeleteDomainName$, async (call) => {
  await removeDomain(naming(call))
  return {}
})
