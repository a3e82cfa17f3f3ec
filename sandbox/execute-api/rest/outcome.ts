/** What became of a request: what access logs know beside `$context` (API Gateway developer guide, "Variables for access logging"). */
export interface Outcome {
  /** How a method's authorization went: `authorize` for IAM and policies, `authorizer` for a function. */
  authorize?: Step
  authorizer?: Step & { integrationLatency?: number; integrationStatus?: number; requestId?: string }
  integration?: {
    /** Ms. */
    latency: number
    /** Of the backend, for proxies to functions the function's own. */
    status?: number
    /** Of the service that was called: Lambda's own status, where a function was. */
    integrationStatus?: number
    requestId?: string
    error?: string
  }
}

interface Step {
  /** Ms. */
  latency?: number
  status?: number
  error?: string
}

/** Notes how the call of a backend went. */
export function noteIntegration({ outcome }: { outcome: Outcome }, part: Partial<Outcome['integration']>): void {
  outcome.integration = { latency: 0, ...outcome.integration, ...part }
}
