import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import type { Locale } from '@/lib/i18n/locales'
import { parseWorklog, type Worklog } from './parse-worklog'

const folder = join(process.cwd(), 'content', '1-Worklog')

/** The weeks that have content, in order. */
export const weeks: readonly number[] = readdirSync(folder)
  .flatMap((name) => /^1\.(\d+)-Week\1$/.exec(name)?.[1] ?? [])
  .map(Number)
  .sort((a, b) => a - b)

/** The week that `/` leads to and the header names. */
export const currentWeek = weeks.at(-1)!

const kept = new Map<string, Worklog>()

/** The worklog of a week in a language, or undefined when that week has no content. */
export function worklogOf(week: number, locale: Locale): Worklog | undefined {
  if (!weeks.includes(week)) return undefined
  const file = join(folder, `1.${week}-Week${week}`, locale === 'vi' ? '_index.vi.md' : '_index.md')
  if (!existsSync(file)) return undefined
  const known = process.env.NODE_ENV === 'production' ? kept.get(file) : undefined
  const worklog = known ?? parseWorklog(readFileSync(file, 'utf8'), week)
  kept.set(file, worklog)
  return worklog
}

/** The course days of a week's table, of the current week unless told otherwise. */
export function weekDays(week: number = currentWeek): number[] {
  return worklogOf(week, 'vi')?.tasks.rows.map((task) => task.day) ?? []
}
