import { AccessDenied, authorize } from '../../authorize'
import { readClaim, verify } from '../../authenticate'
import { findCredential, rootOf } from '../../credentials'
import { AwsError } from '../../errors'
import type { Principal } from '../../operation'
import { principalContext } from './call-function'
import { methodArn, type Exchange } from './exchange'
import { GatewayError } from './gateway-error'
import { denied, masked } from './resource-policy'

/** Lets a signed request pass where IAM allows `execute-api:Invoke` on the method (AWS_IAM); tells who signed in `$context.identity`. @throws GatewayError 403 */
export async function authorizeByIam(exchange: Exchange): Promise<void> {
  const { sandbox, api, definition, context } = exchange
  const principal = await signer({ sandbox: exchange.machine, signed: exchange.signed })
  const resource = methodArn(exchange)
  const resourcePolicy = definition.policy === undefined ? undefined : (JSON.parse(definition.policy) as object)
  const question = { principal, action: 'execute-api:Invoke', resource, resourceAccount: api.account, context: principalContext(exchange, principal, resource), resourcePolicy }
  try {
    await authorize(sandbox, question)
  } catch (error) {
    if (error instanceof AccessDenied) throw denied(masked(error.message, api.account))
    throw error
  }
  context.caller = principal
  Object.assign(context.identity, { accountId: principal.account, caller: principal.userId, user: principal.userId, userArn: principal.arn, accessKey: principal.accessKeyId })
}

/** Who signed a request for execute-api. @throws GatewayError 403 where nobody did, or the signature does not hold */
export async function signer({ sandbox, signed }: Pick<Exchange, 'sandbox' | 'signed'>): Promise<Principal> {
  const refused = (error: unknown): never => {
    if (!(error instanceof AwsError)) throw error
    if (error.code === 'ExpiredTokenException') throw new GatewayError('EXPIRED_TOKEN')
    if (error.code === 'IncompleteSignature') throw new GatewayError('INVALID_SIGNATURE', { message: error.message, errorType: 'IncompleteSignatureException' })
    throw new GatewayError('INVALID_SIGNATURE', { message: error.message })
  }
  let claim
  try {
    claim = signed && readClaim(signed)
  } catch (error) {
    return refused(error)
  }
  if (!claim) throw new GatewayError('MISSING_AUTHENTICATION_TOKEN')
  if (claim.service !== 'execute-api') throw new GatewayError('INVALID_SIGNATURE', { message: `Credential should be scoped to correct service: 'execute-api'.` })
  const credential = await findCredential(sandbox, claim.accessKeyId, claim.sessionToken)
  if (!credential) {
    if (sandbox.auth === 'open') return { ...rootOf(/^\d{12}$/.test(claim.accessKeyId) ? claim.accessKeyId : '000000000000'), accessKeyId: claim.accessKeyId }
    throw new GatewayError('INVALID_SIGNATURE', { message: 'The security token included in the request is invalid.', errorType: 'UnrecognizedClientException' })
  }
  try {
    verify(signed!, claim, credential, sandbox.now())
  } catch (error) {
    return refused(error)
  }
  return credential.principal
}
