import type { Question, Step } from './define-lab'
import type { CheckOutcome } from './run-checks'

/** Whether exactly the right options were chosen, in any order. */
export function isRight(question: Question, chosen: readonly number[]): boolean {
  const given = [...new Set(chosen)].sort((a, b) => a - b)
  return given.length === question.answers.length && given.every((option, index) => option === question.answers[index])
}

/** Whether a step is done: all its checks are green, and its question, if it has one, is answered right. */
export function isStepGreen(step: Step, outcomes: readonly CheckOutcome[], chosen: readonly number[] | undefined): boolean {
  const proved = step.checks.every(({ id }) => outcomes.some((outcome) => outcome.checkId === id && outcome.status === 'green'))
  return proved && (!step.question || (chosen !== undefined && isRight(step.question, chosen)))
}
