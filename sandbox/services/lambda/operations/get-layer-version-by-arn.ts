import { GetLayerVersionByArn$, type GetLayerVersionByArnRequest, type GetLayerVersionResponse } from '@aws-sdk/client-lambda'
import { operation } from '../../../operation'
import { describeLayer, namedLayerVersion, onLayerVersion, requireLayerVersion } from '../layers'

/** The same as GetLayerVersion by the version's ARN; IAM knows no action of its own for it. */
export const getLayerVersionByArn = operation<GetLayerVersionByArnRequest, GetLayerVersionResponse>(GetLayerVersionByArn$, {
  ...onLayerVersion,
  action: 'lambda:GetLayerVersion',
  async run(call) {
    const { layer, version } = namedLayerVersion(call)
    return describeLayer(call.sandbox, layer, await requireLayerVersion(call.sandbox, layer, version))
  },
})
