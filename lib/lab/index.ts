import { openLabs } from '@/labs'
import type { Lab } from './define-lab'

export { labContext } from './context'
export type { Action, Capability, Check, CheckResult, Field, Lab, LabContext, LabFiles, Question, Step, Text } from './define-lab'
export { labText, type LabText } from './files'
export { invokeAndRead, readInvocation, type Invocation } from './invoke'
export { isRight, isStepGreen } from './question'
export { recordAttempt, recordCheckRun } from './record'
export { parseReport, type Report } from './report'
export { runChecks, type CheckOutcome } from './run-checks'

/** The lab of an id, or undefined where there is none or it is not open yet. */
export function getLab(id: string): Lab | undefined {
  return Object.hasOwn(openLabs, id) ? openLabs[id] : undefined
}
