import type { Sandbox } from '../sandbox'
import type { Dimension } from '../services/cloudwatch/records'
import { scopeOf } from '../store'

/** How a request of a deployed API went. */
export interface Counted {
  status: number
  latencyMs: number
  /** Absent where no backend was called. */
  integrationMs?: number | undefined
}

/**
 * Counts a request in CloudWatch, for the API and for its stage (API Gateway developer guide, "Amazon API Gateway
 * dimensions and metrics", and "Working with metrics for HTTP APIs").
 * @param of how the API is named there: REST APIs by `ApiName`, HTTP APIs by `ApiId`
 * @param errors what client and server errors are called there
 */
export function countRequest(sandbox: Sandbox, api: { account: string; region: string }, of: Dimension, stage: string, errors: [client: string, server: string], { status, latencyMs, integrationMs }: Counted): void {
  const values: [name: string, value: number, unit: string][] = [
    ['Count', 1, 'Count'],
    [errors[0], status >= 400 && status < 500 ? 1 : 0, 'Count'],
    [errors[1], status >= 500 ? 1 : 0, 'Count'],
    ['Latency', latencyMs, 'Milliseconds'],
    ...(integrationMs === undefined ? [] : [['IntegrationLatency', integrationMs, 'Milliseconds'] as [string, number, string]]),
  ]
  const at = sandbox.now()
  for (const dimensions of [[of], [of, { name: 'Stage', value: stage }]]) {
    for (const [name, value, unit] of values) sandbox.metrics.add(scopeOf(api), { namespace: 'AWS/ApiGateway', name, dimensions, at, unit, values: [[value, 1]] })
  }
}
