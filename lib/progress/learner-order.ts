import type { LearnerSummary } from './get-progress'

/** The orders of the mentor's list. */
export const learnerOrders = ['byName', 'byActivity', 'byProgress'] as const

/** An order of the mentor's list. */
export type LearnerOrder = (typeof learnerOrders)[number]

/** Letters without marks, so that `nguyen` finds `Nguyễn` and `dat` finds `Đạt`. */
function bare(text: string): string {
  return text.normalize('NFD').replace(/\p{M}/gu, '').replace(/đ/gi, 'd').toLowerCase()
}

/** Days count first by verified, then by ticked. */
function weight({ progress }: LearnerSummary): number {
  const states = Object.values(progress.days).map((day) => day.state)
  const count = (state: string) => states.filter((of) => of === state).length
  const steps = Object.values(progress.labs).reduce((sum, lab) => sum + lab.passed, 0)
  return count('verified') * 1_000_000 + steps * 1_000 + count('declared')
}

/** The learners whose name or email holds the query, marks and case aside, in the order asked for; ties by name. */
export function arrange(learners: readonly LearnerSummary[], query: string, order: LearnerOrder): LearnerSummary[] {
  const wanted = bare(query.trim())
  const byName = (a: LearnerSummary, b: LearnerSummary) => a.name.localeCompare(b.name, 'vi')
  const compare: Record<LearnerOrder, (a: LearnerSummary, b: LearnerSummary) => number> = {
    byName: () => 0,
    byActivity: (a, b) => Number(b.lastActivity ?? 0) - Number(a.lastActivity ?? 0),
    byProgress: (a, b) => weight(a) - weight(b),
  }
  return learners
    .filter((learner) => bare(`${learner.name} ${learner.email ?? ''}`).includes(wanted))
    .sort((a, b) => compare[order](a, b) || byName(a, b))
}
