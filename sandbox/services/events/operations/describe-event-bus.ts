import { DescribeEventBus$, type DescribeEventBusRequest, type DescribeEventBusResponse } from '@aws-sdk/client-eventbridge'
import { operation } from '../../../operation'
import { requireBus } from '../buses'
import { describeBus } from '../describe'
import { busArn, parseBus } from '../names'

/** Describes a bus: the default one where none is named. */
export const describeEventBus = operation<DescribeEventBusRequest, DescribeEventBusResponse>(DescribeEventBus$, {
  resource: (call) => busArn(parseBus(call, call.input.Name)),
  async run(call) {
    const bus = await requireBus(call.sandbox, parseBus(call, call.input.Name))
    return { ...describeBus(bus), DeadLetterConfig: bus.deadLetterArn === undefined ? undefined : { Arn: bus.deadLetterArn } }
  },
})
