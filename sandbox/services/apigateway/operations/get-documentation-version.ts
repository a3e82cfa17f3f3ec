import { GetDocumentationVersion$, type DocumentationVersion, type GetDocumentationVersionRequest } from '@aws-sdk/client-api-gateway'
import { requireApi } from '../apis'
import { describeVersion, requireVersion } from '../documentation'
import { gatewayOperation } from '../gateway-operation'

/** Shows a version of an API's documentation. */
export const getDocumentationVersion = gatewayOperation<GetDocumentationVersionRequest, DocumentationVersion>(GetDocumentationVersion$, async (call) => describeVersion(await requireVersion(call, await requireApi(call), call.input.documentationVersion!)))
