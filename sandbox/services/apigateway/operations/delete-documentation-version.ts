import { DeleteDocumentationVersion$, type DeleteDocumentationVersionRequest } from '@aws-sdk/client-api-gateway'
import { scopeOf } from '../../../store'
import { lockGateway, requireApi } from '../apis'
import { requireVersion } from '../documentation'
import { gatewayOperation } from '../gateway-operation'
import { documentationVersions } from '../records'

/** Deletes a version of an API's documentation. */
export const deleteDocumentationVersion = gatewayOperation<DeleteDocumentationVersionRequest, object>(DeleteDocumentationVersion$, (call) =>
  lockGateway(call, async () => {
    const api = await requireApi(call)
    const { version } = await requireVersion(call, api, call.input.documentationVersion!)
    await call.sandbox.store.delete(documentationVersions, scopeOf(api), `${api.id}/${version}`)
    return {}
  }),
)
