import { DeleteApiMapping$, type DeleteApiMappingRequest } from '@aws-sdk/client-apigatewayv2'
import { gatewayOperation } from '../../apigateway/gateway-operation'
import { requireMapping } from '../api-mappings'
import { changeDomain } from '../domain-names'

/** Takes an API away from a custom domain name. */
export const deleteApiMapping = gatewayOperation<DeleteApiMappingRequest, object>(DeleteApiMapping$, (call) =>
  changeDomain(call, (domain) => {
    delete domain.mappings[requireMapping(domain, call.input.ApiMappingId).ApiMappingId!]
    return {}
  }),
)
