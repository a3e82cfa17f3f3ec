import { DeleteModel$, type DeleteModelRequest } from '@aws-sdk/client-apigatewayv2'
import { notFoundForHttp } from '../websocket-only'

/** Deletes a model; HTTP APIs have none. */
export const deleteModel = notFoundForHttp<DeleteModelRequest, object>(DeleteModel$, 'Model')
