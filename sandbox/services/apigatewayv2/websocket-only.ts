import type { StaticOperationSchema } from '@smithy/types'
import type { Call } from '../../operation'
import { badRequest, notFound } from '../apigateway/errors'
import { gatewayOperation } from '../apigateway/gateway-operation'
import { requireApi } from './apis'
import { requireIntegration } from './integrations'
import { pageOf, type PageRequest } from './paging'
import { requireRoute } from './routes'

/** What WebSocket APIs have and HTTP APIs have not, so that this sandbox holds none. */
export type WebSocketThing = 'Model' | 'IntegrationResponse' | 'RouteResponse'

/** An operation that makes such a thing: refused, as AWS refuses it for HTTP APIs. */
export function refusedForHttp<Input, Output>(schema: StaticOperationSchema, thing: WebSocketThing) {
  return gatewayOperation<Input, Output>(schema, async (call) => {
    await requireParents(call)
    throw badRequest(`${thing}s are supported for WebSocket APIs only; this is an HTTP API.`)
  })
}

/** An operation on one such thing: not found, since HTTP APIs have none. */
export function notFoundForHttp<Input, Output>(schema: StaticOperationSchema, thing: WebSocketThing) {
  return gatewayOperation<Input, Output>(schema, async (call) => {
    await requireParents(call)
    throw notFound(`Invalid ${thing} identifier specified ${(call.input as Record<string, string>)[`${thing}Id`]}`)
  })
}

/** An operation that lists such things: empty. */
export function emptyForHttp<Input extends PageRequest, Output>(schema: StaticOperationSchema) {
  return gatewayOperation<Input, Output>(schema, async (call) => {
    await requireParents(call)
    return pageOf<never>([], String, call.input) as Output
  })
}

/** @throws NotFoundException where the API, or the integration or route that the call names, is not there */
async function requireParents(call: Call): Promise<void> {
  const api = await requireApi(call)
  if (call.input.IntegrationId !== undefined) requireIntegration(api, call.input.IntegrationId as string)
  if (call.input.RouteId !== undefined) requireRoute(api, call.input.RouteId as string)
}
