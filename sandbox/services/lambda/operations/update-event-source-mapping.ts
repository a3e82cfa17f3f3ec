import { UpdateEventSourceMapping$, type EventSourceMappingConfiguration, type UpdateEventSourceMappingRequest } from '@aws-sdk/client-lambda'
import { operation } from '../../../operation'
import { scopeOf } from '../../../store'
import { changedMapping, describeMapping, mappings, onMapping, requireMapping } from '../event-source-mappings'
import { lockFunctions } from '../functions'
import { parseName } from '../names'

/** Changes a mapping, or switches it on or off. */
export const updateEventSourceMapping = operation<UpdateEventSourceMappingRequest, EventSourceMappingConfiguration>(UpdateEventSourceMapping$, {
  ...onMapping,
  run(call) {
    const { input, sandbox, account, region } = call
    return lockFunctions(sandbox, account, async () => {
      const { qualifier: qualifierBefore, ...before } = await requireMapping(call)
      const { name: functionName, qualifier } = input.FunctionName === undefined ? { name: before.functionName, qualifier: qualifierBefore } : parseName(call, input.FunctionName)
      const mapping = await changedMapping(sandbox, { ...before, functionName, ...(qualifier === undefined ? {} : { qualifier }) }, input)
      await sandbox.store.put(mappings, scopeOf({ account, region }), mapping.uuid, mapping)
      sandbox.eventSources.follow(mapping)
      return describeMapping(mapping, mapping.isEnabled === before.isEnabled ? 'Updating' : mapping.isEnabled ? 'Enabling' : 'Disabling')
    })
  },
})
