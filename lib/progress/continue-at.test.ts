import { expect, it } from 'vitest'
import { computeProgress, type GreenStep } from './compute-progress'
import { continueAt } from './continue-at'

const labs = [
  { id: '42.1', day: 42, steps: ['one'] },
  { id: '41.2', day: 41, steps: ['one'] },
]
const done = (labId: string): GreenStep => ({ labId, stepId: 'one', at: new Date(0) })
const place = (labId: string, minute: number) => ({ labId, stepId: 'one', at: new Date(minute * 60_000) })
const next = (greens: GreenStep[], places: ReturnType<typeof place>[] = [], declared: number[] = []) =>
  continueAt(computeProgress([41, 42, 43], labs, greens, declared.map((day) => ({ day, declaredAt: new Date(0) }))), labs, places)

it('goes back to the lab touched last, at its step', () => {
  expect(next([], [place('41.2', 1), place('42.1', 2)])).toEqual({ kind: 'resume', labId: '42.1', stepId: 'one' })
})

it('leaves out a lab that is verified or no longer open', () => {
  expect(next([done('42.1')], [place('42.1', 2), place('99.9', 3), place('41.2', 1)])).toMatchObject({ kind: 'resume', labId: '41.2' })
})

it('begins with the first lab of the earliest day', () => {
  expect(next([])).toEqual({ kind: 'lab', labId: '41.2' })
})

it('names the first day left when all labs are verified, and nothing when that is ticked too', () => {
  expect(next([done('41.2'), done('42.1')])).toEqual({ kind: 'day', day: 43 })
  expect(next([done('41.2'), done('42.1')], [], [43])).toBeUndefined()
})
