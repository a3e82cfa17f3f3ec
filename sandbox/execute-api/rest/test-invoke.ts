import { randomBytes, randomUUID } from 'node:crypto'
import type { TestInvokeAuthorizerRequest, TestInvokeAuthorizerResponse, TestInvokeMethodRequest, TestInvokeMethodResponse } from '@aws-sdk/client-api-gateway'
import type { Call } from '../../operation'
import { requireApi } from '../../services/apigateway/apis'
import { identitySources, requireAuthorizer } from '../../services/apigateway/authorizers'
import { badRequest } from '../../services/apigateway/errors'
import { requireMethod } from '../../services/apigateway/methods'
import type { RestApiRecord } from '../../services/apigateway/records'
import { requireResource } from '../../services/apigateway/resource-tree'
import { lastValue, multiple, single, type Pairs } from '../pairs'
import { errorReply, runMethod } from './answer'
import { askAuthorizer } from './authorize-lambda'
import { contextOf } from './context'
import type { Arrival, Exchange, Reply } from './exchange'
import { logRequest, logResponse } from './execution-log'
import { GatewayError } from './gateway-error'
import { readSource } from './sources'

const STAGE = 'test-invoke-stage'
const SOURCE_IP = 'test-invoke-source-ip'

/** Calls a method as it is now, deployed or not, without authorization, and tells by a log what happened on the way. */
export async function testMethod(call: Call<TestInvokeMethodRequest>): Promise<TestInvokeMethodResponse> {
  const { input, sandbox } = call
  const api = await requireApi(call)
  const method = requireMethod(api.definition, input)
  const resource = requireResource(api.definition, input.resourceId)
  const log = new Log(sandbox.now)
  const [path = '', query = ''] = (input.pathWithQueryString || resource.path).split('?')
  const pathParameters = parametersOf(resource.path, path)
  const httpMethod = method.httpMethod === 'ANY' ? 'GET' : method.httpMethod!
  const arrival = arrivalOf(call, api, { httpMethod, path, query, body: input.body, headers: headersOf(input), variables: input.stageVariables, log })
  Object.assign(arrival.context, { resourceId: resource.id, resourcePath: resource.path, caller: call.principal })
  const exchange: Exchange = { ...arrival, resource, method, pathParameters }
  logRequest(exchange)
  const startedAt = sandbox.now()
  const reply = await runMethod(exchange).catch((error): Reply => errorReply(arrival, error))
  const latency = sandbox.now() - startedAt
  logResponse(exchange, reply)
  return { status: reply.status, body: reply.body.toString('utf8'), headers: single(reply.headers) ?? {}, multiValueHeaders: multiple(reply.headers) ?? {}, log: log.text(arrival.context.requestId), latency }
}

/** Asks an authorizer as a request would, and shows what it said. */
export async function testAuthorizer(call: Call<TestInvokeAuthorizerRequest>): Promise<TestInvokeAuthorizerResponse> {
  const { input, sandbox } = call
  const api = await requireApi(call)
  const authorizer = requireAuthorizer(api.definition, input.authorizerId)
  if (authorizer.type === 'COGNITO_USER_POOLS') throw badRequest('There are no user pools in this sandbox.')
  const log = new Log(sandbox.now)
  const [path = '/', query = ''] = (input.pathWithQueryString || '/').split('?')
  const arrival = arrivalOf(call, api, { httpMethod: 'GET', path, query, body: input.body, headers: headersOf(input), variables: input.stageVariables, log })
  const exchange: Exchange = { ...arrival, resource: api.definition.resources[api.rootResourceId]!, method: { httpMethod: 'GET' }, pathParameters: {} }
  const requestId = arrival.context.requestId as string
  log.add(`Starting authorizer: ${authorizer.id} for request: ${requestId}`)
  const startedAt = sandbox.now()
  try {
    const identity = identitySources(authorizer).map((source) => [readSource(exchange, source) ?? []].flat().join(','))
    if (identity.some((value) => value === '')) throw new GatewayError('UNAUTHORIZED', { cause: 'Unauthorized request: missing identity' })
    const { principalId, policy, context } = await askAuthorizer(exchange, authorizer, identity)
    log.add('Successfully completed authorizer execution')
    return { clientStatus: 200, log: log.text(requestId), latency: sandbox.now() - startedAt, principalId, policy: JSON.stringify(policy), authorization: Object.fromEntries(Object.entries(context).map(([name, value]) => [name, [value]])) }
  } catch (error) {
    const { status } = errorReply(arrival, error)
    return { clientStatus: status, log: log.text(requestId), latency: sandbox.now() - startedAt }
  }
}

