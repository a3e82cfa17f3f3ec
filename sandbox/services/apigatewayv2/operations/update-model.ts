import { UpdateModel$, type UpdateModelRequest, type UpdateModelResponse } from '@aws-sdk/client-apigatewayv2'
import { notFoundForHttp } from '../websocket-only'

/** Changes a model; HTTP APIs have none. */
export const updateModel = notFoundForHttp<UpdateModelRequest, UpdateModelResponse>(UpdateModel$, 'Model')
