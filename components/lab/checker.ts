import type { ChecksView } from './lab-view'
import type { RefusalReason } from './refusal'

/** How the checks of a lab stand. */
export interface CheckerState {
  /** The last verdicts by step; they stay while new ones are looked for, so that nothing turns red for a moment. */
  byStep: Record<string, ChecksView>
  running?: { stepId: string; since: number }
  refused?: RefusalReason | 'offline'
}

/** What the checks route answers. */
export type ChecksAnswer = ({ ok: true } & ChecksView) | { ok: false; refused: RefusalReason }

/** Runs a step's checks, at most one run at a time: a new one ends the one before, whose answer would be old. */
export class Checker {
  private listeners = new Set<() => void>()
  private stop: AbortController | undefined

  /** @param ask gives the server's answer, or throws where none came */
  constructor(
    private state: CheckerState,
    private readonly ask: (stepId: string, signal: AbortSignal) => Promise<ChecksAnswer>,
  ) {}

  subscribe = (listener: () => void) => {
    this.listeners.add(listener)
    return () => this.listeners.delete(listener)
  }

  getState = () => this.state

  /** Runs the checks of a step. @returns whether they ran to the end and were not overtaken */
  async run(stepId: string): Promise<boolean> {
    this.stop?.abort()
    const stop = (this.stop = new AbortController())
    this.tell({ byStep: this.state.byStep, running: { stepId, since: Date.now() } })
    const answer: ChecksAnswer | { ok: false; refused: 'offline' } = await this.ask(stepId, stop.signal).catch(() => ({ ok: false, refused: 'offline' }))
    if (stop.signal.aborted) return false
    if (answer.ok) {
      const { outcomes, at, verifiedAt } = answer
      this.tell({ byStep: { ...this.state.byStep, [stepId]: { outcomes, at, ...(verifiedAt !== undefined && { verifiedAt }) } } })
    } else {
      this.tell({ byStep: this.state.byStep, refused: answer.refused })
    }
    return answer.ok
  }

  /** Ends what is running. */
  end(): void {
    this.stop?.abort()
  }

  private tell(state: CheckerState): void {
    this.state = state
    for (const listener of this.listeners) listener()
  }
}
