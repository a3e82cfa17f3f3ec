import { GetDocumentationParts$, type DocumentationParts, type GetDocumentationPartsRequest } from '@aws-sdk/client-api-gateway'
import { requireApi } from '../apis'
import { listParts } from '../documentation'
import { gatewayOperation } from '../gateway-operation'
import { page } from '../paging'
import { undocumented } from '../undocumented'

/** Lists what documents an API by kind, path and name, or what of it is not documented yet. */
export const getDocumentationParts = gatewayOperation<GetDocumentationPartsRequest, DocumentationParts>(GetDocumentationParts$, async (call) => {
  const { type, path, nameQuery, locationStatus } = call.input
  const api = await requireApi(call)
  const parts = await listParts(call, api)
  const listed = locationStatus === 'UNDOCUMENTED' ? undocumented(api.definition, parts) : parts
  const wanted = listed.filter(({ location }) => (type === undefined || location.type === type) && (path === undefined || location.path === path) && (nameQuery === undefined || location.name?.includes(nameQuery)))
  return page(wanted, ({ id }) => id, call.input)
})
