import type { Received } from './messages'

/** The system attributes of a message at this receive. */
export function systemAttributes({ message, delivery }: Received): Record<string, string> {
  return {
    ...message.system,
    ApproximateReceiveCount: String(delivery.received),
    ApproximateFirstReceiveTimestamp: String(delivery.firstReceivedAt),
  }
}
