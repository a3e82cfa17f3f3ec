import type { Integration } from '@aws-sdk/client-api-gateway'
import { issueSession, type Session } from '../../credentials'
import { assumeRoleForService } from '../../services/iam/assume-role'
import { lastValue, type Pairs } from '../pairs'
import type { Exchange, Reply } from './exchange'
import { shown } from './execution-log'
import { GatewayError, misconfigured } from './gateway-error'
import { respond } from './integration-response'
import { permissionArn } from './lambda-proxy'
import { filledUri, mappedHeaders, mappedQuery, ownHeaders } from './mapped-request'
import { noteIntegration } from './outcome'
import { jsonOfXml } from './query-answer'
import { requestBody } from './request-template'
import { signed } from './signed-request'
import type { Answered } from './sources'

const SERVICE = 'apigateway.amazonaws.com'
const SESSION_S = 900
const URI = /^arn:aws[\w-]*:apigateway:([\w-]+):(?:[\w.-]+\.)?([\w-]+):(path|action)\/([^?&]*)(?:[?&](.*))?$/
const FORM = 'application/x-www-form-urlencoded'

/** Services that take their parameters as a form, by the version that they speak. */
const QUERY_VERSIONS: Record<string, string> = { sqs: '2012-11-05', sns: '2010-03-31', iam: '2010-05-08', sts: '2011-06-15', monitoring: '2010-08-01' }
/** Services that are told by a header what to do. */
const TARGETS: Record<string, string> = { dynamodb: 'DynamoDB_20120810', events: 'AWSEvents', logs: 'Logs_20140328' }

/**
 * Calls another service of AWS than Lambda (`arn:aws:apigateway:us-east-1:sqs:path/…` or `…:action/…`) as the integration's
 * role, and makes the response by template (AWS; API Gateway developer guide, "Set up an AWS integration").
 * @throws GatewayError: 500 where the role cannot be assumed, 504. What the service refuses is an answer like any other.
 */
export async function callService(exchange: Exchange, integration: Integration): Promise<Reply> {
  const { log, httpMethod, sandbox } = exchange
  // The template may set what goes into the request, so that it comes first.
  const given = requestBody(exchange, integration)
  const [, region, service, kind, what, more] = URI.exec(filledUri(exchange, integration)) ?? []
  if (region === undefined || service === undefined) throw misconfigured('Invalid endpoint address')
  const session = await sessionOf(exchange, integration)
  const query: Pairs = [...new URLSearchParams(more ?? ''), ...mappedQuery(exchange, integration)]
  if (kind === 'action' && TARGETS[service] === undefined) query.unshift(['Action', what!])
  const targeted: Pairs = kind === 'action' && TARGETS[service] !== undefined ? [['Content-Type', 'application/x-amz-json-1.0'], ['X-Amz-Target', `${TARGETS[service]}.${what}`]] : []
  const own = ownHeaders(exchange).filter(([name]) => !targeted.some(([other]) => other === name))
  const headers = mappedHeaders(exchange, integration, [...own, ...targeted])
  const path = kind === 'path' ? `/${what}` : '/'
  const verb = integration.httpMethod === 'ANY' ? httpMethod : integration.httpMethod!
  const isQuery = QUERY_VERSIONS[service] !== undefined && lastValue(headers, 'x-amz-target', true) === undefined
  const request = isQuery ? asForm(service, path, query, headers, given) : { method: verb, path, query, headers, body: given }
  log(`Endpoint request URI: ${service}.${region}${path}`, 'data')
  log(`Endpoint request headers: ${shown(request.headers)}`, 'data')
  log(`Endpoint request body after transformations: ${request.body.toString('utf8')}`, 'data')
  const startedAt = sandbox.now()
  noteIntegration(exchange, {})
  const { url, init } = await signed(new URL(sandbox.url()), { ...request, service, region, session })
  const answer = await fetch(url, { ...init, redirect: 'manual', signal: AbortSignal.timeout(integration.timeoutInMillis ?? 29_000) }).catch((error: Error) => {
    throw error.name === 'TimeoutError' ? new GatewayError('INTEGRATION_TIMEOUT', { cause: 'Execution failed due to a timeout error' }) : misconfigured(error.message)
  })
  const body = Buffer.from(await answer.arrayBuffer())
  const requestId = answer.headers.get('x-amzn-requestid') ?? answer.headers.get('x-amz-request-id')
  noteIntegration(exchange, { latency: sandbox.now() - startedAt, status: answer.status, ...(requestId === null ? {} : { requestId }) })
  log(`Received response. Status: ${answer.status}, Integration latency: ${exchange.outcome.integration!.latency} ms`)
  log(`Endpoint response body before transformations: ${body.toString('utf8')}`, 'data')
  if (answer.status === 501) throw misconfigured(body.toString('utf8'))
  const wantsJson = isQuery && !/\bxml\b/.test(lastValue(headers, 'accept', true) ?? '')
  const answered: Answered = wantsJson ? { headers: [['Content-Type', 'application/json']], body: jsonOfXml(body) } : { headers: [...answer.headers], body }
  return respond(exchange, integration, String(answer.status), answered)
}

/** All parameters, wherever they are given, as the form that a Query service reads. */
function asForm(service: string, path: string, query: Pairs, headers: Pairs, body: Buffer) {
  const isForm = (lastValue(headers, 'content-type', true) ?? '').startsWith(FORM)
  const form = new URLSearchParams([...query, ...(isForm ? new URLSearchParams(body.toString('utf8')) : [])])
  if (!form.has('Version')) form.set('Version', QUERY_VERSIONS[service]!)
  const kept = headers.filter(([name]) => !/^content-type$/i.test(name))
  return { method: 'POST', path, query: [] as Pairs, headers: [...kept, ['Content-Type', FORM]] as Pairs, body: Buffer.from(form.toString()) }
}

/** Credentials of the integration's role, or of the caller where it says `arn:aws:iam::*:user/*`. */
async function sessionOf(exchange: Exchange, { credentials }: Integration): Promise<Session> {
  const { sandbox, api, context } = exchange
  if (credentials?.endsWith(':user/*')) {
    if (!context.caller) throw misconfigured('Invalid credentials: the caller is not known')
    return issueSession(sandbox, context.caller, SESSION_S)
  }
  const assumption = { account: api.account, roleArn: credentials ?? '', service: SERVICE, sourceArn: permissionArn(exchange), sessionName: 'BackplaneAssumeRoleSession', seconds: SESSION_S, region: api.region }
  const { session } = await assumeRoleForService(sandbox, assumption)
  if (!session) throw misconfigured('API Gateway does not have permission to assume the provided role')
  return session
}
