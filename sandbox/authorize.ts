import { AwsError } from './errors'
import type { Principal } from './operation'
import type { Sandbox } from './sandbox'
import { decide, type Decision } from './services/iam/decide'

/** What IAM is asked. */
export interface Question {
  principal: Principal
  /** `lambda:GetFunction` */
  action: string
  resource: string
  /** The account that owns the resource. */
  resourceAccount: string
  context: Record<string, string | string[]>
  resourcePolicy?: object | undefined
}

/** A denial: AWS's message for the client, the decision behind it for the audit trail and the lab page. */
export class AccessDenied extends AwsError {
  constructor(code: string, status: number, readonly decision: Decision, readonly question: Question) {
    super(code, decision.message, status)
  }
}

/**
 * Asks IAM. Returns the decision where it allows.
 * @param code the service's error code for a denial, e.g. AccessDeniedException
 * @throws AccessDenied where it does not
 */
export async function authorize(sandbox: Sandbox, question: Question, code = 'AccessDeniedException', status = 403): Promise<Decision> {
  const decision = await decide(sandbox, question)
  if (!decision.allowed) throw new AccessDenied(code, status, decision, question)
  return decision
}
