import { ListLayers$, type ListLayersRequest, type ListLayersResponse } from '@aws-sdk/client-lambda'
import { operation } from '../../../operation'
import { scopeOf } from '../../../store'
import { layers, newestFirst } from '../layer-records'
import { describeLayerForList, isCompatible, layerArn } from '../layers'
import { page } from '../paging'

/** Lists the layers of a region by name, each with its newest version that fits. */
export const listLayers = operation<ListLayersRequest, ListLayersResponse>(ListLayers$, {
  resource: () => '*',
  async run({ input, sandbox, account, region }) {
    const found = (await sandbox.store.list(layers, scopeOf({ account, region }))).flatMap(({ value: layer }) => {
      const version = newestFirst(layer).find((each) => isCompatible(each, input))
      return version ? [{ layer, version }] : []
    })
    const { items, NextMarker } = page(found, ({ layer }) => layer.name, input)
    return {
      Layers: items.map(({ layer, version }) => ({ LayerName: layer.name, LayerArn: layerArn(layer), LatestMatchingVersion: describeLayerForList(layer, version) })),
      NextMarker,
    }
  },
})
