import type { GatewayResponseType } from '@aws-sdk/client-api-gateway'
import { DEFAULT_TEMPLATE, GATEWAY_RESPONSES } from '../../services/apigateway/gateway-responses'
import { own } from '../../services/apigateway/errors'
import type { Pairs } from '../pairs'
import type { Arrival, Reply } from './exchange'
import { readSource } from './sources'

/** The message and the x-amzn-ErrorType of each response that API Gateway itself gives. */
const KNOWN: Partial<Record<GatewayResponseType, [errorType: string, message: string | null]>> = {
  ACCESS_DENIED: ['AccessDeniedException', 'User is not authorized to access this resource'],
  API_CONFIGURATION_ERROR: ['InternalServerErrorException', 'Internal server error'],
  AUTHORIZER_CONFIGURATION_ERROR: ['AuthorizerConfigurationException', null],
  AUTHORIZER_FAILURE: ['InternalServerErrorException', null],
  BAD_REQUEST_BODY: ['BadRequestException', 'Invalid request body'],
  BAD_REQUEST_PARAMETERS: ['BadRequestException', 'Invalid request parameters'],
  EXPIRED_TOKEN: ['ExpiredTokenException', 'The security token included in the request is expired'],
  INTEGRATION_FAILURE: ['InternalServerErrorException', 'Network error communicating with endpoint'],
  INTEGRATION_TIMEOUT: ['InternalServerErrorException', 'Endpoint request timed out'],
  INVALID_API_KEY: ['ForbiddenException', 'Forbidden'],
  INVALID_SIGNATURE: ['InvalidSignatureException', 'The request signature we calculated does not match the signature you provided.'],
  MISSING_AUTHENTICATION_TOKEN: ['MissingAuthenticationTokenException', 'Missing Authentication Token'],
  QUOTA_EXCEEDED: ['LimitExceededException', 'Limit Exceeded'],
  REQUEST_TOO_LARGE: ['RequestTooLargeException', 'Request Too Long'],
  THROTTLED: ['TooManyRequestsException', 'Too Many Requests'],
  UNAUTHORIZED: ['UnauthorizedException', 'Unauthorized'],
  UNSUPPORTED_MEDIA_TYPE: ['UnsupportedMediaTypeException', 'Unsupported Media Type'],
}

/** Ends a request with a response of API Gateway's own. */
export class GatewayError extends Error {
  constructor(
    readonly type: GatewayResponseType,
    readonly more: {
      /** In place of the kind's own. */
      message?: string
      status?: number
      errorType?: string
      /** Denials by IAM or an authorizer say `Message`. */
      isCapital?: boolean
      /** `$context.error.validationErrorString` */
      validation?: string
      /** What the execution log says. */
      cause?: string
      /** The function has no more room, which HTTP APIs answer otherwise. */
      isThrottled?: boolean
    } = {},
  ) {
    super(more.message ?? KNOWN[type]?.[1] ?? type)
    this.name = 'GatewayError'
  }

  /** As AWS has it, before the API's own response to it. */
  get status(): number {
    return this.more.status ?? Number(GATEWAY_RESPONSES[this.type] ?? 500)
  }
}

/** The API's own misconfiguration: 500 to the client, the cause in the execution log. */
export function misconfigured(cause: string, status = 500): GatewayError {
  return new GatewayError('API_CONFIGURATION_ERROR', { status, cause: `Execution failed due to configuration error: ${cause}` })
}

/** The response of an error: as the API customised that kind, else DEFAULT_4XX or DEFAULT_5XX, else as AWS has it. */
export function gatewayReply(arrival: Arrival, error: GatewayError): Reply {
  const { gatewayResponses } = arrival.definition
  const [errorType, known] = KNOWN[error.type] ?? ['InternalServerErrorException', 'Internal server error']
  const message = error.more.message ?? known
  const { status } = error
  const custom = own(gatewayResponses, error.type) ?? own(gatewayResponses, status < 500 ? 'DEFAULT_4XX' : 'DEFAULT_5XX')
  arrival.context.error = { message: message ?? '', messageString: JSON.stringify(message), responseType: error.type, validationErrorString: error.more.validation ?? '' }
  const [contentType, template] = templateFor(arrival, custom?.responseTemplates)
  const isDefault = template === DEFAULT_TEMPLATE
  const body = isDefault && error.more.isCapital ? JSON.stringify({ Message: message }) : substitute(arrival, template)
  const headers: Pairs = [['Content-Type', contentType], ['x-amzn-ErrorType', error.more.errorType ?? errorType]]
  for (const [name, source] of Object.entries(custom?.responseParameters ?? {})) {
    const value = readSource(arrival, source)
    if (value !== undefined) headers.push([name.replace(/^gatewayresponse\.header\./, ''), String(value)])
  }
  return { status: custom?.statusCode === undefined ? status : Number(custom.statusCode), headers, body: Buffer.from(body) }
}

/** The template that the client accepts, else the one for JSON, else the first. */
function templateFor({ headers }: Arrival, templates: Record<string, string> = {}): [contentType: string, template: string] {
  const accepted = headers.find(([name]) => name.toLowerCase() === 'accept')?.[1].split(',')[0]?.split(';')[0]?.trim()
  for (const type of [accepted, 'application/json', Object.keys(templates)[0]]) {
    const template = own(templates, type)
    if (type !== undefined && template !== undefined) return [type, template]
  }
  return ['application/json', DEFAULT_TEMPLATE]
}

/** Gateway responses know variables only, no directives (API Gateway developer guide, "Gateway responses"). */
function substitute(arrival: Arrival, template: string): string {
  return template.replace(/\$(?:\{([\w.-]+)\}|((?:context|stageVariables|method\.request)\.[\w.-]*\w))/g, (_, braced: string | undefined, plain: string | undefined) => {
    const source = (braced ?? plain)!
    const value = readSource(arrival, source)
    return value === undefined ? '' : String(value)
  })
}
