import { CreateAuthorizer$, type Authorizer, type CreateAuthorizerRequest } from '@aws-sdk/client-api-gateway'
import { changeApi } from '../apis'
import { checkedAuthorizer, passAuthorizerRole } from '../authorizers'
import { conflict } from '../errors'
import { gatewayOperation } from '../gateway-operation'
import { newId } from '../ids'

/** Adds an authorizer: a Lambda function asked for each request, by token or by request. */
export const createAuthorizer = gatewayOperation<CreateAuthorizerRequest, Authorizer>(CreateAuthorizer$, (call) =>
  changeApi(call, async ({ definition }) => {
    const { restApiId: _, ...given } = call.input
    if (Object.values(definition.authorizers).some(({ name }) => name === given.name)) throw conflict(`Authorizer name must be unique. Authorizer ${given.name} already exists in this RestApi.`)
    const authorizer = checkedAuthorizer({ id: newId(6), ...given })
    await passAuthorizerRole(call, authorizer)
    definition.authorizers[authorizer.id!] = authorizer
    return authorizer
  }),
)
