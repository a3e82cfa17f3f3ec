import type { LabShape, Progress } from './compute-progress'

/** A learner's place in a lab. */
export interface Place {
  labId: string
  stepId: string | null
  at: Date
}

/** Where to go on: in a lab left half-way, at a lab not begun, or at a day that only waits for a tick. */
export type NextThing = { kind: 'resume'; labId: string; stepId: string | null } | { kind: 'lab'; labId: string } | { kind: 'day'; day: number }

/**
 * Where a learner goes on: the lab touched last that is not verified, else the first unverified lab of the first day
 * that has one, else the first day neither verified nor ticked. Undefined when nothing is left.
 *
 * @param labs the open labs
 */
export function continueAt(progress: Progress, labs: readonly LabShape[], places: readonly Place[]): NextThing | undefined {
  const toDo = labs.filter((lab) => !progress.labs[lab.id]?.verifiedAt).sort((a, b) => a.day - b.day)
  const last = places
    .filter((place) => toDo.some((lab) => lab.id === place.labId))
    .sort((a, b) => Number(b.at) - Number(a.at))[0]
  if (last) return { kind: 'resume', labId: last.labId, stepId: last.stepId }
  if (toDo[0]) return { kind: 'lab', labId: toDo[0].id }
  const day = Object.keys(progress.days).map(Number).sort((a, b) => a - b).find((day) => progress.days[day]!.state === 'open')
  return day === undefined ? undefined : { kind: 'day', day }
}
