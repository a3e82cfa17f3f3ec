import { EditorState, type TransactionSpec } from '@codemirror/state'
import { expect, test } from 'vitest'
import { history, redo, undo } from './editor-history'

/** An editor without a screen. */
function editor(doc = '') {
  let state = EditorState.create({ doc, extensions: history() })
  const view = {
    get state() {
      return state
    },
    dispatch: (transaction: any) => void (state = transaction.state),
  }
  return {
    change: (spec: TransactionSpec) => view.dispatch(state.update(spec)),
    undo: () => undo(view as any),
    redo: () => redo(view as any),
    text: () => state.doc.toString(),
  }
}

const type = (from: number, insert: string): TransactionSpec => ({ changes: { from, insert }, userEvent: 'input.type' })

test('a word typed in one go is taken back as one, and typed again', () => {
  const one = editor('a ')
  one.change(type(2, 'b'))
  one.change(type(3, 'c'))
  expect(one.text()).toBe('a bc')
  expect(one.undo()).toBe(true)
  expect(one.text()).toBe('a ')
  expect(one.redo()).toBe(true)
  expect(one.text()).toBe('a bc')
})

test('other changes are taken back one by one, the last one first', () => {
  const one = editor('1')
  one.change({ changes: { from: 1, insert: '2' } })
  one.change({ changes: { from: 0, to: 1 } })
  expect(one.text()).toBe('2')
  one.undo()
  expect(one.text()).toBe('12')
  one.undo()
  expect(one.text()).toBe('1')
  expect(one.undo()).toBe(false)
})

test('what was taken back is gone once something else is typed', () => {
  const one = editor('1')
  one.change({ changes: { from: 1, insert: '2' } })
  one.undo()
  one.change({ changes: { from: 1, insert: '3' } })
  expect(one.redo()).toBe(false)
  expect(one.text()).toBe('13')
})
