import { ImportDocumentationParts$, type DocumentationPartIds, type ImportDocumentationPartsRequest } from '@aws-sdk/client-api-gateway'
import { lockGateway, requireApi } from '../apis'
import { gatewayOperation } from '../gateway-operation'
import { importedParts } from '../import-documentation'
import { readDocument } from '../openapi-document'

/** Takes the documentation out of an OpenAPI document: beside what is there (`merge`), or in its place (`overwrite`). */
export const importDocumentationParts = gatewayOperation<ImportDocumentationPartsRequest, DocumentationPartIds>(ImportDocumentationParts$, (call) =>
  lockGateway(call, async () => {
    const api = await requireApi(call)
    const { ids, warnings, writes } = await importedParts(call, api, readDocument(call.input.body!), call.input)
    await call.sandbox.store.batch(writes)
    return { ids, warnings }
  }),
)
