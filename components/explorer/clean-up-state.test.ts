import { expect, test } from 'vitest'
import { advance, begun, type CleanUpLine } from './clean-up-state'

const table = { arn: 'arn:table', kind: 'table', name: 'books' }
const role = { arn: 'arn:role', kind: 'role', name: 'shop' }
const after = (...lines: CleanUpLine[]) => lines.reduce(advance, begun)

test('counts what was deleted of what is planned and names what is under way', () => {
  const planned: CleanUpLine[] = [{ type: 'plan', resources: [table, role] }, { type: 'deleting', arn: 'arn:table' }, { type: 'deleted', arn: 'arn:table' }]
  expect(after(...planned)).toEqual({ planned: [table, role], deleted: 1, failed: [] })
  expect(after(...planned, { type: 'deleting', arn: 'arn:role' }).current).toEqual(role)
})

test('keeps why something could not be deleted, until another try succeeds', () => {
  const failed = after({ type: 'plan', resources: [role] }, { type: 'deleting', arn: 'arn:role' }, { type: 'failed', arn: 'arn:role', message: 'DeleteConflict: in use', denied: false })
  expect(failed).toMatchObject({ deleted: 0, failed: [{ name: 'shop', message: 'DeleteConflict: in use' }] })
  const again: CleanUpLine[] = [{ type: 'plan', resources: [role] }, { type: 'deleting', arn: 'arn:role' }, { type: 'deleted', arn: 'arn:role' }, { type: 'verified', left: [] }]
  expect(again.reduce(advance, failed)).toEqual({ planned: [role], deleted: 1, failed: [], left: [] })
})
