import type { Exchange, Reply } from './exchange'
import { callHttp, proxyHttp } from './http'
import { callLambda } from './lambda'
import { misconfigured } from './gateway-error'
import { proxyLambda } from './lambda-proxy'
import { mock } from './mock'

/** Calls what the method stands for, and makes the response of what comes back. @throws GatewayError */
export async function integrate(exchange: Exchange): Promise<Reply> {
  const integration = exchange.method.methodIntegration
  switch (integration?.type) {
    case 'AWS_PROXY':
      return proxyLambda(exchange, integration)
    case 'AWS':
      return callLambda(exchange, integration)
    case 'HTTP_PROXY':
      return proxyHttp(exchange, integration)
    case 'HTTP':
      return callHttp(exchange, integration)
    case 'MOCK':
      return mock(exchange, integration)
    default:
      throw misconfigured('No integration defined for method')
  }
}
