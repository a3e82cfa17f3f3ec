import { z } from 'zod'
import { passwordLength } from './password'

/*
 * What may be said of a person, the same for the sign-up form, the account page and `npm run user`.
 * The messages are keys under `auth.invalid`.
 */

export const email = z.string('email').trim().toLowerCase().max(254, 'email').pipe(z.email('email'))
export const personName = z.string('name').trim().min(1, 'name').max(80, 'nameLength')
export const password = z.string('password').min(passwordLength.min, 'passwordShort').max(passwordLength.max, 'passwordLong')
export const timeZone = z.string('timeZone').refine(isTimeZone, 'timeZone')

/** The first message for each field of what was refused. */
export function fieldErrors(error: z.ZodError): Record<string, string> {
  return Object.fromEntries(error.issues.map((issue) => [String(issue.path[0]), issue.message]).reverse())
}

function isTimeZone(name: string): boolean {
  try {
    return Boolean(new Intl.DateTimeFormat('en', { timeZone: name }))
  } catch {
    return false
  }
}
