'use server'

import { revalidatePath } from 'next/cache'
import { cookies } from 'next/headers'
import { getViewer } from '@/lib/auth'
import { db } from '@/lib/db'
import { isLocale, localeCookie } from './locales'

/** Remembers the language chosen by the header's switch, in this browser and, when signed in, for the person. Other values change nothing. */
export async function chooseLocale(form: FormData): Promise<void> {
  const locale = form.get('locale')
  if (!isLocale(locale)) return
  const cookie = await cookies()
  cookie.set(localeCookie, locale, { path: '/', maxAge: 365 * 24 * 60 * 60, sameSite: 'lax', httpOnly: true })
  const viewer = await getViewer()
  if (viewer) await db.user.update({ where: { id: viewer.id }, data: { locale } })
  revalidatePath('/', 'layout')
}
