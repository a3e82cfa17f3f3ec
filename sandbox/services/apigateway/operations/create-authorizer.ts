import { CreateAuthorizer$, type Authorizer, type CreateAuthorizerRequest } from '@aws-sdk/client-api-gateway'
import { changeApi } from '../apis'
import { checkedAuthorizer, passAuthorizerRole, requireFreeName } from '../authorizers'
import { gatewayOperation } from '../gateway-operation'
import { newId } from '../ids'
import { holdQuota, QUOTAS } from '../quotas'

/** Adds an authorizer: a Lambda function asked for each request, by token or by request. */
export const createAuthorizer = gatewayOperation<CreateAuthorizerRequest, Authorizer>(CreateAuthorizer$, (call) =>
  changeApi(call, async ({ definition }) => {
    const { restApiId: _, ...given } = call.input
    const authorizer = checkedAuthorizer({ id: newId(6), ...given })
    requireFreeName(definition, authorizer)
    holdQuota(Object.keys(definition.authorizers).length + 1, QUOTAS.authorizers, 'Authorizers for this API')
    await passAuthorizerRole(call, authorizer)
    definition.authorizers[authorizer.id!] = authorizer
    return authorizer
  }),
)
