import type { Integration, IntegrationResponse } from '@aws-sdk/client-api-gateway'
import { own } from '../../services/apigateway/errors'
import { lastValue, type Pairs } from '../pairs'
import { matchesWhole } from '../within-time'
import { isBinary, type Exchange, type Reply } from './exchange'
import { misconfigured } from './gateway-error'
import { rendered } from './request-template'
import { readSource, type Answered } from './sources'

/**
 * Makes the response of what a backend answered: the integration response whose pattern matches, its template and headers.
 * @param outcome what patterns are held against: the status of HTTP and MOCK, the error message of Lambda, '' for its success
 * @throws GatewayError 500 where no response matches and there is none without a pattern
 */
export function respond(exchange: Exchange, integration: Integration, outcome: string, answered: Answered): Reply {
  const chosen = choose(integration, outcome)
  if (!chosen) throw misconfigured('No match for output mapping and no default output mapping configured. Endpoint Response Status Code: ' + (outcome || '200'))
  const [contentType, body] = bodyOf(exchange, chosen, answered)
  const headers: Pairs = [['Content-Type', contentType]]
  for (const [name, source] of Object.entries(chosen.responseParameters ?? {})) {
    for (const value of [readSource(exchange, source, answered) ?? []].flat()) headers.push([name.replace(/^method\.response\.header\./, ''), value])
  }
  const { status, header } = exchange.context.responseOverride
  for (const [name, value] of Object.entries(header as object)) headers.push([name, String(value)])
  // Later ones take the place of earlier ones: a mapped or overridden Content-Type wins.
  const kept = headers.filter(([name], i) => !headers.slice(i + 1).some(([later]) => later.toLowerCase() === name.toLowerCase() && /^content-type$/i.test(name)))
  return { status: Number(status ?? chosen.statusCode), headers: kept, body }
}

function choose({ integrationResponses = {} }: Integration, outcome: string): IntegrationResponse | undefined {
  const all = Object.values(integrationResponses)
  const matching = outcome === '' ? undefined : all.find(({ selectionPattern }) => selectionPattern && matchesWhole(selectionPattern, outcome))
  return matching ?? all.find(({ selectionPattern }) => !selectionPattern)
}

function bodyOf(exchange: Exchange, { responseTemplates = {}, contentHandling }: IntegrationResponse, { headers, body }: Answered): [contentType: string, body: Buffer] {
  const accepted = lastValue(exchange.headers, 'accept', true)?.split(',')[0]?.split(';')[0]?.trim()
  const type = [accepted, 'application/json', Object.keys(responseTemplates)[0]].find((one) => own(responseTemplates, one) !== undefined)
  const template = own(responseTemplates, type)
  const given = lastValue(headers, 'content-type', true)
  const contentType = type ?? given ?? 'application/json'
  // By the table of "Content type conversions in API Gateway" in the developer guide.
  const isBytes = isBinary(exchange.definition, given)
  const wantsBytes = isBinary(exchange.definition, accepted)
  const asText = isBytes && (contentHandling === 'CONVERT_TO_TEXT' || (contentHandling === undefined && !wantsBytes))
  const text = asText ? Buffer.from(body.toString('base64')) : body
  const hasTemplate = template !== undefined && template !== '' && template !== '__passthrough'
  const made = hasTemplate ? Buffer.from(rendered(template, exchange, text.toString('utf8'))) : text
  const asBytes = !isBytes && (contentHandling === 'CONVERT_TO_BINARY' || (contentHandling === undefined && wantsBytes && !hasTemplate && exchange.method.methodIntegration?.type === 'AWS' && !isJson(made)))
  return [contentType, asBytes ? Buffer.from(unquoted(made), 'base64') : made]
}

/** A function gives bytes as base64 in a JSON string. */
function unquoted(body: Buffer): string {
  const text = body.toString('utf8')
  return text.startsWith('"') && text.endsWith('"') ? text.slice(1, -1) : text
}

function isJson(body: Buffer): boolean {
  return /^\s*[[{]/.test(body.toString('utf8', 0, 64))
}
