import { UpdateRestApi$, type RestApi, type UpdateRestApiRequest } from '@aws-sdk/client-api-gateway'
import { changeApi } from '../apis'
import { describeApi } from '../describe'
import { badRequest } from '../errors'
import { gatewayOperation, mayChangePolicy } from '../gateway-operation'
import { applyPatch, choice, flag, listByPath, listByValue, optionalText, readNumber, text, type PatchRules } from '../patch'
import type { RestApiRecord } from '../records'
import { checkedCompression, readPolicy } from '../rest-api'

const rules: PatchRules<RestApiRecord> = {
  '/name': text('name'),
  '/description': optionalText('description'),
  '/version': optionalText('version'),
  '/apiKeySource': choice(['definition', 'apiKeySource'], ['HEADER', 'AUTHORIZER']),
  '/binaryMediaTypes/{type}': listByPath('definition', 'binaryMediaTypes'),
  '/disableExecuteApiEndpoint': flag('disableExecuteApiEndpoint'),
  '/endpointConfiguration/types/{type}': { ops: ['replace'], apply: (api, value) => setEndpointType(api, value) },
  '/endpointConfiguration/ipAddressType': choice(['endpointConfiguration', 'ipAddressType'], ['ipv4', 'dualstack']),
  '/endpointConfiguration/vpcEndpointIds': listByValue('endpointConfiguration', 'vpcEndpointIds'),
  '/minimumCompressionSize': {
    ops: ['replace', 'remove'],
    apply(api, value, _keys, op) {
      if (op === 'remove' || value === '') delete api.definition.minimumCompressionSize
      else api.definition.minimumCompressionSize = checkedCompression(readNumber(value, 'minimumCompressionSize'))
    },
  },
  '/policy': {
    ops: ['replace', 'remove'],
    apply(api, value, _keys, op) {
      if (op === 'remove' || value === '') delete api.definition.policy
      else api.definition.policy = readPolicy(value, api)
    },
  },
}

/** Changes what is told of a REST API as a whole. Policy, binary types and compression take effect with the next deployment. */
export const updateRestApi = gatewayOperation<UpdateRestApiRequest, RestApi>(UpdateRestApi$, (call) =>
  changeApi(call, async (api) => {
    const before = api.definition.policy
    applyPatch(api, call.input.patchOperations, rules)
    if (api.definition.policy !== before) await mayChangePolicy(call, `/restapis/${api.id}`)
    return describeApi(api)
  }),
)

function setEndpointType(api: RestApiRecord, value: string): void {
  const type = (['EDGE', 'REGIONAL', 'PRIVATE'] as const).find((known) => known === value)
  if (!type) throw badRequest(`Invalid endpoint type ${value}. Must be one of: [EDGE, REGIONAL, PRIVATE]`)
  api.endpointConfiguration.types = [type]
}
