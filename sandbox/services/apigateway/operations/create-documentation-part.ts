import { CreateDocumentationPart$, type CreateDocumentationPartRequest, type DocumentationPart } from '@aws-sdk/client-api-gateway'
import { lockGateway, requireApi } from '../apis'
import { listParts, newPart, partWrite, placeOf } from '../documentation'
import { conflict } from '../errors'
import { gatewayOperation } from '../gateway-operation'
import { holdQuota, QUOTAS } from '../quotas'

/** Documents a part of an API: the whole, a resource, a method, a parameter, a response. */
export const createDocumentationPart = gatewayOperation<CreateDocumentationPartRequest, DocumentationPart>(CreateDocumentationPart$, (call) =>
  lockGateway(call, async () => {
    const api = await requireApi(call)
    const part = newPart(call.input)
    const others = await listParts(call, api)
    if (others.some((other) => placeOf(other) === placeOf(part))) throw conflict(`Documentation part already exists for the specified location: type ${placeOf(part)}.`)
    holdQuota(others.length + 1, QUOTAS.documentationParts, 'Documentation parts for this API')
    await call.sandbox.store.batch([partWrite(api, part)])
    return part
  }),
)
