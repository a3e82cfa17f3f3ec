import { openLabs } from '@/labs'
import { catalogue } from '@/labs/catalogue'
import type { Lab, Text } from '@/lib/lab/define-lab'
import type { LabShape } from './compute-progress'

/** A lab of the course; `open` is there once it can be worked on. */
export interface PlannedLab {
  id: string
  day: number
  title: Text
  /** Keys of the achievements it proves. */
  covers: readonly string[]
  open?: Lab
}

/** All labs of the course in order, those that are not open yet included. */
export const plan: readonly PlannedLab[] = catalogue.map((lab) => ({ ...lab, open: openLabs[lab.id] }))

/** The labs that can be worked on, as far as progress depends on them. */
export const openLabShapes: readonly LabShape[] = Object.values(openLabs).map((lab) => ({
  id: lab.id,
  day: lab.day,
  steps: lab.steps.map((step) => step.id),
}))

/** The labs of a day, in order. */
export function labsOfDay(day: number): PlannedLab[] {
  return plan.filter((lab) => lab.day === day)
}

/** The labs that prove an achievement, in order. */
export function labsCovering(achievement: string): PlannedLab[] {
  return plan.filter((lab) => lab.covers.includes(achievement))
}
