import { Cron } from 'croner'

/** When something recurs, or happens once. */
export type Schedule =
  | { kind: 'rate'; everyMs: number }
  /** The clock on the wall, written as if it were UTC. */
  | { kind: 'at'; wallTime: number }
  | { kind: 'cron'; cron: Cron }

const UNITS: Record<string, number> = { minute: 60_000, hour: 3_600_000, day: 86_400_000 }
const MONTHS = ['JAN', 'FEB', 'MAR', 'APR', 'MAY', 'JUN', 'JUL', 'AUG', 'SEP', 'OCT', 'NOV', 'DEC']
const DAYS = ['SUN', 'MON', 'TUE', 'WED', 'THU', 'FRI', 'SAT']

interface Field {
  name: string
  least: number
  most: number
  /** Names of the values, from `least` on. */
  names?: string[]
  /** What the field takes beside values, ranges, lists, steps and `*`. */
  special?: RegExp
}

/** EventBridge user guide, "Setting a schedule pattern for scheduled rules": fields, their values and wildcards. */
const FIELDS: Field[] = [
  { name: 'Minutes', least: 0, most: 59 },
  { name: 'Hours', least: 0, most: 23 },
  { name: 'Day-of-month', least: 1, most: 31, special: /^(\?|L|LW|([1-9]|[12]\d|3[01])W)$/ },
  { name: 'Month', least: 1, most: 12, names: MONTHS },
  { name: 'Day-of-week', least: 1, most: 7, names: DAYS, special: /^(\?|L|([1-7]|SUN|MON|TUE|WED|THU|FRI|SAT)(L|#[1-5]))$/ },
  { name: 'Year', least: 1970, most: 2199 },
]
const [DAY_OF_MONTH, DAY_OF_WEEK] = [2, 4]

/**
 * Reads `rate(5 minutes)`, `cron(0 9 ? * MON-FRI *)` or, where the service has it, `at(2026-11-24T09:00:00)`.
 * @throws Error that says what is wrong
 */
export function parseSchedule(text: string, options: { at: boolean }): Schedule {
  const [, kind, inner] = /^(rate|cron|at)\((.*)\)$/.exec(text) ?? []
  if (kind === 'rate') return { kind, everyMs: parseRate(inner!) }
  if (kind === 'cron') return { kind, cron: parseCron(inner!) }
  if (kind === 'at' && options.at) return { kind, wallTime: parseAt(inner!) }
  throw new Error(`it must be rate(…)${options.at ? ', cron(…) or at(…)' : ' or cron(…)'}`)
}

function parseRate(text: string): number {
  const [, value, unit, plural] = /^([1-9]\d*) (minute|hour|day)(s?)$/.exec(text) ?? []
  if (value === undefined) throw new Error('a rate is a positive whole number and one of minute, minutes, hour, hours, day, days')
  // "Rate expressions": one of a unit is written in the singular, more in the plural.
  if ((value === '1') === (plural === 's')) throw new Error(`${value} goes with ${value === '1' ? unit : `${unit}s`}`)
  return Number(value) * UNITS[unit!]!
}

function parseAt(text: string): number {
  const wallTime = /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}$/.test(text) ? Date.parse(`${text}Z`) : Number.NaN
  // A date such as February 30 would be moved into March.
  if (Number.isNaN(wallTime) || new Date(wallTime).toISOString().slice(0, 19) !== text) throw new Error('at takes yyyy-mm-ddThh:mm:ss')
  return wallTime
}

function parseCron(text: string): Cron {
  const parts = text.trim().toUpperCase().split(/\s+/)
  if (parts.length !== FIELDS.length) throw new Error(`a cron expression has six fields, not ${parts.length}`)
  if ((parts[DAY_OF_MONTH] === '?') === (parts[DAY_OF_WEEK] === '?')) throw new Error('exactly one of Day-of-month and Day-of-week is ?')
  const fields = parts.map((part, i) => translate(FIELDS[i]!, part))
  return new Cron(['0', ...fields].join(' '), { timezone: 'UTC', paused: true })
}

/** A field in croner's writing: steps on ranges only, Sunday is 0, no range over the end. */
function translate(field: Field, text: string): string {
  if (text === '*') return '*'
  const isWeekday = field.name === 'Day-of-week'
  if (field.special?.test(text)) {
    if (text === '?') return '*'
    // The last day of the week is Saturday.
    if (isWeekday && text === 'L') return '6'
    const [, day, rest] = isWeekday ? /^([1-7]|[A-Z]{3})(L|#\d)$/.exec(text)! : []
    return isWeekday ? `${valueOf(field, day!) - 1}${rest === 'L' ? '#L' : rest}` : text
  }
  return text.split(',').map((item) => translateItem(field, item, isWeekday ? 1 : 0)).join(',')
}

function translateItem(field: Field, item: string, shift: number): string {
  const [range = '', step, ...more] = item.split('/')
  if (more.length > 0 || (step !== undefined && !/^[1-9]\d*$/.test(step))) throw new Error(`${field.name} cannot be ${item}`)
  const [from, to] = range === '*' ? [field.least, field.most] : range.split('-').map((value) => valueOf(field, value))
  const last = to ?? (step === undefined ? from : field.most)
  if (from === undefined || last === undefined || range.split('-').length > 2) throw new Error(`${field.name} cannot be ${item}`)
  const shown = (value: number) => String(value - shift)
  if (from > last) {
    // Over the end and on from the beginning: croner takes such a range as the list of its values only.
    const values: string[] = []
    const size = field.most - field.least + 1
    for (let value = from; value <= last + size; value += Number(step ?? 1)) values.push(shown(((value - field.least) % size) + field.least))
    return values.join(',')
  }
  // croner refuses a step that is wider than its range, where the first value stands alone.
  if (from === last || Number(step ?? 0) > last - from) return shown(from)
  return `${shown(from)}-${shown(last)}${step === undefined ? '' : `/${step}`}`
}

function valueOf({ name, least, most, names }: Field, text: string): number {
  const named = names?.indexOf(text) ?? -1
  const value = named >= 0 ? named + least : /^\d+$/.test(text) ? Number(text) : Number.NaN
  if (!(value >= least && value <= most)) throw new Error(`${name} takes ${least} to ${most}${names ? ` or ${names[0]} to ${names.at(-1)}` : ''}, not ${text}`)
  return value
}

/**
 * The first time after `after`, in epoch ms; undefined where there is none.
 * A time that a clock skips is left out; one that it shows twice counts once, the first time
 * (EventBridge Scheduler user guide, "Daylight savings time").
 * @param options.since where a rate begins to count, epoch ms
 * @param options.timeZone IANA name; UTC where not given
 */
export function nextRun(schedule: Schedule, after: number, options: { since: number; timeZone?: string }): number | undefined {
  const zone = options.timeZone ?? 'UTC'
  if (schedule.kind === 'rate') {
    const periods = Math.max(0, Math.floor((after - options.since) / schedule.everyMs) + 1)
    return options.since + periods * schedule.everyMs
  }
  if (schedule.kind === 'at') {
    const at = instantOf(schedule.wallTime, zone)
    return at !== undefined && at > after ? at : undefined
  }
  // A time that comes later is shown later on the wall too, or was shown before: an hour that comes twice is passed over below.
  let wall: Date | null = new Date(after + offsetAt(after, zone))
  for (;;) {
    wall = schedule.cron.nextRun(wall)
    if (!wall) return undefined
    const at = instantOf(wall.getTime(), zone)
    if (at !== undefined && at > after) return at
  }
}

/** When a clock of the zone shows this, the first time where it does twice, undefined where it never does. */
function instantOf(wallTime: number, zone: string): number | undefined {
  const offsets = [offsetAt(wallTime - UNITS.day!, zone), offsetAt(wallTime + UNITS.day!, zone)]
  const instants = offsets.map((offset) => wallTime - offset).filter((at, i) => offsetAt(at, zone) === offsets[i])
  return instants.length === 0 ? undefined : Math.min(...instants)
}

const formats = new Map<string, Intl.DateTimeFormat>()

/** How far the zone's clock is ahead of UTC at a time, in ms. */
function offsetAt(time: number, zone: string): number {
  if (zone === 'UTC') return 0
  let format = formats.get(zone)
  if (!format) {
    const numeric = 'numeric' as const
    format = new Intl.DateTimeFormat('en-US', { timeZone: zone, hourCycle: 'h23', year: numeric, month: numeric, day: numeric, hour: numeric, minute: numeric, second: numeric })
    formats.set(zone, format)
  }
  const part = Object.fromEntries(format.formatToParts(time).map(({ type, value }) => [type, Number(value)])) as Record<string, number>
  return Date.UTC(part.year!, part.month! - 1, part.day, part.hour, part.minute, part.second) - Math.floor(time / 1000) * 1000
}

/** Whether this is a time zone's IANA name that can be reckoned with. */
export function isTimeZone(name: string): boolean {
  try {
    offsetAt(0, name)
    return true
  } catch {
    return false
  }
}
