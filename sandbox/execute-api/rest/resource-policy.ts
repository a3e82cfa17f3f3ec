import { ANONYMOUS, resourceEffect } from '../../services/iam/match-policy'
import { timeContext } from '../../services/iam/global-context'
import { methodArn, type Exchange } from './exchange'
import { GatewayError } from './gateway-error'

/** Holds a request that nobody signed against the API's resource policy, where it has one. @throws GatewayError 403 in AWS's words */
export function checkResourcePolicy(exchange: Exchange): void {
  const { sandbox, api, definition, context } = exchange
  if (definition.policy === undefined) return
  const resource = methodArn(exchange)
  const effect = resourceEffect(JSON.parse(definition.policy), { principal: ANONYMOUS, action: 'execute-api:Invoke', resource, context: { 'aws:SourceIp': context.identity.sourceIp, 'aws:UserAgent': context.identity.userAgent ?? '', 'aws:SecureTransport': 'true', ...timeContext(sandbox) } }, 'direct')
  if (effect === 'Allow') return
  const start = `User: anonymous is not authorized to perform: execute-api:Invoke on resource: ${masked(resource, api.account)}`
  throw denied(effect === 'Deny' ? `${start} with an explicit deny` : start)
}

/** AWS's answer to a denial by IAM. */
export function denied(message: string): GatewayError {
  return new GatewayError('ACCESS_DENIED', { message, isCapital: true })
}

/** The owner's account is not told to strangers: only its last four digits. */
export function masked(text: string, account: string): string {
  return text.replaceAll(`:${account}:`, `:********${account.slice(-4)}:`)
}
