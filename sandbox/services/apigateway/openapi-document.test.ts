import { expect, it } from 'vitest'
import { readDocument } from './openapi-document'

const deep: [string, string][] = [
  ['brackets', '['.repeat(50_000)],
  ['braces', '{"a":'.repeat(20_000)],
  ['dashes', '- '.repeat(5_000) + 'x'],
  ['indentation', Array.from({ length: 2_000 }, (_, i) => `${' '.repeat(i)}a:`).join('\n')],
]

it.each(deep)('refuses %s nested beyond what any API needs, with a word', (_, text) => {
  expect(() => readDocument(Buffer.from(text))).toThrow(/nested more than 100 levels/)
})

it('reads an ordinary document in JSON and in YAML', () => {
  expect(readDocument(Buffer.from('{"openapi":"3.0.1","info":{"title":"Books"},"paths":{}}')).info.title).toBe('Books')
  expect(readDocument(Buffer.from('openapi: 3.0.1\ninfo:\n  title: Books\ntags:\n  - name: a\n  - name: b\n')).info.title).toBe('Books')
})
