import type { CleanUpEvent, Named } from '@/lib/inventory/clean-up'
import type { RefusalReason } from '@/components/lab/refusal'

/** What a clean-up route sends, line by line. */
export type CleanUpLine = CleanUpEvent | { type: 'stopped'; reason: RefusalReason }

/** How far a clean-up is. */
export interface CleanUpState {
  /** What is to go. More may come up on the way. */
  planned: Named[]
  deleted: number
  /** What is being deleted now. */
  current?: Named
  failed: (Named & { message: string; denied: boolean })[]
  /** Seen by a last look at the account; absent until then. */
  left?: Named[]
  stopped?: RefusalReason | 'offline' | 'aborted'
}

export const begun: CleanUpState = { planned: [], deleted: 0, failed: [] }

/** Takes one more line in. */
export function advance(state: CleanUpState, line: CleanUpLine): CleanUpState {
  const { current: _, ...rest } = state
  const named = (arn: string) => state.planned.find((one) => one.arn === arn) ?? { arn, kind: '', name: arn }
  switch (line.type) {
    case 'plan': {
      const known = new Set(state.planned.map(({ arn }) => arn))
      return { ...rest, planned: [...state.planned, ...line.resources.filter(({ arn }) => !known.has(arn))] }
    }
    case 'deleting':
      return { ...rest, current: named(line.arn), failed: state.failed.filter(({ arn }) => arn !== line.arn) }
    case 'deleted':
      return { ...rest, deleted: state.deleted + 1 }
    case 'failed':
      return { ...rest, failed: [...state.failed, { ...named(line.arn), message: line.message, denied: line.denied }] }
    case 'verified':
      return { ...rest, left: line.left }
    case 'stopped':
      return { ...rest, stopped: line.reason }
  }
}
