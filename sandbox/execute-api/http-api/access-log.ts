import { ResourceNotFoundException } from '@aws-sdk/client-cloudwatch-logs'
import { scopeOf } from '../../store'
import { appendToLog, streamOf } from '../append-to-log'
import { groupOf } from '../rest/access-log'
import type { Arrival, HttpError, Reply } from './exchange'
import { readVariable } from './values'

/** What became of a request, as `$context` of access logs tells it. */
type Outcome = Record<string, string | number | undefined>

/**
 * Writes a request's line to the stage's access log, where it has one; `-` stands for what is not known (HTTP API
 * developer guide, "Configure logging for HTTP APIs"). A log group that is gone gets nothing.
 */
export async function logAccess(arrival: Arrival, reply: Reply, fault?: HttpError): Promise<void> {
  const { api, sandbox, stage, startedAt } = arrival
  const { DestinationArn, Format } = stage.AccessLogSettings ?? {}
  const group = groupOf(DestinationArn)
  if (group === undefined || Format === undefined) return
  const outcome = outcomeOf(arrival, reply, fault)
  const message = Format.replace(/\$context\.([\w.-]*\w)/g, (_, name: string) => String(outcome[name] ?? readVariable(arrival, `context.${name}`) ?? '-'))
  await appendToLog(sandbox, { scope: scopeOf(api), group }, streamOf(api.id, stage.StageName), [{ timestamp: startedAt, message }]).catch((error) => {
    // The answer is given all the same.
    if (!(error instanceof ResourceNotFoundException)) console.error(error)
  })
}

function outcomeOf({ sandbox, startedAt, integration }: Arrival, { status, body }: Reply, fault: HttpError | undefined): Outcome {
  const cause = fault?.more.cause
  return {
    status,
    responseLength: body.length,
    responseLatency: sandbox.now() - startedAt,
    'error.message': fault?.message,
    'error.messageString': fault && JSON.stringify(fault.message),
    integrationErrorMessage: cause,
    'integration.error': cause,
    integrationLatency: integration?.latency,
    'integration.latency': integration?.latency,
    integrationStatus: integration?.serviceStatus,
    'integration.integrationStatus': integration?.serviceStatus,
    'integration.status': integration?.status,
  }
}
