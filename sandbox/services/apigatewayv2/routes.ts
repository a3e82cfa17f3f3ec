import type { Route } from '@aws-sdk/client-apigatewayv2'
import { badRequest, conflict, notFound, own, required } from '../apigateway/errors'
import type { HttpApiRecord } from './records'

const KEY = /^(GET|POST|PUT|PATCH|DELETE|HEAD|OPTIONS|ANY) (\/\S*)$/

const MOST_SCOPES = 10

/** @throws NotFoundException */
export function requireRoute(api: HttpApiRecord, id: string | undefined): Route {
  return required(api.definition.routes, id, `Invalid Route identifier specified ${id}`)
}

/** Method and path of a route key; undefined for `$default`. @throws BadRequestException in AWS's words */
export function parseRouteKey(key: string): { method: string; path: string } | undefined {
  if (key === '$default') return undefined
  const [, method, path] = KEY.exec(key) ?? []
  if (path === undefined) throw badRequest('The provided route key is not formatted properly for HTTP protocol. Format should be "<HTTP METHOD> /<RESOURCE PATH>" or "$default"')
  return { method: method!, path }
}

/**
 * A route with AWS's defaults, fit for the API.
 * @throws BadRequestException, ConflictException for a key that another route has, NotFoundException for its target or authorizer
 */
export function checkedRoute(api: HttpApiRecord, given: Route): Route {
  checkPath(parseRouteKey(given.RouteKey!)?.path ?? '/')
  const taken = Object.values(api.definition.routes).some((route) => route.RouteKey === given.RouteKey && route.RouteId !== given.RouteId)
  if (taken) throw conflict(`Route with key ${given.RouteKey} already exists for this API`)
  if (given.ApiKeyRequired) throw badRequest('ApiKeyRequired is not currently supported for HTTP APIs')
  if (given.RequestModels || given.RequestParameters || given.ModelSelectionExpression || given.RouteResponseSelectionExpression) throw badRequest('Models, request parameters and route responses are supported for WebSocket APIs only')
  if (given.Target !== undefined) {
    const id = /^integrations\/([a-z0-9]+)$/.exec(given.Target)?.[1]
    if (id === undefined) throw badRequest('Invalid target specified. Format should be integrations/<INTEGRATION ID>')
    if (!own(api.definition.integrations, id)) throw notFound(`Invalid Integration identifier specified ${id}`)
  }
  const type = given.AuthorizationType ?? 'NONE'
  const authorizer = given.AuthorizerId === undefined ? undefined : own(api.definition.authorizers, given.AuthorizerId)
  if (type === 'CUSTOM' || type === 'JWT') {
    if (given.AuthorizerId === undefined) throw badRequest(`AuthorizerId is required for authorization type ${type}`)
    if (!authorizer) throw notFound(`Invalid Authorizer identifier specified ${given.AuthorizerId}`)
    if (authorizer.AuthorizerType !== (type === 'JWT' ? 'JWT' : 'REQUEST')) throw badRequest(`Authorizer ${given.AuthorizerId} cannot serve authorization type ${type}`)
  }
  if (type !== 'JWT' && given.AuthorizationScopes?.length) throw badRequest('Authorization scopes are supported for JWT authorizers only')
  if ((given.AuthorizationScopes?.length ?? 0) > MOST_SCOPES) throw badRequest(`A route can have at most ${MOST_SCOPES} authorization scopes.`)
  const { AuthorizerId: _, ...open } = given
  return { ...(type === 'CUSTOM' || type === 'JWT' ? given : open), ApiKeyRequired: false, AuthorizationType: type }
}

function checkPath(path: string): void {
  const segments = path.split('/').slice(1)
  const names = new Set<string>()
  segments.forEach((segment, i) => {
    if (!/[{}]/.test(segment)) return
    const [, name, greedy] = /^\{([\w.-]+)(\+?)\}$/.exec(segment) ?? []
    if (name === undefined) throw badRequest(`Invalid path variable ${segment}: a variable is a whole segment, {name} or {name+}.`)
    if (greedy && i < segments.length - 1) throw badRequest('Greedy path variables are only allowed at the end of a route')
    if (names.has(name)) throw badRequest(`Path variable ${name} occurs twice in the route`)
    names.add(name)
  })
}
