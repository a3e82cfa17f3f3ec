import { ImportRestApi$, type EndpointType, type ImportRestApiRequest, type RestApi } from '@aws-sdk/client-api-gateway'
import { lockGateway, saveApi } from '../apis'
import { passRoles } from '../authorizers'
import { describeApi } from '../describe'
import { gatewayOperation, mayChangePolicy } from '../gateway-operation'
import { importDocument } from '../import-openapi'
import { readDocument } from '../openapi-document'
import { holdApiQuota } from '../quotas'
import { newRestApi } from '../rest-api'

/** Makes a REST API from an OpenAPI document. */
export const importRestApi = gatewayOperation<ImportRestApiRequest, RestApi>(ImportRestApi$, (call) =>
  lockGateway(call, async () => {
    const document = readDocument(call.input.body!)
    const { basepath, endpointConfigurationTypes: type } = call.input.parameters ?? {}
    const api = newRestApi(call, { name: document.info.title, ...(type ? { endpointConfiguration: { types: [type as EndpointType] } } : {}) })
    api.definition.models = {}
    importDocument(api, document, basepath === 'prepend' ? 'prepend' : 'ignore')
    await passRoles(call, api.definition)
    if (api.definition.policy !== undefined) await mayChangePolicy(call, '/restapis')
    await holdApiQuota(call, api)
    await saveApi(call.sandbox, api)
    return describeApi(api)
  }),
)
