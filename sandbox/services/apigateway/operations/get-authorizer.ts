import { GetAuthorizer$, type Authorizer, type GetAuthorizerRequest } from '@aws-sdk/client-api-gateway'
import { requireApi } from '../apis'
import { requireAuthorizer } from '../authorizers'
import { gatewayOperation } from '../gateway-operation'

/** Shows an authorizer. */
export const getAuthorizer = gatewayOperation<GetAuthorizerRequest, Authorizer>(GetAuthorizer$, async (call) => requireAuthorizer((await requireApi(call)).definition, call.input.authorizerId))
