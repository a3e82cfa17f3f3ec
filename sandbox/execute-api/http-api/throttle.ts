import { own } from '../../services/apigateway/errors'
import { takeToken } from '../rest/throttle'
import { HttpError, type Exchange } from './exchange'

/** Throttles by the stage's settings of the route, else by its default ones. @throws HttpError 429 */
export function throttleRoute(exchange: Exchange): void {
  const { api, stage, route } = exchange
  const settings = own(stage.RouteSettings, route.RouteKey)
  const has = settings?.ThrottlingRateLimit !== undefined || settings?.ThrottlingBurstLimit !== undefined
  const { ThrottlingRateLimit: rate, ThrottlingBurstLimit: burst } = (has ? settings : stage.DefaultRouteSettings) ?? {}
  if (rate === undefined && burst === undefined) return
  const most = burst ?? Math.max(rate!, 1)
  if (!takeToken(exchange, ['http', api.id, stage.StageName, route.RouteKey].join('/'), rate ?? most, most)) throw new HttpError(429, 'Too Many Requests')
}
