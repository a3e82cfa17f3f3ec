import { DeleteEventSourceMapping$, type DeleteEventSourceMappingRequest, type EventSourceMappingConfiguration } from '@aws-sdk/client-lambda'
import { operation } from '../../../operation'
import { scopeOf } from '../../../store'
import { describeMapping, mappings, onMapping, requireMapping } from '../event-source-mappings'
import { positions } from '../stream-poller'

/** Ends a mapping; messages stay in the queue, records in the stream. */
export const deleteEventSourceMapping = operation<DeleteEventSourceMappingRequest, EventSourceMappingConfiguration>(DeleteEventSourceMapping$, {
  ...onMapping,
  async run(call) {
    const mapping = await requireMapping(call)
    await call.sandbox.store.batch([
      { collection: mappings, scope: scopeOf(call), key: mapping.uuid },
      { collection: positions, scope: scopeOf(call), key: mapping.uuid },
    ])
    call.sandbox.eventSources.drop(mapping.uuid)
    return describeMapping(mapping, 'Deleting')
  },
})
