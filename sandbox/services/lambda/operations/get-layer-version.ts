import { GetLayerVersion$, type GetLayerVersionRequest, type GetLayerVersionResponse } from '@aws-sdk/client-lambda'
import { operation } from '../../../operation'
import { describeLayer, namedLayerVersion, onLayerVersion, requireLayerVersion } from '../layers'

/** Tells a layer version, with a link to its zip. */
export const getLayerVersion = operation<GetLayerVersionRequest, GetLayerVersionResponse>(GetLayerVersion$, {
  ...onLayerVersion,
  async run(call) {
    const { layer, version } = namedLayerVersion(call)
    return describeLayer(call.sandbox, layer, await requireLayerVersion(call.sandbox, layer, version))
  },
})
