/** Words for the weekdays from Monday, in both languages. */
const weekdays = [/^(hai|mon|t2)/, /^(ba|tue|t3)/, /^(tư|wed|t4)/, /^(năm|thu|t5)/, /^(sáu|fri|t6)/]

/** Monday is 1, Friday 5; undefined for other words, the weekend too. */
function weekday(cell: string): number | undefined {
  const word = cell.toLowerCase().replace(/^thứ\s*/, '')
  if (/^[2-6]$/.test(word)) return Number(word) - 1
  const index = weekdays.findIndex((pattern) => pattern.test(word))
  return index < 0 ? undefined : index + 1
}

/**
 * The course days that the cells of a table's first column mean. Learners write the course day (41), its place in the
 * week (1 to 5) or the weekday (2 or `Thứ 2` is Monday). A column with a bare 1 counts places; else 2 to 6 are weekdays.
 *
 * @param week the course week; without it only course days can be read
 * @returns one entry a cell, undefined where it cannot be read
 */
export function courseDays(cells: readonly string[], week: number | undefined): (number | undefined)[] {
  const first = week === undefined ? undefined : (week - 1) * 5 + 1
  const ordinals = cells.some((cell) => cell.trim() === '1')
  return cells.map((cell) => {
    const text = cell.trim()
    if (/^\d{1,3}$/.test(text)) {
      const number = Number(text)
      if (first === undefined || (number >= first && number < first + 5)) return number
      if (ordinals) return number >= 1 && number <= 5 ? first + number - 1 : undefined
    }
    const place = weekday(text)
    return first !== undefined && place ? first + place - 1 : undefined
  })
}
