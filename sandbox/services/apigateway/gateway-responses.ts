import type { GatewayResponse, GatewayResponseType } from '@aws-sdk/client-api-gateway'
import { badRequest, own } from './errors'
import type { Definition } from './records'

/** The kinds of response that API Gateway itself gives, and their status; the defaults have none (API Gateway developer guide, "Gateway response types"). */
export const GATEWAY_RESPONSES: Record<GatewayResponseType, string | undefined> = {
  ACCESS_DENIED: '403',
  API_CONFIGURATION_ERROR: '500',
  AUTHORIZER_CONFIGURATION_ERROR: '500',
  AUTHORIZER_FAILURE: '500',
  BAD_REQUEST_BODY: '400',
  BAD_REQUEST_PARAMETERS: '400',
  DEFAULT_4XX: undefined,
  DEFAULT_5XX: undefined,
  EXPIRED_TOKEN: '403',
  INTEGRATION_FAILURE: '504',
  INTEGRATION_TIMEOUT: '504',
  INVALID_API_KEY: '403',
  INVALID_SIGNATURE: '403',
  MISSING_AUTHENTICATION_TOKEN: '403',
  QUOTA_EXCEEDED: '429',
  REQUEST_TOO_LARGE: '413',
  RESOURCE_NOT_FOUND: '404',
  THROTTLED: '429',
  UNAUTHORIZED: '401',
  UNSUPPORTED_MEDIA_TYPE: '415',
  WAF_FILTERED: '403',
}

export const DEFAULT_TEMPLATE = '{"message":$context.error.messageString}'

/** The response of that kind: as customised, else as AWS has it. */
export function gatewayResponse(definition: Definition, type: GatewayResponseType): GatewayResponse {
  const custom = own(definition.gatewayResponses, type)
  if (custom) return custom
  return { responseType: type, statusCode: GATEWAY_RESPONSES[type], responseParameters: {}, responseTemplates: { 'application/json': DEFAULT_TEMPLATE }, defaultResponse: true }
}

/** @throws BadRequestException where a header is none, or a source is unknown */
export function checkGatewayResponse({ statusCode, responseParameters }: GatewayResponse): void {
  if (statusCode !== undefined && !/^[1-5]\d\d$/.test(statusCode)) throw badRequest('Invalid status code specified')
  for (const [name, source] of Object.entries(responseParameters ?? {})) {
    if (!/^gatewayresponse\.header\.[^\s]+$/.test(name)) throw badRequest(`Invalid response parameter specified: ${name}`)
    if (!/^('.*'|method\.request\.(header|querystring|path|multivaluequerystring|multivalueheader)\..+|context\..+|stageVariables\..+)$/s.test(source)) {
      throw badRequest(`Invalid response parameter specified: ${source}`)
    }
  }
}
