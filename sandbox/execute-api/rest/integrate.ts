import type { Integration } from '@aws-sdk/client-api-gateway'
import type { Exchange, Reply } from './exchange'
import { callHttp, proxyHttp } from './http'
import { callLambda, isFunction } from './lambda'
import { callService } from './call-service'
import { misconfigured } from './gateway-error'
import { proxyLambda } from './lambda-proxy'
import { mock } from './mock'
import { throughCache } from './response-cache'

/** Calls what the method stands for, unless the stage's cache knows what comes back, and makes the response of it. @throws GatewayError */
export async function integrate(exchange: Exchange): Promise<Reply> {
  const integration = exchange.method.methodIntegration
  if (!integration) throw misconfigured('No integration defined for method')
  return throughCache(exchange, integration, () => call(exchange, integration))
}

async function call(exchange: Exchange, integration: Integration): Promise<Reply> {
  switch (integration.type) {
    case 'AWS_PROXY':
      return proxyLambda(exchange, integration)
    case 'AWS':
      return isFunction(integration) ? callLambda(exchange, integration) : callService(exchange, integration)
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
