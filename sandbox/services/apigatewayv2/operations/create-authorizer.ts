import { CreateAuthorizer$, type CreateAuthorizerRequest, type CreateAuthorizerResponse } from '@aws-sdk/client-apigatewayv2'
import { gatewayOperation } from '../../apigateway/gateway-operation'
import { newId } from '../../apigateway/ids'
import { changeApi } from '../apis'
import { checkedAuthorizer, requireFreeName } from '../authorizers'

/** Adds an authorizer: of JSON Web Tokens, or a Lambda function. */
export const createAuthorizer = gatewayOperation<CreateAuthorizerRequest, CreateAuthorizerResponse>(CreateAuthorizer$, (call) =>
  changeApi(call, async ({ definition }) => {
    const { ApiId: _, ...given } = call.input
    requireFreeName(definition, given)
    const authorizer = await checkedAuthorizer(call, { ...given, AuthorizerId: newId(6) })
    definition.authorizers[authorizer.AuthorizerId!] = authorizer
    return authorizer
  }),
)
