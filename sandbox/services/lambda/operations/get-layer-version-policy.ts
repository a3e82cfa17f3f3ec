import { GetLayerVersionPolicy$, type GetLayerVersionPolicyRequest, type GetLayerVersionPolicyResponse } from '@aws-sdk/client-lambda'
import { operation } from '../../../operation'
import { notFound } from '../errors'
import { layerPolicy, namedLayerVersion, onLayerVersion, requireLayerVersion } from '../layers'

/** Tells the policy of a layer version. */
export const getLayerVersionPolicy = operation<GetLayerVersionPolicyRequest, GetLayerVersionPolicyResponse>(GetLayerVersionPolicy$, {
  resource: onLayerVersion.resource,
  async run(call) {
    const { layer, version } = namedLayerVersion(call)
    const found = await requireLayerVersion(call.sandbox, layer, version)
    if (!found.policy) throw notFound('No policy is associated with the given resource.')
    return { Policy: JSON.stringify(layerPolicy(found)), RevisionId: found.policy.revisionId }
  },
})
