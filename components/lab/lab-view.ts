import type { ReactNode } from 'react'
import type { CheckResult, LabFiles, Step, Text } from '@/lib/lab/define-lab'
import type { AwsError } from './explain-error'
import type { FormValues } from './form-input'
import type { Refusal } from './refusal'
import type { RoleView } from './inspect-role'

/** A lab as its page shows it, in one language and without anything that would give an answer away. */
export interface LabView {
  id: string
  day: number
  title: string
  events: { name: string; json: string }[]
  intro: ReactNode
  steps: StepView[]
}

export interface StepView {
  id: string
  kind: Step['kind']
  title: string
  text: ReactNode
  /** The first of the learner's files that the text names. */
  file?: string
  actions: ActionView[]
  checks: { id: string; title: string; expected: string }[]
  question?: { ask: string; options: string[]; several: boolean }
}

export interface ActionView {
  id: string
  title: string
  service: string
  shows?: 'invoke' | 'role'
  fields: FieldView[]
}

export interface FieldView {
  name: string
  label: string
  help?: string
  kind: 'text' | 'number' | 'select' | 'json' | 'multiline'
  options?: string[]
}

/** What the learner left behind, to go on at the same place. */
export interface PlaceView {
  files: LabFiles
  filesVersion: string
  step: string
  /** Typed or last sent, by `actionKey`. */
  forms: Record<string, FormValues>
  /** Last time that each action went through, ISO, by `actionKey`. */
  sent: Record<string, string>
  answers: Record<string, AnswerView>
  hints: Record<string, ReactNode[]>
  checks: Record<string, ChecksView>
  invokes: InvokeView[]
}

/** How a step's question stands. `why` is there once it was answered right. */
export interface AnswerView {
  chosen: number[]
  right: boolean
  why?: string
}

/** What the checks of a step last came to. */
export interface ChecksView {
  outcomes: OutcomeView[]
  /** When they ran, ISO. */
  at: string
  /** Since when the step counts as verified, ISO. */
  verifiedAt?: string
}

export interface OutcomeView extends CheckResult {
  checkId: string
  title: Text
}

/** One invoke, as kept. Times in ms, memory in MB. */
export interface InvokeView {
  id: string
  at: string
  functionName: string
  statusCode: number
  functionError?: string
  text: string
  log: string
  report?: { requestId: string; durationMs: number; billedMs: number; memoryMb: number; usedMb: number; initMs?: number; status?: string }
  version?: string
  /** Calls that IAM denied while the function ran. */
  denied?: AwsError[]
}

/** What came of an action. */
export type ActionResult =
  | Refusal
  | { ok: false; fields: Record<string, FieldError> }
  | { ok: false; error: AwsError }
  | { ok: true; at: string; invoke: InvokeView }
  | { ok: true; at: string; output: string; role?: RoleView }

/** An error of one field: a key of `lab-fields` or of `lab.field`, with what its text needs. */
export interface FieldError {
  key: string
  values?: Record<string, string | number>
}
