import { GetDocumentationPart$, type DocumentationPart, type GetDocumentationPartRequest } from '@aws-sdk/client-api-gateway'
import { requireApi } from '../apis'
import { requirePart } from '../documentation'
import { gatewayOperation } from '../gateway-operation'

/** Shows what documents a part of an API. */
export const getDocumentationPart = gatewayOperation<GetDocumentationPartRequest, DocumentationPart>(GetDocumentationPart$, async (call) => requirePart(call, await requireApi(call), call.input.documentationPartId!))
