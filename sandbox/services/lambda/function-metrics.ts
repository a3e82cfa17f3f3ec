import type { Sandbox } from '../../sandbox'
import { scopeOf } from '../../store'
import { TooManyRequests, type InvokeResult } from './engine/types'
import type { FunctionRecord } from './records'

/**
 * Counts an invocation in CloudWatch: of the function, of the version or alias that was called, and of all functions
 * (Lambda developer guide, "Types of metrics for Lambda functions").
 * @param outcome the result, or what was thrown
 */
export function countInvocation(sandbox: Sandbox, record: FunctionRecord, invokedArn: string, outcome: InvokeResult | Error): void {
  const isThrottle = outcome instanceof TooManyRequests
  // What could not even begin is no invocation.
  if (outcome instanceof Error && !isThrottle) return
  const qualifier = invokedArn.split(':')[7]
  const named = [{ name: 'FunctionName', value: record.name }]
  const dimensions = [[], named, ...(qualifier === undefined ? [] : [[...named, { name: 'Resource', value: `${record.name}:${qualifier}` }]])]
  const values: [name: string, value: number, unit: string][] = isThrottle
    ? [['Throttles', 1, 'Count']]
    : [
        ['Invocations', 1, 'Count'],
        ['Errors', (outcome as InvokeResult).functionError ? 1 : 0, 'Count'],
        ['Throttles', 0, 'Count'],
        ['Duration', (outcome as InvokeResult).report.durationMs, 'Milliseconds'],
      ]
  const at = sandbox.clock.now(record.account)
  for (const of of dimensions) {
    for (const [name, value, unit] of values) sandbox.metrics.add(scopeOf(record), { namespace: 'AWS/Lambda', name, dimensions: of, at, unit, values: [[value, 1]] })
  }
}

/** What else happens to a function's events, each counted by one of Lambda's metrics. */
export type Mishap = 'RecursiveInvocationsDropped' | 'DestinationDeliveryFailures' | 'DeadLetterErrors'

/** Counts a mishap of a function, and of all functions. */
export function countMishap(sandbox: Sandbox, record: FunctionRecord, name: Mishap): void {
  const at = sandbox.clock.now(record.account)
  for (const dimensions of [[], [{ name: 'FunctionName', value: record.name }]]) {
    sandbox.metrics.add(scopeOf(record), { namespace: 'AWS/Lambda', name, dimensions, at, unit: 'Count', values: [[1, 1]] })
  }
}
