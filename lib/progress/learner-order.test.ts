import { expect, it } from 'vitest'
import { computeProgress } from './compute-progress'
import type { LearnerSummary } from './get-progress'
import { arrange } from './learner-order'

const labs = [{ id: '41.2', day: 41, steps: ['one'] }]
const learner = (name: string, extra: { email?: string; hour?: number; green?: boolean; ticked?: boolean } = {}): LearnerSummary => ({
  id: name,
  name,
  email: extra.email ?? null,
  progress: computeProgress(
    [41, 42],
    labs,
    extra.green ? [{ labId: '41.2', stepId: 'one', at: new Date(0) }] : [],
    extra.ticked ? [{ day: 42, declaredAt: new Date(0) }] : [],
  ),
  lastActivity: extra.hour === undefined ? undefined : new Date(Date.UTC(2025, 10, 3, extra.hour)),
})
const all = [
  learner('Trần Đạt', { hour: 2, green: true }),
  learner('Nguyễn An', { email: 'an@example.com' }),
  learner('Lê Bình', { hour: 5, ticked: true }),
]
const names = (query: string, order: Parameters<typeof arrange>[2]) => arrange(all, query, order).map((found) => found.name)

it('finds names without their marks, and addresses', () => {
  expect(names('nguyen', 'byName')).toEqual(['Nguyễn An'])
  expect(names('DAT', 'byName')).toEqual(['Trần Đạt'])
  expect(names('@example', 'byName')).toEqual(['Nguyễn An'])
  expect(names('không ai', 'byName')).toEqual([])
})

it('sorts by name, by last activity, and by least progress', () => {
  expect(names('', 'byName')).toEqual(['Lê Bình', 'Nguyễn An', 'Trần Đạt'])
  expect(names('', 'byActivity')).toEqual(['Lê Bình', 'Trần Đạt', 'Nguyễn An'])
  expect(names('', 'byProgress')).toEqual(['Nguyễn An', 'Lê Bình', 'Trần Đạt'])
})
