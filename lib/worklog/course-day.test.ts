import { expect, it } from 'vitest'
import { courseDays } from './course-day'

it('reads course days as they are', () => {
  expect(courseDays(['41', '45'], 9)).toEqual([41, 45])
})

it('reads weekdays in both languages, the weekend not being a course day', () => {
  expect(courseDays(['2', 'Thứ 3', 'Thứ Tư', 'Thursday', 'Sáu', 'CN'], 9)).toEqual([41, 42, 43, 44, 45, undefined])
})

it('reads places in the week where the column begins with 1', () => {
  expect(courseDays(['1', '2', '5', '6'], 3)).toEqual([11, 12, 15, undefined])
})

it('leaves ranges and unknown words to be reported', () => {
  expect(courseDays(['41-42', 'mai', ''], 9)).toEqual([undefined, undefined, undefined])
})
