/** The lines Lambda itself writes to a function's log, each with its closing newline. */

/** First line of a new environment. `note` says which interpreter stands in for the runtime, if one does. */
export function initStartLine(label: string, region: string, note?: string): string {
  const running = note ? ` (${note})` : ''
  return `INIT_START Runtime Version: ${label}${running}\tRuntime Version ARN: ${runtimeVersionArn(label, region)}\n`
}

export function runtimeVersionArn(label: string, region: string): string {
  return `arn:aws:lambda:${region}::runtime:${label.replace(':', '-')}`
}

/** One extension, after its environment is ready. */
export function extensionLine({ name, state, events }: { name: string; state: string; events: string[] }): string {
  return `EXTENSION\tName: ${name}\tState: ${state}\tEvents: [${events.join(', ')}]\n`
}

/** Tells of an initialisation that did not succeed; `ms` in milliseconds. */
export function initReportLine(ms: number, phase: 'init' | 'invoke', status: 'error' | 'timeout', errorType?: string): string {
  return `INIT_REPORT Init Duration: ${ms.toFixed(2)} ms\tPhase: ${phase}\tStatus: ${status}${errorType ? `\tError Type: ${errorType}` : ''}\n`
}

export function startLine(requestId: string, version: string): string {
  return `START RequestId: ${requestId} Version: ${version}\n`
}

export function endLine(requestId: string): string {
  return `END RequestId: ${requestId}\n`
}

/** The figures of one REPORT line; times in ms, memory in MB. */
export interface ReportFigures {
  requestId: string
  durationMs: number
  billedMs: number
  memoryMb: number
  maxMemoryMb: number
  initMs?: number
  /** Set when the environment broke, e.g. `timeout`, or `error` with an error type. */
  status?: string
  errorType?: string
}

/** @see https://docs.aws.amazon.com/lambda/latest/dg/nodejs-logging.html for the fields and their order */
export function reportLine(f: ReportFigures): string {
  const fields = [
    `REPORT RequestId: ${f.requestId}`,
    `Duration: ${f.durationMs.toFixed(2)} ms`,
    `Billed Duration: ${f.billedMs} ms`,
    `Memory Size: ${f.memoryMb} MB`,
    `Max Memory Used: ${f.maxMemoryMb} MB`,
  ]
  if (f.initMs !== undefined) fields.push(`Init Duration: ${f.initMs.toFixed(2)} ms`)
  if (f.status) fields.push(`Status: ${f.status}`)
  if (f.errorType) fields.push(`Error Type: ${f.errorType}`)
  return `${fields.join('\t')}\t\n`
}

/** What the log and the caller read when a function ran out of time. */
export function timeoutText(seconds: number): string {
  return `Task timed out after ${seconds.toFixed(2)} seconds`
}

/** How much an event of Lambda's own matters. */
export type Level = 'DEBUG' | 'INFO' | 'WARN'

/** Whether an event is written where events from `least` on are wanted; INFO where nothing is said. */
export function isLogged(level: Level, least = 'INFO'): boolean {
  const order = ['DEBUG', 'INFO', 'WARN']
  return order.indexOf(level) >= order.indexOf(least)
}
