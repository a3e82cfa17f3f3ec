import { db } from '@/lib/db'
import type { CheckOutcome } from '@/lib/lab/run-checks'

/** The last run of a step's checks. */
export interface LastRun {
  labId: string
  stepId: string
  at: Date
  backend: string
  green: boolean
  outcomes: CheckOutcome[]
}

/** A learner by id, for mentors; undefined when there is none. */
export async function findLearner(id: string): Promise<{ id: string; name: string; email: string | null } | undefined> {
  const learner = await db.user.findFirst({ where: { id, role: 'LEARNER' }, select: { id: true, name: true, email: true } })
  return learner ?? undefined
}

/** The last run of each step that a learner had checked. */
export async function lastRuns(userId: string): Promise<LastRun[]> {
  const runs = await db.checkRun.findMany({
    where: { userId },
    distinct: ['labId', 'stepId'],
    orderBy: { at: 'desc' },
    select: { labId: true, stepId: true, at: true, backend: true, green: true, results: true },
  })
  return runs.map(({ results, ...run }) => ({ ...run, outcomes: results as unknown as CheckOutcome[] }))
}
