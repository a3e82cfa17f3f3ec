import { db } from '@/lib/db'
import type { LabFiles } from './define-lab'
import type { CheckOutcome } from './run-checks'

/**
 * Keeps what a run of a step's checks came to. Checks run again by themselves, so a row is added only where the
 * outcome differs from the step's last one. A run that failed of itself proves nothing and is not kept.
 *
 * @param green whether the step is done, by `isStepGreen`
 * @returns whether a row was added
 */
export async function recordCheckRun(run: {
  userId: string
  labId: string
  stepId: string
  backend: string
  green: boolean
  outcomes: readonly CheckOutcome[]
  files: LabFiles
}): Promise<boolean> {
  const { userId, labId, stepId, backend, green, outcomes, files } = run
  if (outcomes.some(({ status }) => status === 'error')) return false
  const last = await db.checkRun.findFirst({ where: { userId, labId, stepId }, orderBy: { at: 'desc' } })
  if (last && last.green === green && last.backend === backend && summary(last.results as unknown as CheckOutcome[]) === summary(outcomes)) return false
  await db.checkRun.create({ data: { userId, labId, stepId, backend, green, results: JSON.parse(JSON.stringify(outcomes)), files } })
  return true
}

/** Keeps one action sent from a lab page. */
export async function recordAttempt(attempt: { userId: string; labId: string; stepId: string; actionId: string; input: unknown; ok: boolean; output: unknown }): Promise<void> {
  const { input, output, ...rest } = attempt
  await db.attempt.create({ data: { ...rest, input: plain(input), output: plain(output) } })
}

function summary(outcomes: readonly CheckOutcome[]): string {
  return outcomes.map(({ checkId, status }) => `${checkId} ${status}`).join()
}

/** JSON for a Json column, which takes neither undefined nor bytes. */
function plain(value: unknown) {
  return JSON.parse(JSON.stringify(value ?? {}, (_, item) => (item instanceof Uint8Array ? `${item.length} bytes` : item)))
}
