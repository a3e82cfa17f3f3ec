import { marshall } from '@aws-sdk/util-dynamodb'
import { expect, it } from 'vitest'
import { itemOf, plainOf } from './item-json'

const book = { id: 'b1', price: 12.5, stock: 0, tags: ['new', 'cheap'], author: { name: 'Nam Cao', born: 1917 }, sold: false, note: null }

it('reads plain JSON as the SDK does, and gives it back', () => {
  expect(itemOf(book)).toEqual(marshall(book))
  expect(plainOf(itemOf(book))).toEqual({ plain: book, lossless: true })
})

it.each([
  ['a set', { a: { SS: ['x'] } }, { a: ['x'] }],
  ['a set of numbers', { a: { NS: ['1'] } }, { a: [1] }],
  ['bytes', { a: { B: 'AA==' } }, { a: 'AA==' }],
  ['a number of many digits', { a: { N: '12345678901234567890123' } }, { a: 12345678901234567890123 }],
  ['a fraction of many digits', { a: { M: { b: { N: '0.12345678901234567890' } } } }, { a: { b: Number('0.12345678901234567890') } }],
])('says that plain JSON would lose %s', (_, item, plain) => {
  expect(plainOf(item)).toEqual({ plain, lossless: false })
})

it.each(['1', '-0.5', '1e21', '100', '0', '0.00', '1.50'])('keeps the number %s', (N) => {
  expect(plainOf({ a: { N } }).lossless).toBe(true)
})

it.each([null, [], 'text', 1])('takes %j for no item', (plain) => {
  expect(() => itemOf(plain)).toThrow(TypeError)
})
