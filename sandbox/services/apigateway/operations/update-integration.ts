import { UpdateIntegration$, type Integration, type UpdateIntegrationRequest } from '@aws-sdk/client-api-gateway'
import { changeApi } from '../apis'
import { gatewayOperation } from '../gateway-operation'
import { checkIntegration, requireIntegration, requireMethod, setContentHandling } from '../methods'
import { applyPatch, choice, flag, listByPath, listByValue, map, number, optionalText, text, type PatchRules } from '../patch'
import { checkConnection } from '../vpc-links'

const rules: PatchRules<Integration> = {
  '/uri': text('uri'),
  '/httpMethod': text('httpMethod'),
  '/credentials': optionalText('credentials'),
  '/connectionType': choice(['connectionType'], ['INTERNET', 'VPC_LINK']),
  '/connectionId': optionalText('connectionId'),
  '/passthroughBehavior': text('passthroughBehavior'),
  '/contentHandling': { ops: ['replace', 'remove'], apply: (integration, value, _keys, op) => setContentHandling(integration, op === 'remove' ? '' : value) },
  '/timeoutInMillis': number(['timeoutInMillis']),
  '/cacheNamespace': text('cacheNamespace'),
  '/cacheKeyParameters/{name}': listByPath('cacheKeyParameters'),
  '/cacheKeyParameters': listByValue('cacheKeyParameters'),
  '/tlsConfig/insecureSkipVerification': flag('tlsConfig', 'insecureSkipVerification'),
  '/responseTransferMode': choice(['responseTransferMode'], ['BUFFERED', 'STREAM']),
  '/requestParameters/{name}': map(['requestParameters']),
  '/requestTemplates/{type}': map(['requestTemplates']),
}

/** Changes what a method calls. */
export const updateIntegration = gatewayOperation<UpdateIntegrationRequest, Integration>(UpdateIntegration$, (call) =>
  changeApi(call, async ({ definition }) => {
    const integration = requireIntegration(definition, call.input)
    const before = integration.credentials
    applyPatch(integration, call.input.patchOperations, rules)
    checkIntegration(requireMethod(definition, call.input), call.account, integration)
    await checkConnection(call, integration)
    if (integration.credentials !== before && integration.credentials?.includes(':role/')) {
      await call.authorize('iam:PassRole', integration.credentials, { 'iam:PassedToService': 'apigateway.amazonaws.com' })
    }
    return integration
  }),
)
