import { CreateApiMapping$, type CreateApiMappingRequest, type CreateApiMappingResponse } from '@aws-sdk/client-apigatewayv2'
import { gatewayOperation } from '../../apigateway/gateway-operation'
import { newId } from '../../apigateway/ids'
import { putMapping } from '../api-mappings'
import { changeDomain } from '../domain-names'

/** Lets a stage of an API answer under a custom domain name, at a path where one is given. */
export const createApiMapping = gatewayOperation<CreateApiMappingRequest, CreateApiMappingResponse>(CreateApiMapping$, (call) =>
  changeDomain(call, (domain) => {
    const { ApiId, ApiMappingKey, Stage } = call.input
    return putMapping(call, domain, { ApiId, ApiMappingId: newId(6), ApiMappingKey, Stage })
  }),
)
