import { createHash } from 'node:crypto'
import { z } from 'zod'
import { db } from '@/lib/db'
import type { LabState } from '@/lib/generated/prisma/client'
import type { Lab, LabFiles } from '@/lib/lab/define-lab'
import { isRight } from '@/lib/lab/question'
import type { Locale } from '@/lib/i18n/locales'
import { actionKey, formValues, type FormValues } from './form-input'
import type { AnswerView, ChecksView, InvokeView, OutcomeView, PlaceView } from './lab-view'
import { hintsView } from './show-lab'

/** Invokes that the chart shows. */
export const shownInvokes = 12

const answersSchema = z.record(z.string(), z.array(z.number())).catch({})
const hintsSchema = z.array(z.string()).catch([])

/** What one tells files apart by; a new value means other content. */
export function versionOf(files: LabFiles): string {
  return createHash('sha256').update(JSON.stringify(Object.entries(files).sort())).digest('base64url').slice(0, 22)
}

/** The answers kept, by step. */
export function answersOf(state: LabState): Record<string, number[]> {
  return answersSchema.parse(state.answers)
}

/** How many hints of a step are open. Kept as `step/level`, so that a hint once seen stays seen. */
export function openHints(state: LabState, stepId: string): number {
  return hintsSchema.parse(state.openHints).filter((hint) => hint.startsWith(`${stepId}/`)).length
}

/** The state's list with one more hint of a step in it. */
export function withHint(state: LabState, stepId: string): string[] {
  return [...hintsSchema.parse(state.openHints), `${stepId}/${openHints(state, stepId) + 1}`]
}

/** How the answer to a step's question stands; `why` only where it is right. */
export function answerView(lab: Lab, stepId: string, chosen: number[], locale: Locale): AnswerView {
  const question = lab.steps.find(({ id }) => id === stepId)?.question
  const right = question !== undefined && isRight(question, chosen)
  return { chosen, right, ...(right && { why: question.why[locale] }) }
}

/** Since when a step counts as verified: its first green run. What is cleaned up later stays proved. */
export async function verifiedAt(userId: string, labId: string, stepId: string): Promise<string | undefined> {
  const first = await db.checkRun.findFirst({ where: { userId, labId, stepId, green: true }, orderBy: { at: 'asc' }, select: { at: true } })
  return first?.at.toISOString()
}

/** Reads all that a learner left in a lab. */
export async function placeOf(lab: Lab, state: LabState, context: { accountId: string; region: string }, locale: Locale): Promise<PlaceView> {
  const { userId, labId } = state
  const [attempts, checks] = await Promise.all([
    db.attempt.findMany({ where: { userId, labId }, orderBy: { at: 'desc' }, take: 100 }),
    Promise.all(lab.steps.map(async ({ id }) => [id, await checksOf(userId, labId, id)] as const)),
  ])
  const forms: Record<string, FormValues> = {}
  const sent: Record<string, string> = {}
  for (const step of lab.steps) {
    for (const action of step.actions) {
      const key = actionKey(step.id, action.id)
      const own = attempts.filter(({ stepId, actionId }) => actionKey(stepId, actionId) === key)
      forms[key] = { ...formValues(action.defaults(context)), ...formValues((own[0]?.input ?? {}) as Record<string, unknown>) }
      const through = own.find(({ ok }) => ok)
      if (through) sent[key] = through.at.toISOString()
    }
  }
  const files = state.files as LabFiles
  return {
    files,
    filesVersion: versionOf(files),
    step: lab.steps.some(({ id }) => id === state.step) ? state.step! : lab.steps[0]!.id,
    forms: withDrafts(forms, state.forms),
    sent,
    answers: Object.fromEntries(Object.entries(answersOf(state)).map(([stepId, chosen]) => [stepId, answerView(lab, stepId, chosen, locale)])),
    hints: Object.fromEntries(lab.steps.map((step) => [step.id, hintsView(step, openHints(state, step.id), locale)])),
    checks: Object.fromEntries(checks.filter((entry): entry is [string, ChecksView] => entry[1] !== undefined)),
    invokes: attempts
      .map(({ output }) => (output as { invoke?: InvokeView }).invoke)
      .filter((invoke) => invoke !== undefined)
      .slice(0, shownInvokes),
  }
}

async function checksOf(userId: string, labId: string, stepId: string): Promise<ChecksView | undefined> {
  const [last, since] = await Promise.all([
    db.checkRun.findFirst({ where: { userId, labId, stepId }, orderBy: { at: 'desc' } }),
    verifiedAt(userId, labId, stepId),
  ])
  return last ? { outcomes: last.results as unknown as OutcomeView[], at: last.at.toISOString(), ...(since !== undefined && { verifiedAt: since }) } : undefined
}

const draftsSchema = z.record(z.string(), z.record(z.string(), z.string()))

/** What was typed and not sent yet wins over what was sent. */
function withDrafts(forms: Record<string, FormValues>, drafts: unknown): Record<string, FormValues> {
  const typed = draftsSchema.safeParse(drafts)
  if (!typed.success) return forms
  return Object.fromEntries(Object.entries(forms).map(([id, values]) => [id, { ...values, ...typed.data[id] }]))
}
