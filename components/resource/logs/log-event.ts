import { logLevel, type LogLevel } from '@/components/lab/log-line'

/** A log event read: its level, whether it is a REPORT, and the JSON that it ends with. */
export interface ReadEvent {
  level: LogLevel
  report: boolean
  /** Pretty, where the message is a JSON object, or ends with one as the Node.js runtime writes it. */
  json?: string
}

/** Reads a message of a log. */
export function readEvent(message: string): ReadEvent {
  const level = logLevel(message)
  const start = message.indexOf('{')
  const before = start < 0 ? '' : message.slice(0, start)
  // Only behind the columns of a runtime: a sentence with braces is a sentence.
  const json = start >= 0 && (before === '' || /[\t\]]\s*$/.test(before)) ? pretty(message.slice(start)) : undefined
  return { level, report: message.startsWith('REPORT '), ...(json !== undefined && { json }) }
}

function pretty(text: string): string | undefined {
  try {
    const value: unknown = JSON.parse(text)
    return typeof value === 'object' ? JSON.stringify(value, null, 2) : undefined
  } catch {
    return undefined
  }
}
