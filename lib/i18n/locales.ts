/** The languages of the interface; the first is the default. */
export const locales = ['vi', 'en'] as const

/** A language of the interface. */
export type Locale = (typeof locales)[number]

/** The language when nothing was chosen. */
export const defaultLocale: Locale = 'vi'

/** Remembers the choice in this browser. */
export const localeCookie = 'locale'

/** Whether a string from outside names a language that the interface has. */
export function isLocale(value: unknown): value is Locale {
  return locales.includes(value as Locale)
}
