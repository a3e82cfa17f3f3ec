import { ListLayerVersions$, type ListLayerVersionsRequest, type ListLayerVersionsResponse } from '@aws-sdk/client-lambda'
import { operation } from '../../../operation'
import { newestFirst } from '../layer-records'
import { describeLayerForList, findLayer, isCompatible, parseLayer } from '../layers'
import { page } from '../paging'

/** Lists a layer's versions, the newest first; none for a layer that does not exist. */
export const listLayerVersions = operation<ListLayerVersionsRequest, ListLayerVersionsResponse>(ListLayerVersions$, {
  resource: () => '*',
  async run(call) {
    const layer = parseLayer(call, call.input.LayerName!)
    const record = await findLayer(call.sandbox, layer)
    const found = record ? newestFirst(record).filter((version) => isCompatible(version, call.input)) : []
    // Counted down, so that the order of the keys is that of the list.
    const { items, NextMarker } = page(found, ({ version }) => String(1e12 - version), call.input)
    return { LayerVersions: items.map((version) => describeLayerForList(layer, version)), NextMarker }
  },
})
