import { DeleteEventBus$, type DeleteEventBusRequest } from '@aws-sdk/client-eventbridge'
import { operation } from '../../../operation'
import { scopeOf } from '../../../store'
import { lockEvents, onBus } from '../buses'
import { invalid } from '../errors'
import { DEFAULT_BUS, parseBus } from '../names'
import { buses } from '../records'
import { listRulesOf } from '../rules'

/** Deletes a custom bus; one that is not there is as good as deleted. */
export const deleteEventBus = operation<DeleteEventBusRequest, object>(DeleteEventBus$, {
  ...onBus,
  async run(call) {
    const bus = parseBus(call, call.input.Name)
    if (bus.name === DEFAULT_BUS) throw invalid('Cannot delete event bus default.')
    await lockEvents(call.sandbox, bus.account, async () => {
      if ((await listRulesOf(call.sandbox, bus)).length > 0) throw invalid('Event bus cannot be deleted since it has rules.')
      await call.sandbox.store.delete(buses, scopeOf(bus), bus.name)
    })
    return {}
  },
})
