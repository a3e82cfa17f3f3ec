import { DeleteEventSourceMapping$, type DeleteEventSourceMappingRequest, type EventSourceMappingConfiguration } from '@aws-sdk/client-lambda'
import { operation } from '../../../operation'
import { scopeOf } from '../../../store'
import { describeMapping, mappings, onMapping, requireMapping } from '../event-source-mappings'

/** Ends a mapping; messages stay in the queue. */
export const deleteEventSourceMapping = operation<DeleteEventSourceMappingRequest, EventSourceMappingConfiguration>(DeleteEventSourceMapping$, {
  ...onMapping,
  async run(call) {
    const mapping = await requireMapping(call)
    await call.sandbox.store.delete(mappings, scopeOf(call), mapping.uuid)
    call.sandbox.eventSources.drop(mapping.uuid)
    return describeMapping(mapping, 'Deleting')
  },
})
