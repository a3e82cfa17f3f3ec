import type { Integration } from '@aws-sdk/client-api-gateway'
import { own } from '../../services/apigateway/errors'
import { lastValue } from '../pairs'
import { isBinary, type Exchange } from './exchange'
import { GatewayError, misconfigured } from './gateway-error'
import { renderTemplate } from './templates'

/**
 * The body that goes to the backend: by the template for the request's content type, or as it is where the integration's
 * passthrough behaviour says so (API Gateway developer guide, "Integration passthrough behaviors").
 * @throws GatewayError 415 where it must not pass, 500 where the template fails
 */
export function requestBody(exchange: Exchange, { requestTemplates = {}, passthroughBehavior, contentHandling }: Integration): Buffer {
  const type = (lastValue(exchange.headers, 'content-type', true) ?? 'application/json').split(';')[0]!.trim().toLowerCase()
  const body = converted(exchange, contentHandling, type)
  const template = own(requestTemplates, type) ?? own(requestTemplates, '$default')
  if (template !== undefined && template !== '') return Buffer.from(rendered(template, exchange, body.toString('utf8')))
  const passes = template === '' || passthroughBehavior === 'WHEN_NO_MATCH' || (passthroughBehavior === 'WHEN_NO_TEMPLATES' && Object.keys(requestTemplates).length === 0)
  if (!passes) throw new GatewayError('UNSUPPORTED_MEDIA_TYPE')
  return body
}

/** Renders a template; what goes wrong is the API's misconfiguration. @throws GatewayError 500 */
export function rendered(template: string, exchange: Exchange, body: string): string {
  try {
    return renderTemplate(template, exchange, { body })
  } catch (error) {
    throw misconfigured(`Unable to transform: ${(error as Error).message.split('\n')[0]}`)
  }
}

/** By the table of "Content type conversions in API Gateway" in the developer guide. */
function converted({ body, definition }: Exchange, handling: string | undefined, type: string): Buffer {
  if (handling === 'CONVERT_TO_TEXT' && isBinary(definition, type)) return Buffer.from(body.toString('base64'))
  if (handling === 'CONVERT_TO_BINARY' && !isBinary(definition, type)) return Buffer.from(body.toString('utf8'), 'base64')
  return body
}
