import { expect, test } from 'vitest'
import { safePath } from './safe-path'

test('signing in leads back to the page one came from', () => {
  expect(safePath('/labs/41.2?step=cold#top')).toBe('/labs/41.2?step=cold#top')
})

test.each(['//evil.example', '/\\evil.example', '/\t/evil.example', 'https://evil.example', 'javascript:alert(1)', '', undefined, ['/x'], '/signin?next=/x'])(
  '%o leads to the start page instead',
  (wanted) => {
    expect(safePath(wanted)).toBe('/')
  },
)
