import * as sdk from '@aws-sdk/client-cloudtrail'
import type { Service } from '../../operation'
import { lookupEvents } from './operations/lookup-events'

/** AWS CloudTrail: the event history of an account, which needs no trail to be made. */
export const cloudTrail: Service = {
  name: 'cloudtrail',
  eventSource: 'cloudtrail.amazonaws.com',
  protocol: 'json',
  target: 'CloudTrail_20131101',
  sdk: sdk as unknown as Record<string, unknown>,
  operations: [lookupEvents],
}
