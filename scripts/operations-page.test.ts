import { readFileSync } from 'node:fs'
import { expect, it } from 'vitest'
import { operationsPage } from './operations-page'

it('docs/sandbox-operations.md is what the services’ tables say (else: npm run docs:operations)', () => {
  expect(readFileSync(new URL('../docs/sandbox-operations.md', import.meta.url), 'utf8')).toBe(operationsPage())
})
