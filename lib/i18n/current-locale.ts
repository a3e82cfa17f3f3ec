import { cookies } from 'next/headers'
import { cache } from 'react'
import { getViewer } from '@/lib/auth'
import { defaultLocale, isLocale, localeCookie, type Locale } from './locales'

/** The reader's language: what was chosen in this browser, else what the signed-in person chose elsewhere, else Vietnamese. */
export const currentLocale = cache(async (): Promise<Locale> => {
  const chosen = (await cookies()).get(localeCookie)?.value
  if (isLocale(chosen)) return chosen
  return (await getViewer())?.locale ?? defaultLocale
})
