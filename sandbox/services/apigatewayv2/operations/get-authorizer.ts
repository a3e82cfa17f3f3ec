import { GetAuthorizer$, type GetAuthorizerRequest, type GetAuthorizerResponse } from '@aws-sdk/client-apigatewayv2'
import { gatewayOperation } from '../../apigateway/gateway-operation'
import { requireApi } from '../apis'
import { requireAuthorizer } from '../authorizers'

/** Shows an authorizer. */
export const getAuthorizer = gatewayOperation<GetAuthorizerRequest, GetAuthorizerResponse>(GetAuthorizer$, async (call) => requireAuthorizer(await requireApi(call), call.input.AuthorizerId))
