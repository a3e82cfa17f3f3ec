import { authorizeByIam } from './authorize-iam'
import { authorizeByJwt } from './authorize-jwt'
import { authorizeByLambda } from './authorize-lambda'
import type { Exchange } from './exchange'

/** Lets a request pass by the route's kind of authorization; notes in the exchange who it is. @throws HttpError 401, 403, 500 */
export async function authorizeRequest(exchange: Exchange): Promise<void> {
  switch (exchange.route.AuthorizationType) {
    case 'AWS_IAM':
      return authorizeByIam(exchange)
    case 'CUSTOM':
      return authorizeByLambda(exchange)
    case 'JWT':
      return authorizeByJwt(exchange)
  }
}
