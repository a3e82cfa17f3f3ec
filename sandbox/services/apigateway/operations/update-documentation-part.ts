import { UpdateDocumentationPart$, type DocumentationPart, type UpdateDocumentationPartRequest } from '@aws-sdk/client-api-gateway'
import { lockGateway, requireApi } from '../apis'
import { checkedProperties, partWrite, requirePart } from '../documentation'
import { gatewayOperation } from '../gateway-operation'
import { applyPatch, text } from '../patch'

/** Changes the properties of what documents a part of an API. */
export const updateDocumentationPart = gatewayOperation<UpdateDocumentationPartRequest, DocumentationPart>(UpdateDocumentationPart$, (call) =>
  lockGateway(call, async () => {
    const api = await requireApi(call)
    const part = await requirePart(call, api, call.input.documentationPartId!)
    applyPatch(part, call.input.patchOperations, { '/properties': text('properties') })
    checkedProperties(part.properties)
    await call.sandbox.store.batch([partWrite(api, part)])
    return part
  }),
)
