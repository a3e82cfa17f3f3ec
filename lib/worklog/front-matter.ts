import { parse } from 'yaml'

/** What a page says about itself above its text. */
export interface FrontMatter {
  title?: string
  /** YYYY-MM-DD. */
  date?: string
  /** From `pre`, such as `1.9.`: worklogs number their weeks there. `weight` says nothing, it is 1 in every week. */
  week?: number
  /** How many lines it takes, fences included. */
  lines: number
  /** Lines that could not be read. */
  unread: number[]
}

/** Splits a line `key: value` as a reader would, for front matter that is not proper YAML. */
function loosely(lines: readonly string[]): { fields: Record<string, string>; unread: number[] } {
  const fields: Record<string, string> = {}
  const unread: number[] = []
  lines.forEach((line, index) => {
    const [, key, value] = /^([\w-]+)\s*:\s*(.*)$/.exec(line) ?? []
    if (key) fields[key] = (value ?? '').replace(/^["']|["']$/g, '').trim()
    else if (line.trim()) unread.push(index + 2)
  })
  return { fields, unread }
}

function fieldsOf(lines: readonly string[]): { fields: Record<string, unknown>; unread: number[] } {
  try {
    const fields: unknown = parse(lines.join('\n'))
    if (fields && typeof fields === 'object') return { fields: fields as Record<string, unknown>, unread: [] }
  } catch {
    // Quotes are missing or do not match: read line by line instead.
  }
  return loosely(lines)
}

/** Reads the front matter of a page given as lines. A page without any has none: all fields absent, 0 lines. */
export function readFrontMatter(lines: readonly string[]): FrontMatter {
  const end = lines[0]?.trim() === '---' ? lines.findIndex((line, index) => index > 0 && line.trim() === '---') : -1
  if (end < 0) return { lines: 0, unread: [] }
  const { fields, unread } = fieldsOf(lines.slice(1, end))

  const date = /^\d{4}-\d{2}-\d{2}/.exec(String(fields.date ?? ''))?.[0]
  if (fields.date != null && (!date || Number.isNaN(Date.parse(date)))) unread.push(lines.findIndex((line) => /^date\s*:/.test(line)) + 1)
  const week = /\b1\.(\d{1,2})\b/.exec(String(fields.pre ?? ''))?.[1]
  return {
    title: typeof fields.title === 'string' ? fields.title : undefined,
    date: date && !Number.isNaN(Date.parse(date)) ? date : undefined,
    week: week ? Number(week) : undefined,
    lines: end + 1,
    unread,
  }
}
