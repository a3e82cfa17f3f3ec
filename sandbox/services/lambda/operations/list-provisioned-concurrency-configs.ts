import { ListProvisionedConcurrencyConfigs$, type ListProvisionedConcurrencyConfigsRequest, type ListProvisionedConcurrencyConfigsResponse } from '@aws-sdk/client-lambda'
import { operation } from '../../../operation'
import { requireFunction } from '../functions'
import { functionArn } from '../names'
import { namedLatest, onFunction } from '../on-function'
import { page } from '../paging'
import { describeProvisioned, listProvisioned } from '../provisioned-concurrency'

/** Lists what is kept ready of a function's versions and aliases. */
export const listProvisionedConcurrencyConfigs = operation<ListProvisionedConcurrencyConfigsRequest, ListProvisionedConcurrencyConfigsResponse>(ListProvisionedConcurrencyConfigs$, {
  ...onFunction,
  async run(call) {
    const name = namedLatest(call)
    const record = await requireFunction(call.sandbox, name)
    const { items, NextMarker } = page(await listProvisioned(call.sandbox, name, `${name.name}:`), ({ key }) => key, call.input)
    const describe = ({ value }: (typeof items)[number]) => ({ FunctionArn: functionArn({ ...name, qualifier: value.qualifier }), ...describeProvisioned(call.sandbox, record, value) })
    return { ProvisionedConcurrencyConfigs: items.map(describe), NextMarker }
  },
})
