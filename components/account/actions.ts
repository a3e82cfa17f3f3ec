'use server'

import { revalidatePath } from 'next/cache'
import { cookies } from 'next/headers'
import { redirect } from 'next/navigation'
import { z } from 'zod'
import { ActionError, viewerForAction, type ActionErrorCode } from '@/lib/auth'
import { fieldErrors, password, personName, timeZone } from '@/lib/auth/people'
import { hashPassword, verifyPassword } from '@/lib/auth/password'
import { countFailure, forgetFailures, mayTryPassword } from '@/lib/auth/rate-limit'
import { endSession, renewSession } from '@/lib/auth/session'
import { db } from '@/lib/db'
import { localeCookie, locales } from '@/lib/i18n/locales'

/** What a form of the account page shows after it was sent. `invalid` holds keys under `auth.invalid` by field, `error` one under `auth.errors`. */
export interface AccountResult {
  saved?: boolean
  invalid?: Record<string, string>
  error?: ActionErrorCode | 'tooMany'
  /** What was typed and refused, to be shown again; never a password. */
  typed?: Record<string, string>
}

const profile = z.object({ name: personName, locale: z.enum(locales, 'locale'), timeZone })
const passwords = z.object({ current: z.string('password').max(1000, 'passwordWrong'), password })

/** Keeps the viewer's own name, language and time zone. */
export async function saveProfile(_before: AccountResult, form: FormData): Promise<AccountResult> {
  return answered(async () => {
    const viewer = await viewerForAction()
    const typed = Object.fromEntries(Object.keys(profile.shape).map((name) => [name, String(form.get(name) ?? '')]))
    const { data, error } = profile.safeParse(typed)
    if (error) return { invalid: fieldErrors(error), typed }
    await db.user.update({ where: { id: viewer.id }, data })
    ;(await cookies()).set(localeCookie, data.locale, { path: '/', maxAge: 365 * 24 * 60 * 60, sameSite: 'lax', httpOnly: true })
    revalidatePath('/', 'layout')
    return { saved: true }
  })
}

/** Changes the viewer's own password, after the present one was given, and signs out all other browsers. */
export async function changePassword(_before: AccountResult, form: FormData): Promise<AccountResult> {
  return answered(async () => {
    const viewer = await viewerForAction()
    const { data, error } = passwords.safeParse(Object.fromEntries(form))
    if (error) return { invalid: fieldErrors(error) }
    const user = await db.user.findUniqueOrThrow({ where: { id: viewer.id }, select: { email: true, passwordHash: true } })
    const counted = user.email ?? viewer.id
    if (!mayTryPassword(counted)) return { error: 'tooMany' }
    if (!(await verifyPassword(user.passwordHash, data.current))) {
      countFailure(counted)
      return { invalid: { current: 'passwordWrong' } }
    }
    forgetFailures(counted)
    await db.user.update({ where: { id: viewer.id }, data: { passwordHash: await hashPassword(data.password), sessionsFrom: new Date() } })
    await renewSession(viewer.id)
    return { saved: true }
  })
}

/** Signs this browser out. */
export async function signOut(): Promise<void> {
  await endSession()
  redirect('/signin')
}

async function answered(act: () => Promise<AccountResult>): Promise<AccountResult> {
  try {
    return await act()
  } catch (error) {
    if (error instanceof ActionError) return { error: error.code }
    throw error
  }
}
