/** What a line of a function's log is: one of Lambda's own, or the function's, by its level. */
export type LogLevel = 'platform' | 'error' | 'warn' | 'info' | 'debug'

/**
 * Reads a line's level: Lambda's own lines by their first word, the Node.js runtime's by its column
 * (`time TAB request TAB LEVEL TAB text`), Python's by its bracket, JSON logs by their member.
 *
 * @see https://docs.aws.amazon.com/lambda/latest/dg/nodejs-logging.html
 */
export function logLevel(line: string): LogLevel {
  if (/^(INIT_START|INIT_REPORT|START|END|REPORT|XRAY|EXTENSION)\b/.test(line)) return 'platform'
  const level = /^\S+\t\S+\t(TRACE|DEBUG|INFO|WARN|ERROR|FATAL)\t/.exec(line)?.[1] ?? /^\[(DEBUG|INFO|WARNING|ERROR|CRITICAL)\]/.exec(line)?.[1] ?? /"level":\s*"(\w+)"/i.exec(line)?.[1]
  switch (level?.toUpperCase()) {
    case 'ERROR':
    case 'FATAL':
    case 'CRITICAL':
      return 'error'
    case 'WARN':
    case 'WARNING':
      return 'warn'
    case 'DEBUG':
    case 'TRACE':
      return 'debug'
    default:
      return /Task timed out after|Runtime exited|RequestId: \S+ Error:/.test(line) ? 'error' : 'info'
  }
}
