import { functionOf } from '../../services/apigatewayv2/integrations'
import { callFunction } from '../rest/call-function'
import { GatewayError } from '../rest/gateway-error'
import { filled, internal, unavailable, type Exchange, type HttpError } from './exchange'

/** Which function, and how. */
export interface LambdaCall {
  /** ARN of the function or of its invocation, stage variables and all. */
  uri: string
  /** A role that API Gateway assumes; without it the function's policy decides. */
  credentials?: string | undefined
  sourceArn: string
  event: object
  timeoutMs: number
}

/** What a function answered. */
export interface LambdaAnswer {
  text: string
  isError: boolean
}

/** Calls a function as API Gateway does, after IAM allowed it. @throws HttpError 500 without permission or function, 503 after the time is over */
export async function callLambda(exchange: Exchange, { uri, credentials, sourceArn, event, timeoutMs }: LambdaCall): Promise<LambdaAnswer> {
  const arn = functionOf(filled(exchange, uri)) ?? ''
  const invocation = `arn:aws:apigateway:${exchange.api.region}:lambda:path/2015-03-31/functions/${arn}/invocations`
  const payload = Buffer.from(JSON.stringify(event))
  const result = await callFunction(exchange, { uri: invocation, credentials, sourceArn, payload, timeoutMs }).catch((error) => {
    if (!(error instanceof GatewayError)) throw error
    throw gatewayFault(error)
  })
  return { text: result!.payload.toString('utf8'), isError: result!.functionError !== undefined }
}

/** How HTTP APIs answer what kept an integration from answering. */
export function gatewayFault({ type, more, message }: GatewayError): HttpError {
  if (type === 'INTEGRATION_TIMEOUT') return unavailable('Endpoint request timed out')
  const cause = (more.cause ?? message).replace('Execution failed due to configuration error: ', '')
  return more.isThrottled || type === 'INTEGRATION_FAILURE' ? unavailable(cause) : internal(cause)
}
