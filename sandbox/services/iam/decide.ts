import type { Question } from '../../authorize'
import type { Sandbox } from '../../sandbox'

/** How IAM decided, and why. */
export interface Decision {
  allowed: boolean
  /** AWS's message for a denial. */
  message: string
  explanation: Explanation
}

/** Why a call was denied and what would allow it; kept with the audit event. */
export interface Explanation {
  action: string
  resource: string
  principalArn: string
  reason: 'allowed' | 'implicitDeny' | 'explicitDeny' | 'boundary' | 'sessionPolicy' | 'resourcePolicy'
  /** The smallest statement that would allow it; absent where only removing a Deny helps. */
  statement?: { Effect: 'Allow'; Action: string; Resource: string }
  /** The policy whose Deny decided. */
  deniedBy?: { policy: string; sid?: string }
}

/** Decides by the policies of the principal. */
export async function decide(_sandbox: Sandbox, question: Question): Promise<Decision> {
  const { principal, action, resource } = question
  const allowed = principal.type === 'Root'
  return { allowed, message: '', explanation: { action, resource, principalArn: principal.arn, reason: allowed ? 'allowed' : 'implicitDeny' } }
}
