import { GetDocumentationVersions$, type DocumentationVersions, type GetDocumentationVersionsRequest } from '@aws-sdk/client-api-gateway'
import { requireApi } from '../apis'
import { describeVersion, listVersions } from '../documentation'
import { gatewayOperation } from '../gateway-operation'
import { page } from '../paging'

/** Lists the versions of an API's documentation. */
export const getDocumentationVersions = gatewayOperation<GetDocumentationVersionsRequest, DocumentationVersions>(GetDocumentationVersions$, async (call) => {
  const { items, position } = page(await listVersions(call, await requireApi(call)), ({ version }) => version, call.input)
  return { items: items.map(describeVersion), position }
})
