import type { Locale } from './locales'

const shapes: Record<Locale, { day: Intl.DateTimeFormatOptions; moment: Intl.DateTimeFormatOptions }> = {
  // `3 thg 11` is what ICU writes with a short month; people write 03/11.
  vi: {
    day: { weekday: 'short', day: '2-digit', month: '2-digit' },
    moment: { day: '2-digit', month: '2-digit', year: 'numeric', hour: '2-digit', minute: '2-digit' },
  },
  en: {
    day: { weekday: 'short', day: 'numeric', month: 'short' },
    moment: { day: 'numeric', month: 'short', year: 'numeric', hour: '2-digit', minute: '2-digit', hourCycle: 'h23' },
  },
}

/** Making a formatter takes longer than a hundred uses of it, and a list of learners needs one for each row. */
const formats = new Map<string, Intl.DateTimeFormat>()

function format(at: Date, locale: Locale, options: Intl.DateTimeFormatOptions): string {
  const key = locale + JSON.stringify(options)
  const known = formats.get(key) ?? new Intl.DateTimeFormat(locale, options)
  formats.set(key, known)
  return known.format(at)
}

/** A calendar day of the worklog (YYYY-MM-DD) with its weekday: `Thứ 2, 03/11`, `Mon, Nov 3`. */
export function calendarDay(iso: string, locale: Locale): string {
  return format(new Date(iso), locale, { ...shapes[locale].day, timeZone: 'UTC' })
}

/** A calendar day of the worklog with its year: `03/11/2025`, `Nov 3, 2025`. */
export function calendarDate(iso: string, locale: Locale): string {
  return dayOf(new Date(iso), locale, 'UTC')
}

/** The day of a moment in the reader's time zone: `03/11/2025`, `Nov 3, 2025`. */
export function dayOf(at: Date, locale: Locale, timeZone: string): string {
  const { day, month, year } = shapes[locale].moment
  return format(at, locale, { day, month, year, timeZone })
}

/** A moment to the minute in the reader's time zone. */
export function momentOf(at: Date, locale: Locale, timeZone: string): string {
  return format(at, locale, { ...shapes[locale].moment, timeZone })
}
