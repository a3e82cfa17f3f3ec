import type { z } from 'zod'
import type { AnyCommand, CloudClients, ServiceName } from '@/lib/cloud/clients'

/** A text of the interface. Both languages are always there; Vietnamese is the default. */
export interface Text {
  vi: string
  en: string
}

/** A learner's files of one lab: path to content, as the editor shows them. */
export type LabFiles = Record<string, string>

/** What a lab's checks, solution and clean-up get to work with. */
export interface LabContext {
  /** The learner's 12-digit account. */
  accountId: string
  region: string
  /** SDK clients of the learner's account. */
  clients: CloudClients
  /** Made anew for every run of the checks, so that no answer can be prepared beforehand. */
  nonce: string
  /** Aborted when nobody waits for the answer any more. */
  signal: AbortSignal
  /** Whether the backend can decide this; a check that needs more answers `undecided`. */
  can(capability: Capability): boolean
}

/** What a backend may or may not offer. Labs ask for these and never for the backend's name. */
export type Capability = 'iam.enforced' | 'lambda.logs' | 'lambda.report' | 'lambda.python' | 'audit.trail' | 'keys.rotate' | 'clock.move'

/** The verdict of one check: what was expected, what was found, how it was looked at, what to try next. */
export interface CheckResult {
  /** `error` is Worklab's own fault and never counts against the learner. */
  status: 'green' | 'red' | 'undecided' | 'error'
  expected: Text
  found: Text
  looked: Text
  /** What to try next; only where there is something to do. */
  next?: Text
}

/** One thing that is proved about the account. */
export interface Check {
  id: string
  title: Text
  expected: Text
  looked: Text
  run(context: LabContext): Promise<CheckResult>
}

/** A field of an action's form; the zod schema decides what is valid, this decides how it is asked. */
export interface Field {
  label: Text
  help?: Text
  kind: 'text' | 'number' | 'select' | 'json' | 'multiline'
  options?: readonly string[]
}

/** An SDK command that the learner sends from the page; form, validation and CLI twin come from this declaration. */
export interface Action<Input extends Record<string, unknown> = Record<string, unknown>> {
  id: string
  title: Text
  service: ServiceName
  /** Validates and types the form. Its messages are keys of `messages/<locale>/lab-fields.json`. */
  form: z.ZodType<Input>
  fields: { [K in keyof Input & string]: Field }
  /** Sensible values; what the learner typed before wins. */
  defaults(context: { accountId: string; region: string }): Input
  command(input: Input, context: { files: LabFiles; accountId: string; region: string }): AnyCommand
  /** `invoke` shows the response, log tail and REPORT figures; `role` shows a role; anything else its JSON. */
  shows?: 'invoke' | 'role'
}

/** A question about what was just learned. More than one right option makes it a choice of several. */
export interface Question {
  ask: Text
  options: readonly Text[]
  /** Indexes of exactly the right options, ascending. Never sent to the browser. */
  answers: readonly number[]
  /** Shown once answered right. */
  why: Text
}

/** One step of a lab: read, act, be proved. Its text stands under the heading `## <id>` of lab.vi.md and lab.en.md. */
export interface Step {
  id: string
  /** Where the step stands on the lab's climb. */
  kind: 'know' | 'do' | 'prove' | 'repair'
  title: Text
  actions: readonly Action<any>[]
  checks: readonly Check[]
  /** From a nudge to the answer: exactly three levels. */
  hints: readonly [Text, Text, Text]
  /** Answered on the server. A step is done when its checks are green and its question is answered right. */
  question?: Question
  /** Does what a learner who understood would do. The CI proof runs it. */
  solve(context: LabContext): Promise<void>
}

/** A plausible mistake, the check that must catch it, and what that check must say (English `found` + `next`). */
export interface WrongAttempt {
  name: string
  attempt(context: LabContext): Promise<void>
  /** `step-id/check-id` */
  fails: string
  says: RegExp
}

/** A lab. Ids are stable: progress refers to them. */
export interface Lab {
  id: string
  day: number
  title: Text
  /** One sentence for lists. */
  summary: Text
  /** Keys of the achievements that this lab proves; see `labs/catalogue.ts`. */
  covers: readonly string[]
  needs: readonly ServiceName[]
  minutes: number
  /** What it would cost on real AWS. */
  cost: Text
  /** What it leaves in the account until cleaned up. */
  leaves: Text
  /** Lab ids that are good to have done first; never a lock. */
  after: readonly string[]
  /** Starter files by path. */
  files: LabFiles
  /** Test events ready to choose in the invoke form. */
  events: readonly { name: Text; json: string }[]
  /**
   * Sets the scene, such as a broken resource to repair: makes what is missing and leaves the rest as it is.
   * Run when the learner presses Start, and after `cleanup` by Reset.
   */
  prepare?(context: LabContext): Promise<void>
  steps: readonly Step[]
  wrong: readonly WrongAttempt[]
  /** Deletes all that this lab makes and nothing else; succeeds where nothing is left. */
  cleanup(context: LabContext): Promise<void>
  /** ARNs or `type/name` of what this lab still holds in the account; empty after `cleanup`. */
  inventory(context: LabContext): Promise<string[]>
}

/** A text in both languages. */
export function text(vi: string, en: string): Text {
  return { vi, en }
}

/** Declares a lab. Gives it back unchanged; the types do the work. */
export function defineLab(lab: Lab): Lab {
  return lab
}
