import { expect, it } from 'vitest'
import { readEvent } from './log-event'

it.each([
  ['{"level":"ERROR","a":1}', 'error'],
  ['2026-11-24T09:00:00.000Z\tc6af9ac6\tINFO\t{"a":1}', 'info'],
  ['[WARNING]\t2026-11-24T09:00:00.000Z\tc6af9ac6\t{"a":1}', 'warn'],
])('finds the JSON of %s', (message, level) => {
  expect(readEvent(message)).toMatchObject({ level, json: expect.stringContaining('"a": 1') })
})

it.each(['a sentence with {braces}', 'an object: {"a":1}', '{broken', '2026\tid\tINFO\t12'])('takes %s as it stands', (message) => {
  expect(readEvent(message).json).toBeUndefined()
})

it('knows a REPORT', () => {
  expect(readEvent('REPORT RequestId: c6af9ac6\tDuration: 1.00 ms')).toEqual({ level: 'platform', report: true })
})
