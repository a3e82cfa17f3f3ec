/** The figures of one invoke, from Lambda's REPORT line. Times in ms, memory in MB. */
export interface Report {
  requestId: string
  durationMs: number
  billedMs: number
  memoryMb: number
  usedMb: number
  /** Only where this invoke made a new environment: a cold start. */
  initMs?: number
  /** `timeout` or `error`; absent after success. */
  status?: string
}

/**
 * Reads a REPORT line; undefined for any other line.
 * @see https://docs.aws.amazon.com/lambda/latest/dg/nodejs-logging.html
 */
export function parseReport(line: string): Report | undefined {
  const requestId = /^REPORT RequestId: (\S+)/.exec(line)?.[1]
  if (requestId === undefined) return undefined
  const number = (name: string) => {
    const found = new RegExp(`(?:^|\\t)${name}: ([\\d.]+) (?:ms|MB)`).exec(line)?.[1]
    return found === undefined ? undefined : Number(found)
  }
  const initMs = number('Init Duration')
  const status = /\tStatus: (\S+)/.exec(line)?.[1]
  return {
    requestId,
    durationMs: number('Duration') ?? 0,
    billedMs: number('Billed Duration') ?? 0,
    memoryMb: number('Memory Size') ?? 0,
    usedMb: number('Max Memory Used') ?? 0,
    ...(initMs !== undefined && { initMs }),
    ...(status !== undefined && { status }),
  }
}

/** The last REPORT of a log's text, such as a decoded log tail. */
export function lastReport(log: string): Report | undefined {
  return log.split('\n').reduce<Report | undefined>((last, line) => parseReport(line) ?? last, undefined)
}
