import { GetModelTemplate$, type GetModelTemplateRequest, type GetModelTemplateResponse } from '@aws-sdk/client-apigatewayv2'
import { notFoundForHttp } from '../websocket-only'

/** A sample mapping template of a model; HTTP APIs have none. */
export const getModelTemplate = notFoundForHttp<GetModelTemplateRequest, GetModelTemplateResponse>(GetModelTemplate$, 'Model')
