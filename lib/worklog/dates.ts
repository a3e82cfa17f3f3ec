/** Two numbers of a date as written, and the year if there was one. */
interface WrittenDate {
  first: number
  second: number
  year?: number
}

/** Reads `11/03`, `3-11-25`, `03.11.2025`. Other text gives undefined. */
function written(cell: string): WrittenDate | undefined {
  const [, first, second, year] = /^\s*(\d{1,2})[/.-](\d{1,2})(?:[/.-](\d{4}|\d{2}))?\s*$/.exec(cell) ?? []
  if (!first || !second) return undefined
  return { first: Number(first), second: Number(second), year: year ? Number(year.length === 2 ? `20${year}` : year) : undefined }
}

/** Milliseconds of a calendar day, or undefined where the calendar has no such day. */
function calendarDay(year: number, month: number, day: number): number | undefined {
  const at = Date.UTC(year, month - 1, day)
  const back = new Date(at)
  return back.getUTCMonth() === month - 1 && back.getUTCDate() === day ? at : undefined
}

type Order = 'day-first' | 'month-first'

/** A date in one order. Without a year it is the one nearest to `near`, so that a week may cross New Year. */
function inOrder(date: WrittenDate, order: Order, near: number | undefined): number | undefined {
  const [day, month] = order === 'day-first' ? [date.first, date.second] : [date.second, date.first]
  if (date.year) return calendarDay(date.year, month, day)
  if (near === undefined) return undefined
  const year = new Date(near).getUTCFullYear()
  return [year - 1, year, year + 1]
    .map((candidate) => calendarDay(candidate, month, day))
    .filter((at) => at !== undefined)
    .sort((a, b) => Math.abs(a - near) - Math.abs(b - near))[0]
}

/** The dates of a table. */
export interface ReadDates {
  /** YYYY-MM-DD for each cell, undefined where the cell is empty or no date. */
  dates: (string | undefined)[]
  /** Both readings are possible, they differ, and neither is closer together or nearer to the page's date. */
  ambiguous: boolean
}

/**
 * Reads the date cells of one week together. Learners write DD/MM or MM/DD without saying which: the right reading
 * is the one whose dates lie closer together, and of two equal ones that nearer to the page's own date.
 *
 * @param cells as written, empty ones included
 * @param pageDate YYYY-MM-DD from the front matter; gives the year where cells have none
 */
export function readDates(cells: readonly string[], pageDate: string | undefined): ReadDates {
  const near = pageDate ? Date.parse(pageDate) : undefined
  const found = cells.map(written)
  const readings = (['day-first', 'month-first'] as const).map((order) => {
    const days = found.map((date) => date && inOrder(date, order, near))
    const known = days.filter((at) => at !== undefined)
    const start = Math.min(...known)
    return {
      days,
      known: known.length,
      span: known.length ? Math.max(...known) - start : 0,
      distance: known.length && near !== undefined ? Math.abs(start - near) : 0,
    }
  })
  const [best, other] = readings.sort((a, b) => b.known - a.known || a.span - b.span || a.distance - b.distance)
  const tie = best!.known === other!.known && best!.span === other!.span && best!.distance === other!.distance
  return {
    dates: best!.days.map((at) => (at === undefined ? undefined : new Date(at).toISOString().slice(0, 10))),
    ambiguous: tie && best!.days.some((at, index) => at !== other!.days[index]),
  }
}

/** The calendar day it is now in a time zone, YYYY-MM-DD. */
export function todayIn(timeZone: string, now: Date = new Date()): string {
  return new Intl.DateTimeFormat('en-CA', { timeZone, year: 'numeric', month: '2-digit', day: '2-digit' }).format(now)
}
