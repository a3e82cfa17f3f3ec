import { Annotation, StateField, Transaction, type ChangeSet, type EditorSelection, type Extension } from '@codemirror/state'
import type { Command, KeyBinding } from '@codemirror/view'

/** One thing to take back: the changes that do it, and where the cursor was. */
interface Step {
  changes: ChangeSet
  selection: EditorSelection
}

interface History {
  done: readonly Step[]
  undone: readonly Step[]
  /** When the last change was typed, to take back a word and not a letter. */
  typedAt: number
}

const MOST = 200
const TOGETHER_MS = 600
const direction = Annotation.define<'undo' | 'redo'>()

const field = StateField.define<History>({
  create: () => ({ done: [], undone: [], typedAt: 0 }),
  update(history, transaction) {
    if (!transaction.docChanged) return history
    const step = { changes: transaction.changes.invert(transaction.startState.doc), selection: transaction.startState.selection }
    const now = transaction.annotation(Transaction.time) ?? 0
    switch (transaction.annotation(direction)) {
      case 'undo':
        return { done: history.done.slice(0, -1), undone: [...history.undone, step], typedAt: 0 }
      case 'redo':
        return { done: [...history.done, step], undone: history.undone.slice(0, -1), typedAt: 0 }
      default: {
        const last = history.done.at(-1)
        const joins = last !== undefined && now - history.typedAt < TOGETHER_MS && transaction.isUserEvent('input.type')
        const done = joins ? [...history.done.slice(0, -1), { ...last, changes: step.changes.compose(last.changes) }] : [...history.done, step].slice(-MOST)
        return { done, undone: [], typedAt: transaction.isUserEvent('input.type') ? now : 0 }
      }
    }
  },
})

function goes(way: 'undo' | 'redo'): Command {
  return ({ state, dispatch }) => {
    const { done, undone } = state.field(field)
    const step = (way === 'undo' ? done : undone).at(-1)
    if (!step) return false
    dispatch(state.update({ changes: step.changes, selection: step.selection, annotations: direction.of(way), scrollIntoView: true, userEvent: way }))
    return true
  }
}

/** Takes the last change back. */
export const undo = goes('undo')

/** Does again what was taken back. */
export const redo = goes('redo')

/** The usual keys for both. */
export const historyKeys: readonly KeyBinding[] = [
  { key: 'Mod-z', run: undo, preventDefault: true },
  { key: 'Mod-Shift-z', run: redo, preventDefault: true },
  { key: 'Mod-y', run: redo, preventDefault: true },
]

/** Remembers the changes of an editor. */
export function history(): Extension {
  return field
}
