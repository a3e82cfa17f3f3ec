import { PublishLayerVersion$, type PublishLayerVersionRequest, type PublishLayerVersionResponse } from '@aws-sdk/client-lambda'
import { operation } from '../../../operation'
import { checkStorage, storeCode } from '../code'
import { zipOf } from '../code-source'
import type { LayerVersion } from '../layer-records'
import { changeLayer, describeLayer, layerArn, parseLayer } from '../layers'

/** Makes a layer's next version from a zip; the layer itself where there is none yet. */
export const publishLayerVersion = operation<PublishLayerVersionRequest, PublishLayerVersionResponse>(PublishLayerVersion$, {
  resource: (call) => layerArn(parseLayer(call, call.input.LayerName!)),
  async run(call) {
    const { input, sandbox } = call
    const layer = parseLayer(call, input.LayerName!)
    const zip = await zipOf(call, input.Content!)
    return changeLayer(sandbox, layer, async (record) => {
      await checkStorage(sandbox, layer, zip.length)
      const code = await storeCode(sandbox, layer.account, zip)
      record.lastVersion += 1
      const version: LayerVersion = {
        version: record.lastVersion,
        description: input.Description ?? '',
        createdAt: new Date(sandbox.now()).toISOString(),
        code,
        ...(input.CompatibleRuntimes ? { runtimes: input.CompatibleRuntimes } : {}),
        ...(input.CompatibleArchitectures ? { architectures: input.CompatibleArchitectures } : {}),
        ...(input.LicenseInfo === undefined ? {} : { license: input.LicenseInfo }),
      }
      record.versions[version.version] = version
      return describeLayer(sandbox, layer, version)
    })
  },
})
