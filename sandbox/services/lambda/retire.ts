import type { Sandbox } from '../../sandbox'
import { collectCode } from './code'
import { unqualifiedArn } from './names'
import type { FunctionRecord } from './records'

/** Ends the idle environments of a function, or of one of its versions; those at work finish first. */
export async function retire(sandbox: Sandbox, record: FunctionRecord, version?: string): Promise<void> {
  const arn = unqualifiedArn(record)
  await sandbox.engine.retire(version === undefined ? arn : `${arn}:${version}`)
}

const MARGIN_MS = 5000

/** Deletes code that nothing uses any more once the invocations that may still read it have timed out. */
export function tidyCode(sandbox: Sandbox, account: string, timeoutSeconds: number): void {
  // Not waited for: a sandbox that ends before collects at its next start.
  setTimeout(() => void collectCode(sandbox, account).catch(() => {}), timeoutSeconds * 1000 + MARGIN_MS).unref()
}
