import { scopeOf } from '../../store'
import { appendToLog, streamOf } from '../append-to-log'
import type { Arrival, Reply } from './exchange'
import { mayWriteLogs } from './log-role'
import { readSource } from './sources'

/**
 * Writes a request's line to the stage's access log, where it has one; `-` stands for what is not known (API Gateway
 * developer guide, "Variables for access logging").
 */
export async function writeAccessLog(arrival: Arrival, reply: Reply): Promise<void> {
  const { api, sandbox, stage, stageName, context } = arrival
  const { destinationArn, format } = stage?.accessLogSettings ?? {}
  const group = groupOf(destinationArn)
  if (group === undefined || format === undefined || !(await mayWriteLogs(sandbox, api, group))) return
  const outcome = outcomeOf(arrival, reply)
  const message = format.replace(/\$context\.([\w.-]*\w)/g, (_, name: string) => String(outcome[name] ?? readSource(arrival, `context.${name}`) ?? '-'))
  await appendToLog(sandbox, { scope: scopeOf(api), group }, streamOf(api.id, stageName), [{ timestamp: context.requestTimeEpoch, message: `${message}\n` }])
}

/** The name in a log group's ARN; undefined where it is none. */
export function groupOf(arn: string | undefined): string | undefined {
  return /^arn:aws[\w-]*:logs:[\w-]+:\d{12}:log-group:([^:*]+)(?::\*)?$/.exec(arn ?? '')?.[1]
}

function outcomeOf({ sandbox, context, outcome }: Arrival, { status, body }: Reply): Record<string, unknown> {
  const { integration, authorizer, authorize } = outcome
  return {
    status,
    responseLength: body.length,
    responseLatency: sandbox.now() - context.requestTimeEpoch,
    'authorize.latency': authorize?.latency,
    'authorize.status': authorize?.status,
    'authorize.error': authorize?.error,
    'authorizer.latency': authorizer?.latency,
    'authorizer.status': authorizer?.status,
    'authorizer.error': authorizer?.error,
    'authorizer.requestId': authorizer?.requestId,
    'authorizer.integrationLatency': authorizer?.integrationLatency,
    'authorizer.integrationStatus': authorizer?.integrationStatus,
    awsEndpointRequestId: integration?.requestId,
    integrationLatency: integration?.latency,
    integrationStatus: integration?.integrationStatus ?? integration?.status,
    integrationErrorMessage: integration?.error,
    'integration.error': integration?.error,
    'integration.latency': integration?.latency,
    'integration.status': integration?.status,
    'integration.integrationStatus': integration?.integrationStatus ?? integration?.status,
    'integration.requestId': integration?.requestId,
  }
}
