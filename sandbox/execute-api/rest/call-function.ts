import { randomUUID } from 'node:crypto'
import { authorize } from '../../authorize'
import type { Call, Principal } from '../../operation'
import { findRole, refusalForService, sessionPrincipal } from '../../services/iam/assume-role'
import { globalContext } from '../../services/iam/global-context'
import { judge } from '../../services/iam/judge'
import { TooManyRequests, type InvokeResult } from '../../services/lambda/engine/types'
import { findFunction, resolveQualifier } from '../../services/lambda/functions'
import { functionArn, parseName, type FunctionName } from '../../services/lambda/names'
import { policyDocument } from '../../services/lambda/policy'
import type { FunctionRecord } from '../../services/lambda/records'
import { routeInvocation, runFunction } from '../../services/lambda/run-function'
import type { Arrival } from './exchange'
import { GatewayError, misconfigured } from './gateway-error'
import { beforeTimeout } from './integration-timeout'

const SERVICE = 'apigateway.amazonaws.com'

/** For which API something is called; of REST and HTTP APIs alike. */
export interface OnBehalf extends Pick<Arrival, 'sandbox' | 'variables'> {
  api: { account: string; region: string }
  /** `$context`, of which `identity.sourceIp` and `identity.userAgent` are read. */
  context: Record<string, any>
}

/** How a function is called. */
export interface FunctionCall {
  /** The integration's or authorizer's URI, stage variables and all. */
  uri: string
  /** A role that API Gateway assumes; `arn:aws:iam::*:user/*` for the caller's own rights. Without it the function's policy decides. */
  credentials?: string | undefined
  /** `aws:SourceArn`: the method or the authorizer. */
  sourceArn: string
  /** Of the invocation; a new one where not given. */
  requestId?: string
  payload: Buffer
  timeoutMs: number
  /** Who signed the request, where that was asked for. */
  caller?: Principal | undefined
  /** Taken and run later: `X-Amz-Invocation-Type: Event`. */
  isEvent?: boolean
}

/**
 * Calls a Lambda function as API Gateway does, after IAM allowed it. Undefined for an event, which is only taken.
 * @throws GatewayError: 500 without permission or function, 504 after the time is over
 */
export async function callFunction(arrival: OnBehalf, call: FunctionCall): Promise<InvokeResult | undefined> {
  const { sandbox } = arrival
  const name = functionOf(arrival, call.uri)
  const record = await findFunction(sandbox, name)
  if (!record) throw misconfigured('Invalid permissions on Lambda function')
  await permit(arrival, call, name, record)
  const request = { requestId: call.requestId ?? randomUUID(), payload: call.payload, invokedArn: functionArn(name) }
  if (call.isEvent) {
    const { account, region, name: functionName, qualifier } = name
    await sandbox.asyncEvents.accept({ requestId: request.requestId, invokedArn: request.invokedArn, account, region, functionName, ...(qualifier === undefined ? {} : { qualifier }), payload: call.payload.toString('base64') })
    return undefined
  }
  const run = Promise.resolve().then(() => {
    const { version, alias } = resolveQualifier(record, name)
    return runFunction(sandbox, record, routeInvocation(record, version, alias?.weights), request)
  })
  return beforeTimeout(run, call.timeoutMs).catch((error) => {
    if (error instanceof GatewayError) throw error
    if (error instanceof TooManyRequests) throw new GatewayError('API_CONFIGURATION_ERROR', { ...misconfigured('The function is throttled: Rate Exceeded.').more, isThrottled: true })
    throw misconfigured((error as Error).message)
  })
}

/** The function of a URI, its stage variables filled in. */
function functionOf({ variables }: OnBehalf, uri: string): FunctionName {
  const filled = uri.replace(/\$\{stageVariables\.(\w+)\}/g, (_, variable: string) => (Object.hasOwn(variables, variable) ? variables[variable]! : ''))
  const arn = /:lambda:path\/2015-03-31\/functions\/(.+)\/(?:response-streaming-)?invocations$/.exec(filled)?.[1] ?? ''
  const [, , , region = '', account = ''] = arn.split(':')
  try {
    return parseName({ account, region }, arn)
  } catch {
    throw misconfigured('Invalid permissions on Lambda function')
  }
}

async function permit(arrival: OnBehalf, { credentials, sourceArn, caller }: FunctionCall, name: FunctionName, record: FunctionRecord): Promise<void> {
  const { sandbox, api } = arrival
  const resource = functionArn(name)
  const document = policyDocument(record, name.qualifier)
  if (credentials === undefined) {
    const context = { 'aws:SourceArn': sourceArn, 'aws:SourceAccount': api.account, 'aws:PrincipalIsAWSService': 'true', 'aws:PrincipalServiceName': SERVICE }
    const inquiry = { principal: SERVICE, kind: 'Service' as const, action: 'lambda:InvokeFunction', resource, isSameAccount: name.account === api.account, context }
    const verdict = judge(inquiry, { identity: [], sessions: [], ...(document ? { resource: { name: 'resource-policy', document: document as never } } : {}) })
    if (!verdict.allowed) throw misconfigured('Invalid permissions on Lambda function')
    return
  }
  const principal = credentials.endsWith(':user/*') ? caller : await assumed(arrival, credentials, sourceArn)
  if (!principal) throw misconfigured('API Gateway does not have permission to assume the provided role')
  const question = { principal, action: 'lambda:InvokeFunction', resource, resourceAccount: name.account, context: { ...principalContext(arrival, principal, resource), 'lambda:InvokedViaFunctionUrl': 'false' }, ...(document ? { resourcePolicy: document } : {}) }
  await authorize(sandbox, question).catch((error) => {
    throw misconfigured((error as Error).message)
  })
}

async function assumed({ sandbox, api }: OnBehalf, roleArn: string, sourceArn: string): Promise<Principal | undefined> {
  if (await refusalForService(sandbox, { account: api.account, roleArn, service: SERVICE, sourceArn })) return undefined
  const role = await findRole(sandbox, roleArn)
  return role && { ...sessionPrincipal(api.account, role, 'BackplaneAssumeRoleSession'), accessKeyId: '' }
}

/** Global condition keys of a request by that principal. */
export function principalContext({ sandbox, api, context }: Omit<OnBehalf, 'variables'>, principal: Principal, resource: string): Record<string, string | string[]> {
  const call: Pick<Call, 'principal' | 'region' | 'account' | 'sourceIp' | 'userAgent'> = { principal, region: api.region, account: principal.account, sourceIp: context.identity.sourceIp, userAgent: context.identity.userAgent ?? '' }
  return globalContext(sandbox, call as Call, resource)
}
