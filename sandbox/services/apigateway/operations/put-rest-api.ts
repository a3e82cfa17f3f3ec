import { PutRestApi$, type PutRestApiRequest, type RestApi } from '@aws-sdk/client-api-gateway'
import { changeApi } from '../apis'
import { passRoles } from '../authorizers'
import { describeApi } from '../describe'
import { gatewayOperation, mayChangePolicy } from '../gateway-operation'
import { importDocument } from '../import-openapi'
import { readDocument } from '../openapi-document'
import { emptyDefinition } from '../rest-api'

/** Puts an OpenAPI document into a REST API: in place of what was there (`overwrite`), or beside it (`merge`). */
export const putRestApi = gatewayOperation<PutRestApiRequest, RestApi>(PutRestApi$, (call) =>
  changeApi(call, async (api) => {
    const document = readDocument(call.input.body!)
    const { policy } = api.definition
    if (call.input.mode === 'overwrite') api.definition = { ...emptyDefinition(api.rootResourceId), models: {} }
    importDocument(api, document, call.input.parameters?.basepath === 'prepend' ? 'prepend' : 'ignore')
    await passRoles(call, api.definition)
    if (api.definition.policy !== policy) await mayChangePolicy(call, `/restapis/${api.id}`)
    return describeApi(api)
  }),
)
