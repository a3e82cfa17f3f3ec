import { expect, it } from 'vitest'
import { calendarDate, calendarDay, dayOf, momentOf } from './dates'

it('writes a calendar day as each language does, whatever the zone of the server', () => {
  expect(calendarDay('2025-11-03', 'vi')).toBe('Thứ 2, 03/11')
  expect(calendarDay('2025-11-03', 'en')).toBe('Mon, Nov 3')
  expect(calendarDate('2025-11-03', 'vi')).toBe('03/11/2025')
  expect(calendarDate('2025-11-03', 'en')).toBe('Nov 3, 2025')
})

it('writes a moment in the zone of the reader', () => {
  const lateEvening = new Date('2025-11-03T20:05:00Z')
  expect(dayOf(lateEvening, 'vi', 'Asia/Ho_Chi_Minh')).toBe('04/11/2025')
  expect(dayOf(lateEvening, 'en', 'America/New_York')).toBe('Nov 3, 2025')
  expect(momentOf(lateEvening, 'vi', 'Asia/Ho_Chi_Minh')).toContain('03:05')
  expect(momentOf(lateEvening, 'en', 'UTC')).toBe('Nov 3, 2025, 20:05')
})
