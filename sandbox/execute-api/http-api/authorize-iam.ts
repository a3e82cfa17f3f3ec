import { AccessDenied, authorize } from '../../authorize'
import { signer } from '../rest/authorize-iam'
import { principalContext } from '../rest/call-function'
import { GatewayError } from '../rest/gateway-error'
import { forbidden, requestArn, type Exchange } from './exchange'

/** Lets a signed request pass where IAM allows `execute-api:Invoke` on the route (AWS_IAM). @throws HttpError 403, which says no more */
export async function authorizeByIam(exchange: Exchange): Promise<void> {
  const { sandbox, machine, api } = exchange
  try {
    const principal = await signer({ sandbox: machine, signed: exchange.signed })
    const resource = requestArn(exchange)
    await authorize(sandbox, { principal, action: 'execute-api:Invoke', resource, resourceAccount: api.account, context: principalContext(exchange, principal, resource) })
    exchange.caller = principal
    const iam = { accessKey: principal.accessKeyId, accountId: principal.account, callerId: principal.userId, cognitoIdentity: null, principalOrgId: null, userArn: principal.arn, userId: principal.userId }
    exchange.authorizer = { v1: {}, v2: { iam }, context: {} }
  } catch (error) {
    if (error instanceof AccessDenied || error instanceof GatewayError) throw forbidden()
    throw error
  }
}
