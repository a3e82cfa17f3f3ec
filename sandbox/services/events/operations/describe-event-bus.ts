import { DescribeEventBus$, type DescribeEventBusRequest, type DescribeEventBusResponse } from '@aws-sdk/client-eventbridge'
import { operation } from '../../../operation'
import { onBus, requireBus } from '../buses'
import { describeBus } from '../describe'
import { parseBus } from '../names'

/** Describes a bus: the default one where none is named. */
export const describeEventBus = operation<DescribeEventBusRequest, DescribeEventBusResponse>(DescribeEventBus$, {
  ...onBus,
  async run(call) {
    const bus = await requireBus(call.sandbox, parseBus(call, call.input.Name))
    return { ...describeBus(bus), DeadLetterConfig: bus.deadLetterArn === undefined ? undefined : { Arn: bus.deadLetterArn } }
  },
})
