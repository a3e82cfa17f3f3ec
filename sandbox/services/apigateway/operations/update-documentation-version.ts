import { UpdateDocumentationVersion$, type DocumentationVersion, type UpdateDocumentationVersionRequest } from '@aws-sdk/client-api-gateway'
import { scopeOf } from '../../../store'
import { lockGateway, requireApi } from '../apis'
import { describeVersion, requireVersion } from '../documentation'
import { gatewayOperation } from '../gateway-operation'
import { applyPatch, text } from '../patch'
import { documentationVersions } from '../records'

/** Changes the description of a version of an API's documentation. */
export const updateDocumentationVersion = gatewayOperation<UpdateDocumentationVersionRequest, DocumentationVersion>(UpdateDocumentationVersion$, (call) =>
  lockGateway(call, async () => {
    const api = await requireApi(call)
    const version = await requireVersion(call, api, call.input.documentationVersion!)
    applyPatch(version, call.input.patchOperations, { '/description': text('description') })
    await call.sandbox.store.put(documentationVersions, scopeOf(api), `${api.id}/${version.version}`, version)
    return describeVersion(version)
  }),
)
