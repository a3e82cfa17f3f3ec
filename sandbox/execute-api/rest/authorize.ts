import type { Exchange } from './exchange'
import { authorizeByIam } from './authorize-iam'
import { authorizeByLambda } from './authorize-lambda'
import { GatewayError } from './gateway-error'
import { checkResourcePolicy } from './resource-policy'

/** Lets a request pass by the API's resource policy and the method's kind of authorization; notes how that went. @throws GatewayError 401, 403, 500 */
export async function authorizeRequest(exchange: Exchange): Promise<void> {
  const { sandbox, outcome, method } = exchange
  const startedAt = sandbox.now()
  const note = (status: number, error?: string) => {
    const step = method.authorizationType === 'CUSTOM' ? 'authorizer' : 'authorize'
    outcome[step] = { ...outcome[step], latency: sandbox.now() - startedAt, status, ...(error === undefined ? {} : { error }) }
  }
  try {
    await authorize(exchange)
    if (method.authorizationType !== 'NONE') note(200)
  } catch (error) {
    if (error instanceof GatewayError) note(error.status, error.message)
    throw error
  }
}

async function authorize(exchange: Exchange): Promise<void> {
  switch (exchange.method.authorizationType) {
    case 'AWS_IAM':
      return authorizeByIam(exchange)
    case 'CUSTOM':
      checkResourcePolicy(exchange)
      return authorizeByLambda(exchange)
    case 'COGNITO_USER_POOLS':
      // There are no user pools in the sandbox, so no token can be theirs.
      throw new GatewayError('UNAUTHORIZED')
    default:
      return checkResourcePolicy(exchange)
  }
}
