import { ListEventSourceMappings$, type ListEventSourceMappingsRequest, type ListEventSourceMappingsResponse } from '@aws-sdk/client-lambda'
import { operation } from '../../../operation'
import { scopeOf } from '../../../store'
import { describeMapping, functionOf, mappings } from '../event-source-mappings'
import { functionArn, parseName } from '../names'
import { page } from '../paging'

/** Lists mappings, those of a function or of a queue where asked. */
export const listEventSourceMappings = operation<ListEventSourceMappingsRequest, ListEventSourceMappingsResponse>(ListEventSourceMappings$, {
  resource: () => '*',
  async run(call) {
    const { input, sandbox, account, region } = call
    const wanted = input.FunctionName === undefined ? undefined : functionArn(parseName(call, input.FunctionName))
    const all = (await sandbox.store.list(mappings, scopeOf({ account, region }))).map(({ value }) => value)
    const found = all.filter((mapping) => (wanted === undefined || functionArn(functionOf(mapping)) === wanted) && (input.EventSourceArn === undefined || mapping.queueArn === input.EventSourceArn))
    const { items, NextMarker } = page(found, ({ uuid }) => uuid, input)
    return { EventSourceMappings: items.map((mapping) => describeMapping(mapping, sandbox.eventSources.stateOf(mapping), sandbox.eventSources.problemOf(mapping.uuid))), NextMarker }
  },
})
