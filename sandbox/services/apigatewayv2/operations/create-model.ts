import { CreateModel$, type CreateModelRequest, type CreateModelResponse } from '@aws-sdk/client-apigatewayv2'
import { refusedForHttp } from '../websocket-only'

/** Makes a model: of WebSocket APIs only. */
export const createModel = refusedForHttp<CreateModelRequest, CreateModelResponse>(CreateModel$, 'Model')
