import { DeleteDocumentationPart$, type DeleteDocumentationPartRequest } from '@aws-sdk/client-api-gateway'
import { scopeOf } from '../../../store'
import { lockGateway, requireApi } from '../apis'
import { requirePart } from '../documentation'
import { gatewayOperation } from '../gateway-operation'
import { documentationParts } from '../records'

/** Deletes what documents a part of an API; versions that were made before keep it. */
export const deleteDocumentationPart = gatewayOperation<DeleteDocumentationPartRequest, object>(DeleteDocumentationPart$, (call) =>
  lockGateway(call, async () => {
    const api = await requireApi(call)
    const { id } = await requirePart(call, api, call.input.documentationPartId!)
    await call.sandbox.store.delete(documentationParts, scopeOf(api), `${api.id}/${id}`)
    return {}
  }),
)
