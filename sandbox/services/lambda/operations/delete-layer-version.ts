import { DeleteLayerVersion$, type DeleteLayerVersionRequest } from '@aws-sdk/client-lambda'
import { operation } from '../../../operation'
import { changeLayer, findLayer, namedLayerVersion, onLayerVersion } from '../layers'
import { tidyCode } from '../retire'

/** Deletes a layer version. Functions that use it go on as they are; a version that is not there is deleted too. */
export const deleteLayerVersion = operation<DeleteLayerVersionRequest, object>(DeleteLayerVersion$, {
  resource: onLayerVersion.resource,
  async run(call) {
    const { layer, version } = namedLayerVersion(call)
    if (await findLayer(call.sandbox, layer)) await changeLayer(call.sandbox, layer, (record) => void delete record.versions[version])
    tidyCode(call.sandbox, layer.account, 0)
    return {}
  },
})
