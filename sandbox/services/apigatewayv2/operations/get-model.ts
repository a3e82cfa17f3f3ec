import { GetModel$, type GetModelRequest, type GetModelResponse } from '@aws-sdk/client-apigatewayv2'
import { notFoundForHttp } from '../websocket-only'

/** Shows a model; HTTP APIs have none. */
export const getModel = notFoundForHttp<GetModelRequest, GetModelResponse>(GetModel$, 'Model')
