import { ListCodeSigningConfigs$, type ListCodeSigningConfigsRequest, type ListCodeSigningConfigsResponse } from '@aws-sdk/client-lambda'
import { operation } from '../../../operation'
import { scopeOf } from '../../../store'
import { describeSigningConfig, signingConfigs } from '../code-signing'
import { page } from '../paging'

/** Lists the code signing configurations of a region. */
export const listCodeSigningConfigs = operation<ListCodeSigningConfigsRequest, ListCodeSigningConfigsResponse>(ListCodeSigningConfigs$, {
  resource: () => '*',
  async run(call) {
    const { items, NextMarker } = page(await call.sandbox.store.list(signingConfigs, scopeOf(call)), ({ key }) => key, call.input)
    return { CodeSigningConfigs: items.map(({ value }) => describeSigningConfig(value)), NextMarker }
  },
})