interface Given {
  httpMethod: string
  path: string
  query: string
  body: string | undefined
  headers: Pairs
  variables: Record<string, string> | undefined
  log: Log
}

function arrivalOf(call: Call, api: RestApiRecord, { httpMethod, path, query, body, headers, variables, log }: Given): Arrival {
  const { sandbox, principal } = call
  const context = contextOf({
    requestId: randomUUID(),
    extendedRequestId: `${randomUUID().replaceAll('-', '').slice(0, 15)}=`,
    api,
    stageName: STAGE,
    deploymentId: '',
    path,
    httpMethod,
    domainName: 'testPrefix.testDomainName',
    sourceIp: SOURCE_IP,
    userAgent: lastValue(headers, 'user-agent', true) ?? call.userAgent,
    now: sandbox.now(),
  })
  Object.assign(context.identity, { accountId: principal.account, caller: principal.userId, user: principal.userId, userArn: principal.arn, accessKey: principal.accessKeyId, apiKey: 'test-invoke-api-key', apiKeyId: 'test-invoke-api-key-id' })
  return {
    sandbox,
    machine: sandbox,
    api,
    definition: api.definition,
    stageName: STAGE,
    variables: variables ?? {},
    httpMethod,
    path,
    headers,
    query: [...new URLSearchParams(query)],
    body: Buffer.from(body ?? ''),
    peer: { address: SOURCE_IP, signal: call.signal },
    context,
    traceId: `Root=1-${Math.floor(sandbox.now() / 1000).toString(16)}-${randomBytes(12).toString('hex')}`,
    outcome: {},
    log: (line) => log.add(line),
  }
}

function headersOf({ headers = {}, multiValueHeaders = {} }: Pick<TestInvokeMethodRequest, 'headers' | 'multiValueHeaders'>): Pairs {
  return [...Object.entries(headers), ...Object.entries(multiValueHeaders).flatMap(([name, values]) => values.map((value): [string, string] => [name, value]))]
}

/** The values of the path's variables. @throws BadRequestException where the path is not of that resource */
function parametersOf(template: string, path: string): Record<string, string> {
  if (path === template) return {}
  const names: string[] = []
  const source = template.replace(/\{([^}+]+)(\+?)\}|[^{]+/g, (part, name: string | undefined, greedy: string) => {
    if (name === undefined) return part.replace(/[.*+?^${}()|[\]\\]/g, '\\$&')
    names.push(name)
    return greedy ? '(.+)' : '([^/]+)'
  })
  const match = new RegExp(`^${source}$`).exec(path)
  if (!match) throw badRequest('Invalid path for the resource: it does not match ' + template)
  return Object.fromEntries(names.map((name, i) => [name, match[i + 1]!]))
}

/** The execution log of a test invocation. */
class Log {
  readonly #lines: string[] = []

  constructor(readonly now: () => number) {}

  add(line: string): void {
    this.#lines.push(`${new Date(this.now()).toUTCString().replace(/^(\w{3}), (\d\d) (\w{3}) (\d{4}) (.+) GMT$/, '$1 $3 $2 $5 UTC $4')} : ${line}`)
  }

  text(requestId: string): string {
    return `Execution log for request ${requestId}\n${this.#lines.join('\n')}\n`
  }
}
