/** What of a lab progress depends on. */
export interface LabShape {
  id: string
  day: number
  /** Step ids. */
  steps: readonly string[]
}

/** The first time that all checks of a step were green. */
export interface GreenStep {
  labId: string
  stepId: string
  at: Date
}

/** A day ticked by hand. */
export interface DeclaredDay {
  day: number
  declaredAt: Date
}

/** How far a lab is. */
export interface LabProgress {
  passed: number
  steps: number
  /** By step id: when it was passed for the first time; only passed steps. */
  passedAt: Readonly<Record<string, Date>>
  /** When its last step turned green for the first time; absent until all have. */
  verifiedAt?: Date
}

/** How far a day is. A day without an open lab can be declared but not verified. */
export interface DayProgress {
  state: 'verified' | 'declared' | 'open'
  /** Steps of the day's open labs. */
  passed: number
  steps: number
  verifiedAt?: Date
  /** Kept beside `verifiedAt`: a tick does not vanish when labs prove it. */
  declaredAt?: Date
}

/** Where one learner stands. */
export interface Progress {
  /** By lab id: every open lab. */
  labs: Readonly<Record<string, LabProgress>>
  /** By course day: every day asked for. */
  days: Readonly<Record<number, DayProgress>>
}

function latest(dates: readonly Date[]): Date | undefined {
  return dates.length ? new Date(Math.max(...dates.map(Number))) : undefined
}

function labProgress(lab: LabShape, greens: readonly GreenStep[]): LabProgress {
  const passedAt: Record<string, Date> = {}
  for (const { labId, stepId, at } of greens) {
    if (labId === lab.id && lab.steps.includes(stepId) && !(passedAt[stepId]! <= at)) passedAt[stepId] = at
  }
  const passed = Object.values(passedAt)
  const all = lab.steps.length > 0 && passed.length === lab.steps.length
  return { passed: passed.length, steps: lab.steps.length, passedAt, verifiedAt: all ? latest(passed) : undefined }
}

/**
 * Computes one learner's progress from what was recorded. A step is passed once its checks were green, a lab is verified
 * when all of its steps are, a day when all of its open labs are and it has at least one.
 *
 * @param days the course days to tell about
 * @param labs the open labs
 */
export function computeProgress(
  days: readonly number[],
  labs: readonly LabShape[],
  greens: readonly GreenStep[],
  declarations: readonly DeclaredDay[],
): Progress {
  const byLab = Object.fromEntries(labs.map((lab) => [lab.id, labProgress(lab, greens)]))
  const byDay = days.map((day): [number, DayProgress] => {
    const ofDay = labs.filter((lab) => lab.day === day).map((lab) => byLab[lab.id]!)
    const proofs = ofDay.flatMap((lab) => lab.verifiedAt ?? [])
    const verifiedAt = ofDay.length > 0 && proofs.length === ofDay.length ? latest(proofs) : undefined
    const declaredAt = declarations.find((declaration) => declaration.day === day)?.declaredAt
    return [
      day,
      {
        state: verifiedAt ? 'verified' : declaredAt ? 'declared' : 'open',
        passed: ofDay.reduce((sum, lab) => sum + lab.passed, 0),
        steps: ofDay.reduce((sum, lab) => sum + lab.steps, 0),
        verifiedAt,
        declaredAt,
      },
    ]
  })
  return { labs: byLab, days: Object.fromEntries(byDay) }
}
