import { expect, test } from 'vitest'
import { countFailure, forgetFailures, mayTryPassword } from './rate-limit'

test('ten wrong passwords close the door for a quarter of an hour, for that address only', () => {
  const start = Date.UTC(2026, 0, 1)
  for (let i = 0; i < 10; i++) {
    expect(mayTryPassword('an@example.com', start + i)).toBe(true)
    countFailure('an@example.com', start + i)
  }
  expect(mayTryPassword('an@example.com', start + 1000)).toBe(false)
  expect(mayTryPassword('binh@example.com', start + 1000)).toBe(true)
  expect(mayTryPassword('an@example.com', start + 15 * 60_000 + 1000)).toBe(true)
})

test('the right password forgets the wrong ones before it', () => {
  for (let i = 0; i < 10; i++) countFailure('chi@example.com')
  forgetFailures('chi@example.com')
  expect(mayTryPassword('chi@example.com')).toBe(true)
})
