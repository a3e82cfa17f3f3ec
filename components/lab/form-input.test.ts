import { expect, test } from 'vitest'
import { z } from 'zod'
import { text, type Action } from '@/lib/lab/define-lab'
import { fieldLimit, formValues, jsonError, readForm } from './form-input'

const label = text('Nhãn', 'Label')
const action = {
  fields: { Name: { label, kind: 'text' }, Size: { label, kind: 'number' }, Event: { label, kind: 'json' } },
  form: z.object({ Name: z.string().regex(/^[a-z]+$/, 'functionName'), Size: z.number().max(10), Event: z.string() }),
} as unknown as Action

const good = { Name: 'orders', Size: '3', Event: '{"a": 1}' }

test('a form becomes the input of its command, with numbers as numbers', () => {
  expect(readForm(action, good)).toEqual({ input: { Name: 'orders', Size: 3, Event: '{"a": 1}' } })
})

test('each bad field is told with the key of its text', () => {
  expect(readForm(action, { ...good, Name: 'Đơn hàng' })).toEqual({ fields: { Name: { key: 'lab-fields.functionName' } } })
  expect(readForm(action, { ...good, Size: '11' })).toEqual({ fields: { Size: { key: 'field.tooBig', values: { limit: 10 } } } })
  expect(readForm(action, { ...good, Size: 'ba' })).toEqual({ fields: { Size: { key: 'field.number' } } })
  expect(readForm(action, { ...good, Size: '' })).toEqual({ fields: { Size: { key: 'field.number' } } })
})

test('broken JSON is told with the place where reading it stopped', () => {
  expect(jsonError('{\n  "a": 1,\n}')).toEqual({ key: 'field.json', values: { line: 3, column: 1 } })
  expect(jsonError('{"a": 1')).toMatchObject({ key: 'field.json', values: { line: 1 } })
  expect(jsonError('giỏ hàng')).toEqual({ key: 'field.jsonSomewhere' })
  expect(jsonError('')).toEqual({ key: 'field.jsonEmpty' })
  expect(jsonError('[1, 2]')).toBeUndefined()
})

test('what the page cannot carry is told in kB, counted in bytes', () => {
  const event = JSON.stringify('ế'.repeat(fieldLimit / 2))
  expect(readForm(action, { ...good, Event: event })).toEqual({ fields: { Event: { key: 'field.tooLarge', values: { size: 601, limit: 400 } } } })
})

test('an input is shown as it was typed', () => {
  expect(formValues({ Name: 'orders', Size: 3, Missing: undefined })).toEqual({ Name: 'orders', Size: '3', Missing: '' })
})
