import { UpdateAuthorizer$, type UpdateAuthorizerRequest, type UpdateAuthorizerResponse } from '@aws-sdk/client-apigatewayv2'
import { gatewayOperation } from '../../apigateway/gateway-operation'
import { changeApi } from '../apis'
import { checkedAuthorizer, requireAuthorizer, requireFreeName } from '../authorizers'
import { updated } from '../merge'

/** Changes an authorizer. */
export const updateAuthorizer = gatewayOperation<UpdateAuthorizerRequest, UpdateAuthorizerResponse>(UpdateAuthorizer$, (call) =>
  changeApi(call, async (api) => {
    const { ApiId: _, ...given } = call.input
    const before = requireAuthorizer(api, given.AuthorizerId)
    requireFreeName(api.definition, given)
    const authorizer = await checkedAuthorizer(call, updated(before, given))
    api.definition.authorizers[authorizer.AuthorizerId!] = authorizer
    return authorizer
  }),
)
