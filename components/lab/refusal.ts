import { ActionError } from '@/lib/auth'
import { AdminRefused, CloudUnavailable, NotOffered } from '@/lib/cloud'

/**
 * Why Worklab itself did not do what a lab page asked for. The text is `lab.refused.<reason>`.
 * `session`, `forbidden`: see `ActionError`. `closed`: no such open lab, step or action. `notStarted`: press Start first.
 * `invalid`: what came was not what the page sends. `tooLarge`: more than the page carries. `sandbox`: AWS does not answer.
 * `fault`: Worklab's own.
 */
export type RefusalReason = 'session' | 'forbidden' | 'closed' | 'notStarted' | 'invalid' | 'tooLarge' | 'sandbox' | 'notOffered' | 'fault'

/** Answered in place of a result. */
export interface Refusal {
  ok: false
  refused: RefusalReason
}

/** Thrown on the server where a request ends early. */
export class Refused extends Error {
  override readonly name = 'Refused'

  constructor(readonly reason: RefusalReason) {
    super(reason)
  }
}

/** The answer for whatever was thrown; an unknown error is logged for the operator and never shown. */
export function refusalOf(error: unknown): Refusal {
  return { ok: false, refused: reasonOf(error) }
}

function reasonOf(error: unknown): RefusalReason {
  if (error instanceof Refused) return error.reason
  if (error instanceof ActionError) return error.code
  if (error instanceof CloudUnavailable) return 'sandbox'
  if (error instanceof NotOffered) return 'notOffered'
  console.error(error instanceof AdminRefused ? 'The sandbox refused:' : 'A lab page failed:', error)
  return 'fault'
}

/** The HTTP status that tells the same. */
export function refusalStatus(reason: RefusalReason): number {
  return { session: 401, forbidden: 403, closed: 404, notStarted: 409, invalid: 400, tooLarge: 413, sandbox: 503, notOffered: 501, fault: 500 }[reason]
}
