import { describe, expect, it } from 'vitest'
import { computeProgress, type GreenStep } from './compute-progress'

const labs = [
  { id: '41.1', day: 41, steps: ['one', 'two'] },
  { id: '41.2', day: 41, steps: ['one'] },
  { id: '42.1', day: 42, steps: ['one'] },
]
const days = [41, 42, 43]
const at = (hour: number) => new Date(Date.UTC(2025, 10, 3, hour))
const green = (labId: string, stepId: string, hour: number): GreenStep => ({ labId, stepId, at: at(hour) })
const progress = (greens: GreenStep[], declared: { day: number; declaredAt: Date }[] = []) => computeProgress(days, labs, greens, declared)

describe('a lab', () => {
  it('is not verified while a step is missing', () => {
    expect(progress([green('41.1', 'two', 1)]).labs['41.1']).toEqual({ passed: 1, steps: 2, passedAt: { two: at(1) }, verifiedAt: undefined })
  })

  it('is verified when its last step turned green for the first time, whatever ran later', () => {
    const { labs } = progress([green('41.1', 'two', 5), green('41.1', 'one', 3), green('41.1', 'one', 9)])
    expect(labs['41.1']).toEqual({ passed: 2, steps: 2, passedAt: { one: at(3), two: at(5) }, verifiedAt: at(5) })
  })

  it('gets nothing from steps it does not have, nor from other labs', () => {
    expect(progress([green('41.2', 'removed', 1), green('42.1', 'one', 1)]).labs['41.2']).toMatchObject({ passed: 0, steps: 1 })
  })
})

describe('a day', () => {
  it('is verified when all of its open labs are, on the day of the last', () => {
    const all = [green('41.1', 'one', 1), green('41.1', 'two', 2), green('41.2', 'one', 7)]
    expect(progress(all).days[41]).toEqual({ state: 'verified', passed: 3, steps: 3, verifiedAt: at(7), declaredAt: undefined })
    expect(progress(all.slice(1)).days[41]).toMatchObject({ state: 'open', passed: 2, steps: 3 })
  })

  it('is declared when ticked by hand, and a tick never verifies', () => {
    expect(progress([], [{ day: 41, declaredAt: at(4) }]).days[41]).toMatchObject({ state: 'declared', declaredAt: at(4), verifiedAt: undefined })
  })

  it('is shown verified when it is both, and keeps the date of the tick', () => {
    expect(progress([green('42.1', 'one', 6)], [{ day: 42, declaredAt: at(4) }]).days[42]).toMatchObject({
      state: 'verified',
      verifiedAt: at(6),
      declaredAt: at(4),
    })
  })

  it('without an open lab is never verified', () => {
    expect(progress([]).days[43]).toMatchObject({ state: 'open', passed: 0, steps: 0 })
  })
})
