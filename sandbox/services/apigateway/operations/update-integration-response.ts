import { UpdateIntegrationResponse$, type IntegrationResponse, type UpdateIntegrationResponseRequest } from '@aws-sdk/client-api-gateway'
import { changeApi } from '../apis'
import { required } from '../errors'
import { gatewayOperation } from '../gateway-operation'
import { checkIntegrationResponse, requireIntegration, requireMethod, setContentHandling } from '../methods'
import { applyPatch, map, optionalText, type PatchRules } from '../patch'

const rules: PatchRules<IntegrationResponse> = {
  '/selectionPattern': optionalText('selectionPattern'),
  '/contentHandling': { ops: ['replace', 'remove'], apply: (response, value, _keys, op) => setContentHandling(response, op === 'remove' ? '' : value) },
  '/responseParameters/{name}': map(['responseParameters']),
  '/responseTemplates/{type}': map(['responseTemplates']),
}

/** Changes how an answer of what is called becomes a response. */
export const updateIntegrationResponse = gatewayOperation<UpdateIntegrationResponseRequest, IntegrationResponse>(UpdateIntegrationResponse$, (call) =>
  changeApi(call, ({ definition }) => {
    const { integrationResponses = {} } = requireIntegration(definition, call.input)
    const response = required(integrationResponses, call.input.statusCode, 'Invalid Response status code specified')
    applyPatch(response, call.input.patchOperations, rules)
    checkIntegrationResponse(requireMethod(definition, call.input), response)
    return response
  }),
)
