import type { z } from 'zod'
import type { Action } from '@/lib/lab/define-lab'
import type { FieldError } from './lab-view'

/** A form as the page holds it: what was typed, by field. */
export type FormValues = Record<string, string>

/** An action's name within its lab: the same action may stand in several steps. */
export function actionKey(stepId: string, actionId: string): string {
  return `${stepId}/${actionId}`
}

/** The most that one field may hold, in bytes. A server action carries at most 1 MB, in which quotes count twice. */
export const fieldLimit = 400_000

/** The fields that hold more than the page can send. */
export function tooLargeFields(values: FormValues): Record<string, FieldError> {
  const sizes = Object.entries(values).map(([name, value]) => [name, new TextEncoder().encode(value).length] as const)
  return Object.fromEntries(
    sizes.filter(([, size]) => size > fieldLimit).map(([name, size]) => [name, { key: 'field.tooLarge', values: { size: Math.ceil(size / 1000), limit: fieldLimit / 1000 } }]),
  )
}

/** Turns an action's input into what its form shows. */
export function formValues(input: Record<string, unknown>): FormValues {
  return Object.fromEntries(Object.entries(input).map(([name, value]) => [name, typeof value === 'string' ? value : value == null ? '' : JSON.stringify(value)]))
}

/** Reads a form by its action's schema: the input, or the first error of each field. */
export function readForm(action: Action<any>, values: FormValues): { input: Record<string, unknown> } | { fields: Record<string, FieldError> } {
  const raw: Record<string, unknown> = {}
  const fields = tooLargeFields(values)
  for (const [name, field] of Object.entries(action.fields)) {
    const value = values[name] ?? ''
    if (field.kind === 'json' && !fields[name]) {
      const error = jsonError(value)
      if (error) fields[name] = error
    }
    raw[name] = field.kind === 'number' ? (value.trim() === '' ? undefined : Number(value)) : value
  }
  if (Object.keys(fields).length > 0) return { fields }
  const parsed = action.form.safeParse(raw)
  if (parsed.success) return { input: parsed.data }
  for (const issue of parsed.error.issues) fields[String(issue.path[0] ?? Object.keys(action.fields)[0])] ??= issueError(issue)
  return { fields }
}

/** Why a text is no JSON, with the place where reading it stopped. */
export function jsonError(text: string): FieldError | undefined {
  try {
    JSON.parse(text)
    return undefined
  } catch (error) {
    if (text.trim() === '') return { key: 'field.jsonEmpty' }
    const { message } = error as Error
    const position = /position (\d+)/.exec(message)?.[1] ?? (/end of JSON/.test(message) ? text.length : undefined)
    // Node.js names no position where the text as a whole is short.
    if (position === undefined) return { key: 'field.jsonSomewhere' }
    const before = text.slice(0, Number(position))
    const lines = before.split('\n')
    return { key: 'field.json', values: { line: lines.length, column: lines.at(-1)!.length + 1 } }
  }
}

/** What to tell of an issue of a schema. A schema's own message is a key of `lab-fields`; zod's built-in ones are told by the kind of the issue. */
export function issueError(issue: z.core.$ZodIssue): FieldError {
  if (/^[a-z][A-Za-z0-9.]*$/.test(issue.message)) return { key: `lab-fields.${issue.message}` }
  switch (issue.code) {
    case 'too_small':
      return { key: issue.origin === 'string' ? 'field.tooShort' : 'field.tooSmall', values: { limit: Number(issue.minimum) } }
    case 'too_big':
      return { key: issue.origin === 'string' ? 'field.tooLong' : 'field.tooBig', values: { limit: Number(issue.maximum) } }
    case 'invalid_type':
      return { key: issue.expected === 'number' || issue.expected === 'int' ? 'field.number' : 'field.required' }
    case 'invalid_value':
      return { key: 'field.choice', values: { options: issue.values.map(String).join(', ') } }
    default:
      return { key: 'field.invalid' }
  }
}
