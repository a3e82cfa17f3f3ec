import { ListFunctionEventInvokeConfigs$, type ListFunctionEventInvokeConfigsRequest, type ListFunctionEventInvokeConfigsResponse } from '@aws-sdk/client-lambda'
import { operation } from '../../../operation'
import { scopeOf } from '../../../store'
import { describeConfig, eventInvokeConfigs } from '../event-invoke'
import { requireFunction } from '../functions'
import { namedLatest, onFunction } from '../on-function'
import { page } from '../paging'

/** Lists what is set for the function, its versions and aliases. */
export const listFunctionEventInvokeConfigs = operation<ListFunctionEventInvokeConfigsRequest, ListFunctionEventInvokeConfigsResponse>(ListFunctionEventInvokeConfigs$, {
  ...onFunction,
  async run(call) {
    const name = namedLatest(call)
    await requireFunction(call.sandbox, name)
    const found = await call.sandbox.store.list(eventInvokeConfigs, scopeOf(name), { prefix: `${name.name}:` })
    const { items, NextMarker } = page(found, ({ key }) => key, call.input)
    return { FunctionEventInvokeConfigs: items.map(({ value }) => describeConfig(name, value)), NextMarker }
  },
})
