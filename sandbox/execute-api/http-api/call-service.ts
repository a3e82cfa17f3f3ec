import type { Integration } from '@aws-sdk/client-apigatewayv2'
import { assumeRoleForService } from '../../services/iam/assume-role'
import type { Pairs } from '../pairs'
import { signed } from '../rest/signed-request'
import { internal, routeArn, unavailable, type Exchange, type Reply } from './exchange'
import { fillIn } from './values'

const SERVICE = 'apigateway.amazonaws.com'
const SESSION_S = 900
const SQS_VERSION = '2012-11-05'

/**
 * Calls an AWS service with the integration's parameters as its role, and passes the answer on (HTTP API developer guide,
 * "AWS service integrations").
 * @throws HttpError 500 where the role cannot be assumed or a parameter cannot be read, 503 after the time is over
 */
export async function callService(exchange: Exchange, { IntegrationSubtype = '', RequestParameters = {}, CredentialsArn = '', TimeoutInMillis }: Integration): Promise<Reply> {
  const { sandbox, machine, api } = exchange
  const { Region: region = api.region, ...parameters } = Object.fromEntries(Object.entries(RequestParameters).map(([name, template]) => [name, fillIn(exchange, template)]).filter(([, value]) => value !== ''))
  const assumption = { account: api.account, roleArn: CredentialsArn, service: SERVICE, sourceArn: routeArn(exchange), sessionName: 'BackplaneAssumeRoleSession', seconds: SESSION_S, region: api.region }
  const { session } = await assumeRoleForService(sandbox, assumption)
  if (!session) throw internal("The IAM role configured on the integration or API Gateway doesn't have permissions to call the integration. Check the permissions and try again.")
  const [service, action] = IntegrationSubtype.split('-')
  const call = service === 'SQS' ? { service: 'sqs', ...queueCall(action!, parameters) } : { service: 'events', ...eventCall(parameters) }
  const { url, init } = await signed(new URL(machine.url()), { ...call, region, session, method: 'POST', path: '/', query: [] })
  const answer = await fetch(url, { ...init, redirect: 'manual', signal: AbortSignal.timeout(TimeoutInMillis!) }).catch((error: Error) => {
    throw error.name === 'TimeoutError' ? unavailable('Endpoint request timed out') : internal(error.message)
  })
  const body = Buffer.from(await answer.arrayBuffer())
  return { status: answer.status, headers: [['Content-Type', answer.headers.get('content-type') ?? 'application/json']], body }
}

/** SQS is asked, and answers, as its Query protocol has it. */
function queueCall(action: string, parameters: Record<string, string>): { headers: Pairs; body: Buffer } {
  const form = new URLSearchParams({ Action: action, Version: SQS_VERSION })
  for (const [name, value] of Object.entries(parameters)) {
    if (/Names$/.test(name)) [read(name, value)].flat().forEach((item, i) => form.set(`${name.slice(0, -1)}.${i + 1}`, String(item)))
    else if (/Attributes$/.test(name)) attributes(read(name, value)).forEach(([attribute, members], i) => flatten(form, `${name.slice(0, -1)}.${i + 1}`, attribute, members))
    else form.set(name, value)
  }
  return { headers: [['Content-Type', 'application/x-www-form-urlencoded']], body: Buffer.from(form.toString()) }
}

function attributes(value: unknown): [string, Record<string, unknown>][] {
  return Object.entries(value as Record<string, Record<string, unknown>>)
}

function flatten(form: URLSearchParams, prefix: string, attribute: string, members: Record<string, unknown>): void {
  form.set(`${prefix}.Name`, attribute)
  for (const [member, value] of Object.entries(members)) form.set(`${prefix}.Value.${member}`, String(value))
}

function eventCall({ Resources, Time, ...entry }: Record<string, string>): { headers: Pairs; body: Buffer } {
  const time = Time === undefined ? undefined : /^\d+(\.\d+)?$/.test(Time) ? Number(Time) : Date.parse(Time) / 1000
  const whole = { ...entry, ...(Resources === undefined ? {} : { Resources: [read('Resources', Resources)].flat() }), ...(time === undefined ? {} : { Time: time }) }
  return { headers: [['Content-Type', 'application/x-amz-json-1.1'], ['X-Amz-Target', 'AWSEvents.PutEvents']], body: Buffer.from(JSON.stringify({ Entries: [whole] })) }
}

/** A parameter that is a list or a map, as JSON; one word stands for a list of it. */
function read(name: string, value: string): unknown {
  if (!/^\s*[[{]/.test(value)) return value
  try {
    return JSON.parse(value)
  } catch {
    throw internal(`The parameter ${name} is no valid JSON.`)
  }
}
