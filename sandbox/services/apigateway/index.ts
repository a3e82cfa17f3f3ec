import * as sdk from '@aws-sdk/client-api-gateway'
import type { Service } from '../../operation'

/** Amazon API Gateway v1: known by name, so that each of its calls is answered with what is missing (501). */
export const apiGateway: Service = {
  name: 'apigateway',
  eventSource: 'apigateway.amazonaws.com',
  protocol: 'rest-json',
  sdk: sdk as unknown as Record<string, unknown>,
  operations: [],
}
