import { ListFunctionUrlConfigs$, type ListFunctionUrlConfigsRequest, type ListFunctionUrlConfigsResponse } from '@aws-sdk/client-lambda'
import { operation } from '../../../operation'
import { scopeOf } from '../../../store'
import { describeUrl, functionUrls } from '../function-urls'
import { requireFunction } from '../functions'
import { namedLatest, onFunction } from '../on-function'
import { page } from '../paging'

/** Lists the URLs of a function and its aliases. */
export const listFunctionUrlConfigs = operation<ListFunctionUrlConfigsRequest, ListFunctionUrlConfigsResponse>(ListFunctionUrlConfigs$, {
  ...onFunction,
  async run(call) {
    const name = namedLatest(call)
    await requireFunction(call.sandbox, name)
    const found = await call.sandbox.store.list(functionUrls, scopeOf(name), { prefix: `${name.name}:` })
    const { items, NextMarker } = page(found, ({ key }) => key, call.input)
    const nameOf = (key: string) => (key.endsWith(':$LATEST') ? name : { ...name, qualifier: key.slice(name.name.length + 1) })
    return { FunctionUrlConfigs: items.map(({ key, value }) => describeUrl(call.sandbox, nameOf(key), value)), NextMarker }
  },
})
