import { expect, it } from 'vitest'
import { matchesPattern, parseEventPattern } from './event-pattern'

it.each([
  ['a value', { a: ['x'] }, { a: 'x' }, true],
  ['another value', { a: ['x'] }, { a: 'y' }, false],
  ['one of several', { a: ['x', 'y'] }, { a: 'y' }, true],
  ['all fields', { a: ['x'], b: [1] }, { a: 'x', b: 2 }, false],
  ['a field below', { a: { b: ['x'] } }, { a: { b: 'x' } }, true],
  ['a field that is not there', { a: { b: ['x'] } }, {}, false],
  ['a number, not its text', { a: [1] }, { a: '1' }, false],
  ['null', { a: [null] }, { a: null }, true],
  ['an element of a list', { a: ['x'] }, { a: ['y', 'x'] }, true],
  ['a prefix', { a: [{ prefix: 'ab' }] }, { a: 'abc' }, true],
  ['a suffix', { a: [{ suffix: '.png' }] }, { a: 'b.jpg' }, false],
  ['whatever case', { a: [{ 'equals-ignore-case': 'AbC' }] }, { a: 'aBc' }, true],
  ['a prefix in whatever case', { a: [{ prefix: { 'equals-ignore-case': 'AB' } }] }, { a: 'abc' }, true],
  ['anything but', { a: [{ 'anything-but': ['x', 'y'] }] }, { a: 'z' }, true],
  ['anything but, being it', { a: [{ 'anything-but': 'x' }] }, { a: 'x' }, false],
  ['anything but a prefix', { a: [{ 'anything-but': { prefix: 'in' } }] }, { a: 'init' }, false],
  ['a range', { a: [{ numeric: ['>', 0, '<=', 5] }] }, { a: 5 }, true],
  ['out of a range', { a: [{ numeric: ['>', 0, '<=', 5] }] }, { a: 6 }, false],
  ['that it is there', { a: [{ exists: true }] }, { a: null }, true],
  ['that it is not there', { a: [{ exists: false }] }, { a: 1 }, false],
  ['that something below is not there', { a: { b: [{ exists: false }] } }, {}, true],
  ['either', { $or: [{ a: ['x'] }, { b: [{ numeric: ['>', 1] }] }] }, { b: 2 }, true],
  ['either, being neither', { $or: [{ a: ['x'] }, { b: [2] }], c: [1] }, { b: 2, c: 3 }, false],
])('asks for %s', (_what, pattern, value, matches) => {
  expect(matchesPattern(parseEventPattern(JSON.stringify(pattern)), value)).toBe(matches)
})

it.each(['[]', '{"a":"x"}', '{"a":[]}', '{"a":[{"like":"x"}]}', '{"a":[{"numeric":[">","1"]}]}', '{"a":[{"prefix":1}]}', '{"$or":[{"a":[1]}]}', '{"a":[{"exists":1}]}', 'x'])('refuses the pattern %s', (text) => {
  expect(() => parseEventPattern(text)).toThrow()
})
