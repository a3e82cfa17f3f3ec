import type { MethodSetting } from '@aws-sdk/client-api-gateway'
import { scopeOf } from '../../store'
import { appendToLog, streamOf } from '../append-to-log'
import type { Pairs } from '../pairs'
import type { Arrival, Exchange, Reply } from './exchange'
import { mayWriteLogs } from './log-role'

/** `error` is written from level ERROR on, `info` from INFO on, `data` where the stage traces data. */
export type LogLevel = 'error' | 'info' | 'data'

/** A line of the execution log. */
export interface LogLine {
  /** Epoch ms. */
  at: number
  level: LogLevel
  text: string
}

/** API Gateway cuts what is longer (API Gateway developer guide, "CloudWatch log formats for API Gateway"). */
const LONGEST_LINE = 1024
const SECRET = /^(authorization|x-api-key|x-amz-security-token)$/i

/** The lines by which the log of a request begins. */
export function logRequest({ log, context, httpMethod, path, pathParameters, query, headers, body }: Exchange): void {
  log(`Starting execution for request: ${context.requestId}`)
  log(`HTTP Method: ${httpMethod}, Resource Path: ${path}`)
  log(`Method request path: ${shown(Object.entries(pathParameters))}`, 'data')
  log(`Method request query string: ${shown(query)}`, 'data')
  log(`Method request headers: ${shown(headers)}`, 'data')
  log(`Method request body before transformations: ${body.toString('utf8')}`, 'data')
}

/** The lines by which it ends. */
export function logResponse({ log, context, outcome }: Arrival, reply: Reply): void {
  const { error } = context
  if (error) {
    log(`Gateway response type: ${error.responseType} with status code: ${reply.status}`)
    log(`Gateway response body: ${reply.body.toString('utf8')}`, 'data')
    log(`Gateway response headers: ${shown(reply.headers)}`, 'data')
  } else {
    log(`Method response body after transformations: ${reply.body.toString('utf8')}`, 'data')
    log(`Method response headers: ${shown(reply.headers)}`, 'data')
    log('Successfully completed execution')
  }
  log(`Method completed with status: ${reply.status}`)
  if (outcome.integration?.requestId !== undefined) log(`AWS Integration Endpoint RequestId : ${outcome.integration.requestId}`)
}

/** `{a=1, b=2}`, as the log writes maps; of secrets only the end. */
export function shown(pairs: Pairs): string {
  return `{${pairs.map(([name, value]) => `${name}=${SECRET.test(name) ? masked(value) : value}`).join(', ')}}`
}

/** A secret as logs show it: stars and its last six characters. */
export function masked(value: string): string {
  const kept = value.length > 12 ? value.slice(-6) : ''
  return '*'.repeat(Math.min(value.length - kept.length, 34)) + kept
}

/** Writes a request's lines to the stage's execution log, as far as the method's logging level wants them. */
export async function writeExecutionLog({ sandbox, api, stageName, context }: Arrival, lines: LogLine[], settings: MethodSetting | undefined): Promise<void> {
  const level = settings?.loggingLevel ?? 'OFF'
  const wanted = lines.filter((line) => level === 'INFO' ? line.level !== 'data' || settings!.dataTraceEnabled : level === 'ERROR' && line.level === 'error')
  if (wanted.length === 0) return
  // A canary has a group of its own (API Gateway developer guide, "Set up an API Gateway canary release deployment").
  const group = `API-Gateway-Execution-Logs_${api.id}/${stageName}${context.isCanaryRequest ? '/Canary' : ''}`
  if (!(await mayWriteLogs(sandbox, api, group))) return
  const events = wanted.map(({ at, text }) => ({ timestamp: at, message: cut(`(${context.requestId}) ${text}`) }))
  await appendToLog(sandbox, { scope: scopeOf(api), group, makesGroup: true }, streamOf(api.id, stageName), events)
}

function cut(text: string): string {
  return text.length > LONGEST_LINE ? `${text.slice(0, LONGEST_LINE)} [TRUNCATED]` : text
}
