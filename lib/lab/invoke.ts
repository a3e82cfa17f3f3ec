import { InvokeCommand, type InvokeCommandOutput } from '@aws-sdk/client-lambda'
import type { CloudClients } from '@/lib/cloud/clients'
import { lastReport, type Report } from './report'

/** What came of one invoke, read. */
export interface Invocation {
  statusCode: number
  /** The answer as Lambda sent it. */
  text: string
  /** The answer parsed as JSON; undefined where it is none. */
  payload: any
  /** `Unhandled` where the function threw, timed out or died. */
  functionError?: string
  /** The decoded last 4 KB of the log. */
  log: string
  report?: Report
  version?: string
}

/** Reads what an Invoke answered: response, decoded log tail, REPORT figures. */
export function readInvocation(output: InvokeCommandOutput): Invocation {
  const text = Buffer.from(output.Payload ?? []).toString('utf8')
  const log = Buffer.from(output.LogResult ?? '', 'base64').toString('utf8')
  const report = lastReport(log)
  return {
    statusCode: output.StatusCode ?? 0,
    text,
    payload: parse(text),
    ...(output.FunctionError !== undefined && { functionError: output.FunctionError }),
    log,
    ...(report && { report }),
    ...(output.ExecutedVersion !== undefined && { version: output.ExecutedVersion }),
  }
}

/** Invokes a function and waits for its answer, with the tail of its log. @throws what the SDK throws */
export async function invokeAndRead(
  clients: CloudClients,
  { name, event, qualifier, signal }: { name: string; event: unknown; qualifier?: string; signal?: AbortSignal },
): Promise<Invocation> {
  const command = new InvokeCommand({ FunctionName: name, Payload: Buffer.from(JSON.stringify(event)), LogType: 'Tail', ...(qualifier !== undefined && { Qualifier: qualifier }) })
  return readInvocation(await clients.lambda.send(command, signal ? { abortSignal: signal } : {}))
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}
