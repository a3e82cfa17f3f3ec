import { UpdateEventBus$, type UpdateEventBusRequest, type UpdateEventBusResponse } from '@aws-sdk/client-eventbridge'
import { operation } from '../../../operation'
import { changeBus, onBus } from '../buses'
import { busArn, parseBus } from '../names'

/** Changes a bus's description and dead-letter queue. */
export const updateEventBus = operation<UpdateEventBusRequest, UpdateEventBusResponse>(UpdateEventBus$, {
  ...onBus,
  async run(call) {
    const { Description, DeadLetterConfig } = call.input
    const bus = await changeBus(call.sandbox, parseBus(call, call.input.Name), (changed) => {
      if (Description !== undefined) changed.description = Description
      if (DeadLetterConfig?.Arn !== undefined) changed.deadLetterArn = DeadLetterConfig.Arn
    })
    return { Arn: busArn(bus), Name: bus.name, Description: bus.description, DeadLetterConfig: bus.deadLetterArn === undefined ? undefined : { Arn: bus.deadLetterArn } }
  },
})
