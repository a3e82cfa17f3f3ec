import { ListEventBuses$, type ListEventBusesRequest, type ListEventBusesResponse } from '@aws-sdk/client-eventbridge'
import { operation } from '../../../operation'
import { listBuses } from '../buses'
import { describeBus } from '../describe'
import { page } from '../paging'

/** Lists the account's buses in the region, by name. */
export const listEventBuses = operation<ListEventBusesRequest, ListEventBusesResponse>(ListEventBuses$, {
  resource: () => '*',
  async run(call) {
    const all = (await listBuses(call.sandbox, call)).filter(({ name }) => name.startsWith(call.input.NamePrefix ?? ''))
    const { items, NextToken } = page(all, call.input)
    return { EventBuses: items.map(describeBus), NextToken }
  },
})
