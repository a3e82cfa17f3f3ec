import { GetEventSourceMapping$, type EventSourceMappingConfiguration, type GetEventSourceMappingRequest } from '@aws-sdk/client-lambda'
import { operation } from '../../../operation'
import { describeMapping, onMapping, requireMapping } from '../event-source-mappings'

/** Tells a mapping, and what keeps it from polling. */
export const getEventSourceMapping = operation<GetEventSourceMappingRequest, EventSourceMappingConfiguration>(GetEventSourceMapping$, {
  ...onMapping,
  async run(call) {
    const mapping = await requireMapping(call)
    return describeMapping(mapping, call.sandbox.eventSources.stateOf(mapping), call.sandbox.eventSources.problemOf(mapping.uuid))
  },
})
