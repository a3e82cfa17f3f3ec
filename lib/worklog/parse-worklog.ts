import type { List, ListItem, RootContent } from 'mdast'
import { toString } from 'mdast-util-to-string'
import remarkGfm from 'remark-gfm'
import remarkParse from 'remark-parse'
import { unified } from 'unified'
import { readFrontMatter } from './front-matter'
import { toInline, type Inline } from './inline'
import { readTaskTable, type Task } from './task-table'

/** A line of a list with the lines below it. `key` tells its place, such as `a1` and `a1.2`: labs name what they cover by it. */
export interface Item {
  key: string
  text: Inline[]
  items: Item[]
}

/** A list under its heading. */
export interface Section {
  heading: string
  items: Item[]
}

/** Something on the page that could not be read: the line counts from 1. */
export interface Problem {
  line: number
  kind: 'front-matter' | 'table' | 'cell-count' | 'day' | 'date' | 'ambiguous-dates'
}

/** A week's worklog as data. */
export interface Worklog {
  title: string
  week?: number
  /** YYYY-MM-DD of the front matter. */
  date?: string
  goals: Section
  tasks: { heading: string; rows: Task[] }
  achievements: Section
  problems: Problem[]
}

const markdown = unified().use(remarkParse).use(remarkGfm)

const goalWords = /mục tiêu|goal|objective/i
const achievementWords = /thành tựu|kết quả|đạt được|achiev|outcome|result/i

function itemOf(node: ListItem, key: string): Item {
  const text = node.children.flatMap((child) => (child.type === 'paragraph' ? toInline(child.children) : []))
  const below = node.children.flatMap((child) => (child.type === 'list' ? child.children : []))
  return { key, text, items: below.map((item, index) => itemOf(item, `${key}.${index + 1}`)) }
}

function addTo(section: Section, prefix: string, heading: string, list: List): void {
  section.heading ||= heading
  for (const item of list.children) section.items.push(itemOf(item, `${prefix}${section.items.length + 1}`))
}

/**
 * Reads a worklog page of a learner's Hugo site. Nothing makes it fail: what cannot be read is listed in `problems`.
 * Lists belong to the goals or the achievements by their heading, else by standing before or after the task table.
 *
 * @param source the file's text; BOM and any line ends are fine
 * @param week the week that the file's folder names; else the front matter's `pre` tells it
 */
export function parseWorklog(source: string, week?: number): Worklog {
  const lines = source.replace(/^\uFEFF/, '').split(/\r\n|\n|\r/)
  const front = readFrontMatter(lines)
  // Blank lines in place of the front matter keep the line numbers those of the file.
  const body = [...lines.slice(0, front.lines).map(() => ''), ...lines.slice(front.lines)].join('\n')

  const worklog: Worklog = {
    title: front.title ?? '',
    week: week ?? front.week,
    date: front.date,
    goals: { heading: '', items: [] },
    tasks: { heading: '', rows: [] },
    achievements: { heading: '', items: [] },
    problems: front.unread.map((line) => ({ line, kind: 'front-matter' })),
  }
  let heading = ''
  let tableSeen = false
  const read = (node: RootContent) => {
    if (node.type === 'heading') heading = toString(node).replace(/\s*:\s*$/, '')
    if (node.type === 'table') {
      tableSeen = true
      const table = readTaskTable(node, worklog.week, worklog.date)
      if (table) {
        worklog.tasks.heading ||= heading
        worklog.tasks.rows.push(...table.tasks)
      }
      worklog.problems.push(...(table?.problems ?? [{ line: node.position?.start.line ?? 0, kind: 'table' } as const]))
    }
    if (node.type === 'list') {
      const achieved = achievementWords.test(heading) || (tableSeen && !goalWords.test(heading))
      addTo(achieved ? worklog.achievements : worklog.goals, achieved ? 'a' : 'g', heading, node)
    }
  }
  markdown.parse(body).children.forEach(read)
  return worklog
}
