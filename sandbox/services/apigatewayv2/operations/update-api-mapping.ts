import { UpdateApiMapping$, type UpdateApiMappingRequest, type UpdateApiMappingResponse } from '@aws-sdk/client-apigatewayv2'
import { gatewayOperation } from '../../apigateway/gateway-operation'
import { putMapping, requireMapping } from '../api-mappings'
import { changeDomain } from '../domain-names'

/** Changes which API and stage answer at a path of a custom domain name. */
export const updateApiMapping = gatewayOperation<UpdateApiMappingRequest, UpdateApiMappingResponse>(UpdateApiMapping$, (call) =>
  changeDomain(call, (domain) => {
    const { ApiId, ApiMappingId, ApiMappingKey, Stage } = call.input
    const before = requireMapping(domain, ApiMappingId)
    return putMapping(call, domain, { ApiId, ApiMappingId: before.ApiMappingId!, ApiMappingKey: ApiMappingKey ?? before.ApiMappingKey, Stage: Stage ?? before.Stage })
  }),
)
