import { DeleteRouteRequestParameter$, type DeleteRouteRequestParameterRequest } from '@aws-sdk/client-apigatewayv2'
import { notFound } from '../../apigateway/errors'
import { gatewayOperation } from '../../apigateway/gateway-operation'
import { requireApi } from '../apis'
import { requireRoute } from '../routes'

/** Deletes a request parameter of a route; routes of HTTP APIs have none. */
export const deleteRouteRequestParameter = gatewayOperation<DeleteRouteRequestParameterRequest, object>(DeleteRouteRequestParameter$, async (call) => {
  requireRoute(await requireApi(call), call.input.RouteId)
  throw notFound(`Invalid request parameter specified ${call.input.RequestParameterKey}`)
})
