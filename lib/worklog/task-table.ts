import type { Table } from 'mdast'
import { toString } from 'mdast-util-to-string'
import { courseDays } from './course-day'
import { readDates } from './dates'
import { toInline, type Inline } from './inline'
import type { Problem } from './parse-worklog'

/** One line of the worklog's table. */
export interface Task {
  /** The course day: (week - 1) x 5 + n. */
  day: number
  task: Inline[]
  /** YYYY-MM-DD. */
  date?: string
  /** YYYY-MM-DD. */
  completed?: string
  reference: Inline[]
}

type Column = 'day' | 'task' | 'date' | 'completed' | 'reference'

/** What a header can mean, tried in this order. `Ngày`, `Date` and their like are told by the cells below. */
const headers: readonly [Column, RegExp][] = [
  ['reference', /tham khảo|nguồn|tài liệu|reference|material|source/],
  ['completed', /hoàn thành|kết thúc|complet|finish|end/],
  ['task', /công việc|nội dung|nhiệm vụ|task|activit|work/],
  ['date', /bắt đầu|start/],
]

const looksLikeDate = /^\d{1,2}[/.-]\d{1,2}([/.-]\d{2,4})?$/

/** Tells what each column holds, by its header and, for the words that head two columns, by its cells. */
function columnsOf(header: readonly string[], rows: readonly string[][]): (Column | undefined)[] {
  const taken = new Set<Column>()
  return header.map((word, index) => {
    const cells = rows.map((row) => row[index]?.trim() ?? '').filter(Boolean)
    const dates = cells.filter((cell) => looksLikeDate.test(cell)).length
    const named = headers.find(([, pattern]) => pattern.test(word.toLowerCase()))?.[0]
    const column = named ?? (/ngày|day|date|thứ|stt|no\b/i.test(word) ? (dates * 2 > cells.length ? 'date' : 'day') : undefined)
    if (!column || taken.has(column)) return undefined
    taken.add(column)
    return column
  })
}

/**
 * Reads a task table.
 *
 * @param week the course week, to understand weekdays and ordinals
 * @param pageDate YYYY-MM-DD, gives the year to dates without one
 * @returns its tasks in order, and every row that could not be read; undefined when the table has no days or no tasks
 */
export function readTaskTable(
  table: Table,
  week: number | undefined,
  pageDate: string | undefined,
): { tasks: Task[]; problems: Problem[] } | undefined {
  const [head, ...rows] = table.children
  const words = rows.map((row) => row.children.map((cell) => toString(cell)))
  const columns = columnsOf(head?.children.map((cell) => toString(cell)) ?? [], words)
  if (!columns.includes('day') || !columns.includes('task')) return undefined

  const column = (name: Column) => words.map((row) => row[columns.indexOf(name)]?.trim() ?? '')
  const inline = (row: number, name: Column) => toInline(rows[row]?.children[columns.indexOf(name)]?.children ?? [])
  const days = courseDays(column('day'), week)
  const written = [...column('date'), ...column('completed')]
  const { dates, ambiguous } = readDates(written, pageDate)

  const problems: Problem[] = []
  const line = (row: number) => rows[row]?.position?.start.line ?? 0
  if (ambiguous) problems.push({ line: table.position?.start.line ?? 0, kind: 'ambiguous-dates' })
  const tasks = rows.flatMap((row, index): Task[] => {
    if (row.children.length !== head!.children.length) problems.push({ line: line(index), kind: 'cell-count' })
    for (const at of [index, index + rows.length]) if (written[at] && !dates[at]) problems.push({ line: line(index), kind: 'date' })
    const day = days[index]
    if (day === undefined) {
      problems.push({ line: line(index), kind: 'day' })
      return []
    }
    return [
      {
        day,
        task: inline(index, 'task'),
        date: dates[index],
        completed: dates[index + rows.length],
        reference: inline(index, 'reference'),
      },
    ]
  })
  return { tasks, problems }
}
