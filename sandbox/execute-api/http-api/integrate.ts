import type { Integration } from '@aws-sdk/client-apigatewayv2'
import { own } from '../../services/apigateway/errors'
import { callUrl } from '../outgoing'
import { headerPairs } from '../pairs'
import { GatewayError } from '../rest/gateway-error'
import { errorMessage } from '../rest/lambda-proxy'
import { callLambda, gatewayFault } from './call-lambda'
import { callService } from './call-service'
import { commonEvent, eventBody } from './event'
import { filled, internal, routeArn, unavailable, type Exchange, type Reply } from './exchange'
import { readLambdaReply } from './lambda-reply'
import { mapRequest, mapResponse } from './mapping'

const DEFAULT_TIMEOUT_MS = 30_000

/** Hands the request to the route's integration and gives its answer. @throws HttpError */
export async function integrate(exchange: Exchange): Promise<Reply> {
  const { route, definition, sandbox } = exchange
  const integration = own(definition.integrations, route.Target?.replace(/^integrations\//, ''))
  if (!integration) throw internal(`route ${route.RouteKey} has no integration`)
  const startedAt = sandbox.now()
  exchange.integration = { latency: 0 }
  try {
    const reply = await answerOf(exchange, integration)
    exchange.integration.status = reply.status
    exchange.integration.serviceStatus ??= reply.status
    return mapResponse(exchange, integration.ResponseParameters, reply)
  } finally {
    exchange.integration.latency = sandbox.now() - startedAt
  }
}

async function answerOf(exchange: Exchange, integration: Integration): Promise<Reply> {
  // Its request parameters are those of the service.
  if (integration.IntegrationSubtype) return callService(exchange, integration)
  // There are no VPCs here: as where nothing listens behind the link.
  if (integration.ConnectionType === 'VPC_LINK') throw unavailable('Network error communicating with endpoint')
  const mapped = mapRequest(exchange, integration.RequestParameters)
  return integration.IntegrationType === 'HTTP_PROXY' ? proxyHttp(mapped, integration) : proxyLambda(mapped, integration)
}

async function proxyLambda(exchange: Exchange, { IntegrationUri, CredentialsArn, TimeoutInMillis, PayloadFormatVersion }: Integration): Promise<Reply> {
  const version = PayloadFormatVersion ?? '2.0'
  const { body, isBase64Encoded } = eventBody(exchange)
  const event = { version, ...commonEvent(exchange, version), ...(body === undefined ? (version === '2.0' ? {} : { body: null }) : { body }), isBase64Encoded }
  const { text, isError } = await callLambda(exchange, { uri: IntegrationUri!, credentials: CredentialsArn, sourceArn: routeArn(exchange), event, timeoutMs: TimeoutInMillis ?? DEFAULT_TIMEOUT_MS })
  exchange.integration!.serviceStatus = 200
  if (isError) throw internal(`The Lambda function returned the following error: ${errorMessage(text).slice(0, 500)}. Check your Lambda function code and try again.`)
  return readLambdaReply(text, version)
}

async function proxyHttp(exchange: Exchange, { IntegrationUri = '', IntegrationMethod, TimeoutInMillis }: Integration): Promise<Reply> {
  const { method, pathParameters, query, context, domainName, body } = exchange
  const url = urlOf(exchange, IntegrationUri, pathParameters)
  for (const [name, value] of query) url.searchParams.append(name, value)
  const kept = exchange.headers.filter(([name]) => !/^(host|connection|content-length|transfer-encoding|keep-alive|upgrade|forwarded|via)$/i.test(name))
  const request = {
    url,
    method: IntegrationMethod === 'ANY' ? method : IntegrationMethod!,
    headers: [...kept, ['Forwarded', `for=${context.identity.sourceIp};host=${domainName};proto=https`], ['Via', 'HTTP/1.1 AmazonAPIGateway']] as [string, string][],
    body,
    timeoutMs: TimeoutInMillis ?? DEFAULT_TIMEOUT_MS,
  }
  // What the client sent tells how many APIs called each other so far, whatever a mapping made of it.
  const answer = await callUrl({ ...exchange, headers: headerPairs(exchange.signed) }, request).catch((error) => {
    if (!(error instanceof GatewayError)) throw error
    throw gatewayFault(error)
  })
  return { ...answer, headers: answer.headers.filter(([name]) => !/^(connection|keep-alive|transfer-encoding|content-length|content-encoding|apigw-requestid)$/i.test(name)) }
}

/** The integration's URL with stage and path variables filled in; a path that a mapping made takes the place of its own. */
function urlOf(exchange: Exchange, uri: string, pathParameters: Record<string, string>): URL {
  const text = filled(exchange, uri).replace(/\{([^}+]+)\+?\}/g, (_, name: string) => (own(pathParameters, name) ?? '').split('/').map(encodeURIComponent).join('/'))
  try {
    const url = new URL(text)
    if (exchange.mappedPath !== undefined) url.pathname = exchange.mappedPath
    return url
  } catch {
    throw internal(`invalid endpoint address ${text}`)
  }
}
