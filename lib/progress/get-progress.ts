import { cache } from 'react'
import { db } from '@/lib/db'
import { weekDays } from '@/lib/worklog/weeks'
import { computeProgress, type Progress } from './compute-progress'
import type { Place } from './continue-at'
import { byUser } from './by-user'
import { openLabShapes } from './plan'

/** Where one learner stands, and where they were last in each lab. */
export interface LearnerProgress {
  progress: Progress
  places: Place[]
}

/** Reads one learner's progress. Asked once a request, however often it is called. */
export const getProgress = cache(async (userId: string): Promise<LearnerProgress> => {
  const [greens, declarations, states] = await Promise.all([
    db.checkRun.groupBy({ by: ['labId', 'stepId'], where: { userId, green: true }, _min: { at: true } }),
    db.declaration.findMany({ where: { userId }, select: { day: true, declaredAt: true } }),
    db.labState.findMany({ where: { userId }, select: { labId: true, step: true, updatedAt: true } }),
  ])
  return {
    progress: computeProgress(
      weekDays(),
      openLabShapes,
      greens.map(({ labId, stepId, _min }) => ({ labId, stepId, at: _min.at! })),
      declarations,
    ),
    places: states.map(({ labId, step, updatedAt }) => ({ labId, stepId: step, at: updatedAt })),
  }
})

/** A learner in the mentor's list. */
export interface LearnerSummary {
  id: string
  name: string
  email: string | null
  progress: Progress
  /** Where they were last. */
  place?: Place
  /** The last thing they did in a lab or ticked; absent for one who has done nothing yet. */
  lastActivity?: Date
}

/** Reads where all learners stand: as many queries for two hundred learners as for one. */
export async function getProgressOfAll(): Promise<LearnerSummary[]> {
  const [learners, greens, declarations, places, activity] = await Promise.all([
    db.user.findMany({ where: { role: 'LEARNER' }, select: { id: true, name: true, email: true } }),
    db.checkRun.groupBy({ by: ['userId', 'labId', 'stepId'], where: { green: true }, _min: { at: true } }),
    db.declaration.findMany({ select: { userId: true, day: true, declaredAt: true } }),
    db.labState.findMany({
      distinct: ['userId'],
      orderBy: { updatedAt: 'desc' },
      select: { userId: true, labId: true, step: true, updatedAt: true },
    }),
    db.checkRun.groupBy({ by: ['userId'], _max: { at: true } }),
  ])
  const greensOf = byUser(greens)
  const declarationsOf = byUser(declarations)
  const placeOf = new Map(places.map((place) => [place.userId, place]))
  const checkedOf = new Map(activity.map((run) => [run.userId, run._max.at]))

  return learners.map((learner) => {
    const declared = declarationsOf.get(learner.id) ?? []
    const place = placeOf.get(learner.id)
    const times = [checkedOf.get(learner.id), place?.updatedAt, ...declared.map((declaration) => declaration.declaredAt)].flatMap((at) => at ?? [])
    return {
      ...learner,
      progress: computeProgress(
        weekDays(),
        openLabShapes,
        (greensOf.get(learner.id) ?? []).map(({ labId, stepId, _min }) => ({ labId, stepId, at: _min.at! })),
        declared,
      ),
      place: place && { labId: place.labId, stepId: place.step, at: place.updatedAt },
      lastActivity: times.length ? new Date(Math.max(...times.map(Number))) : undefined,
    }
  })
}
