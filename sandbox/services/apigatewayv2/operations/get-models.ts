import { GetModels$, type GetModelsRequest, type GetModelsResponse } from '@aws-sdk/client-apigatewayv2'
import { emptyForHttp } from '../websocket-only'

/** Lists the models, of which HTTP APIs have none. */
export const getModels = emptyForHttp<GetModelsRequest, GetModelsResponse>(GetModels$)
