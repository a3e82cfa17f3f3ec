import type { Check, LabContext, Text } from './define-lab'

/** Thrown inside a check: the account is not there yet. What was found, and what to try next. */
export class NotYet extends Error {
  override readonly name = 'NotYet'

  constructor(
    readonly found: Text,
    readonly next: Text,
  ) {
    super(found.en)
  }
}

/** Thrown inside a check: this backend, or this moment, cannot decide it. Never counts against the learner. */
export class Undecided extends Error {
  override readonly name = 'Undecided'

  constructor(readonly found: Text) {
    super(found.en)
  }
}

/**
 * Declares a check by its happy path: `prove` gives back what it found, or throws `NotYet` or `Undecided`.
 * Anything else that it throws is Worklab's fault and is told as such by the runner.
 */
export function check(parts: { id: string; title: Text; expected: Text; looked: Text; prove(context: LabContext): Promise<Text> }): Check {
  const { id, title, expected, looked, prove } = parts
  return {
    id,
    title,
    expected,
    looked,
    async run(context) {
      try {
        return { status: 'green', expected, looked, found: await prove(context) }
      } catch (error) {
        if (error instanceof NotYet) return { status: 'red', expected, looked, found: error.found, next: error.next }
        if (error instanceof Undecided) return { status: 'undecided', expected, looked, found: error.found }
        throw error
      }
    },
  }
}
