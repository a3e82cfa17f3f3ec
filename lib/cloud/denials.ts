import type { AuditEvent, Cloud, Explanation } from './cloud'

/** A call that IAM denied, and why. */
export interface Denial {
  at: string
  eventName: string
  message: string
  principalArn: string
  explanation: Explanation
}

/**
 * The latest denials of an account, newest first, one for each principal, action and reason: those of the learner's own
 * calls and those of functions. Empty where the backend keeps no audit trail.
 */
export async function recentDenials(cloud: Cloud, accountId: string, { among = 200 }: { among?: number } = {}): Promise<Denial[]> {
  if (!cloud.capabilities.has('audit.trail')) return []
  const { events } = await cloud.events(accountId, { limit: among })
  const seen = new Set<string>()
  return events.flatMap((event) => {
    const denial = asDenial(event)
    if (!denial) return []
    const { principalArn, action, reason } = denial.explanation
    const key = `${principalArn} ${action} ${reason}`
    if (seen.has(key)) return []
    seen.add(key)
    return [denial]
  })
}

function asDenial({ eventTime, eventName, errorMessage = '', userIdentity, explanation }: AuditEvent): Denial | undefined {
  return explanation && { at: eventTime, eventName, message: errorMessage, principalArn: userIdentity.arn, explanation }
}
