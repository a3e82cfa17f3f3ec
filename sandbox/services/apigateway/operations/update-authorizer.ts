import { UpdateAuthorizer$, type Authorizer, type UpdateAuthorizerRequest } from '@aws-sdk/client-api-gateway'
import { changeApi } from '../apis'
import { checkedAuthorizer, passAuthorizerRole, requireAuthorizer, requireFreeName } from '../authorizers'
import { gatewayOperation } from '../gateway-operation'
import { applyPatch, choice, listByValue, number, optionalText, text, type PatchRules } from '../patch'

const rules: PatchRules<Authorizer> = {
  '/name': text('name'),
  '/type': choice(['type'], ['TOKEN', 'REQUEST', 'COGNITO_USER_POOLS']),
  '/authType': text('authType'),
  '/authorizerUri': text('authorizerUri'),
  '/authorizerCredentials': optionalText('authorizerCredentials'),
  '/authorizerResultTtlInSeconds': number(['authorizerResultTtlInSeconds']),
  '/identitySource': optionalText('identitySource'),
  '/identityValidationExpression': optionalText('identityValidationExpression'),
  '/providerARNs': listByValue('providerARNs'),
}

/** Changes an authorizer. */
export const updateAuthorizer = gatewayOperation<UpdateAuthorizerRequest, Authorizer>(UpdateAuthorizer$, (call) =>
  changeApi(call, async ({ definition }) => {
    const authorizer = requireAuthorizer(definition, call.input.authorizerId)
    const before = authorizer.authorizerCredentials
    applyPatch(authorizer, call.input.patchOperations, rules)
    const checked = checkedAuthorizer(authorizer)
    requireFreeName(definition, checked)
    if (checked.authorizerCredentials !== before) await passAuthorizerRole(call, checked)
    definition.authorizers[checked.id!] = checked
    return checked
  }),
)
