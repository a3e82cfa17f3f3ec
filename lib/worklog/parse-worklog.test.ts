import { readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { plainText } from './inline'
import { parseWorklog, type Item } from './parse-worklog'

const folder = new URL('../../content/1-Worklog/1.9-Week9/', import.meta.url)
const vi = parseWorklog(readFileSync(new URL('_index.vi.md', folder), 'utf8'))
const en = parseWorklog(readFileSync(new URL('_index.md', folder), 'utf8'))

/** The keys of a list with everything below, in order. */
const keys = (items: readonly Item[]): string[] => items.flatMap((item) => [item.key, ...keys(item.items)])

describe('the worklog of week 9', () => {
  it('gives the five days with task, dates and reference', () => {
    expect(vi.title).toBe('Worklog Tuần 9')
    expect(vi.week).toBe(9)
    expect(vi.tasks.rows.map((row) => [row.day, plainText(row.task), row.date, row.completed, plainText(row.reference)])).toEqual([
      [41, 'Học AWS Lambda', '2025-11-03', '2025-11-03', 'https://cloudjourney.awsstudygroup.com/'],
      [42, 'Xây dựng & test Lambda Functions', '2025-11-04', '2025-11-04', 'https://cloudjourney.awsstudygroup.com/'],
      [43, 'Tạo REST API bằng API Gateway', '2025-11-05', '2025-11-05', 'https://cloudjourney.awsstudygroup.com/'],
      [44, 'Tích hợp Lambda với DB & S3', '2025-11-06', '2025-11-06', 'https://cloudjourney.awsstudygroup.com/'],
      [45, 'IAM Roles cho hệ serverless', '2025-11-07', '2025-11-07', 'https://cloudjourney.awsstudygroup.com/'],
    ])
  })

  it('gives goals and achievements under their headings, each with a key by its place', () => {
    expect(vi.goals.heading).toBe('Mục tiêu Tuần 9')
    expect(vi.goals.items.map((item) => item.key)).toEqual(['g1', 'g2', 'g3', 'g4', 'g5'])
    expect(vi.achievements.heading).toBe('Thành tựu Tuần 9')
    const coldStart = vi.achievements.items[0]!.items[1]!
    expect([coldStart.key, plainText(coldStart.text)]).toEqual(['a1.2', 'Cold start vs warm start'])
    const last = vi.achievements.items.at(-1)!
    expect([last.key, last.items, plainText(last.text)]).toEqual(['a8', [], 'Đạt hiểu biết mức production về kiến trúc serverless.'])
  })

  it('keeps bold and code of an achievement', () => {
    expect(vi.achievements.items[0]!.text[0]).toEqual({ kind: 'strong', children: [{ kind: 'text', text: 'Nắm vững nền tảng AWS Lambda' }] })
    expect(vi.achievements.items[6]!.items[0]!.text).toEqual([{ kind: 'code', text: 'aws lambda create-function' }])
  })

  it('has the same structure in English', () => {
    expect(en.week).toBe(vi.week)
    expect(en.date).toBe(vi.date)
    expect(keys(en.goals.items)).toEqual(keys(vi.goals.items))
    expect(keys(en.achievements.items)).toEqual(keys(vi.achievements.items))
    const bare = (worklog: typeof vi) => worklog.tasks.rows.map(({ day, date, completed, reference }) => ({ day, date, completed, reference }))
    expect(bare(en)).toEqual(bare(vi))
    expect(en.title).not.toBe(vi.title)
  })

  it('is read without anything left over, in both languages', () => {
    expect([...vi.problems, ...en.problems]).toEqual([])
  })
})

describe('pages as learners write them', () => {
  it('reads a page with BOM and CRLF, with day and weekday words, start and completion dates', () => {
    const page = [
      '\uFEFF---',
      'title: "Week 3',
      'date: `r Sys.Date()`',
      'pre: " <b> 1.3. </b> "',
      '---',
      '## Objectives',
      '* Learn VPC',
      '',
      '| Day | Task | Start Date | Completion Date | Reference Material |',
      '| --- | --- | --- | --- | --- |',
      '| Thứ 2 | - VPC <br> - **Subnets** | 25/08/2025 | 26/08/2025 | <link> |',
      '| Tue | NAT | 26/08/25 | | [guide](https://docs.aws.amazon.com/vpc/) |',
      '## Results',
      '* VPC done',
    ].join('\r\n')
    const worklog = parseWorklog(page)
    expect(worklog.week).toBe(3)
    expect(worklog.title).toBe('Week 3')
    expect(worklog.tasks.rows.map((row) => [row.day, row.date, row.completed])).toEqual([
      [11, '2025-08-25', '2025-08-26'],
      [12, '2025-08-26', undefined],
    ])
    expect(worklog.tasks.rows[0]!.task).toContainEqual({ kind: 'break' })
    expect(plainText(worklog.tasks.rows[0]!.reference)).toBe('<link>')
    expect(worklog.tasks.rows[1]!.reference).toEqual([
      { kind: 'link', href: 'https://docs.aws.amazon.com/vpc/', children: [{ kind: 'text', text: 'guide' }] },
    ])
    expect(plainText(worklog.goals.items[0]!.text)).toBe('Learn VPC')
    expect(plainText(worklog.achievements.items[0]!.text)).toBe('VPC done')
    expect(worklog.problems).toEqual([{ line: 3, kind: 'front-matter' }])
  })

  it('names the line of every row it cannot read and reads the others', () => {
    const worklog = parseWorklog(
      ['---', 'date: 2025-11-03', '---', '', '| Ngày | Công việc | Ngày |', '| - | - | - |', '| 41 | Một | 11/03 |', '| 41-42 | Hai | 11/04 |', '| 43 | Ba | mai |', '| 44 | Bốn |'].join('\n'),
      9,
    )
    expect(worklog.tasks.rows.map((row) => row.day)).toEqual([41, 43, 44])
    expect(worklog.problems).toEqual([
      { line: 8, kind: 'day' },
      { line: 9, kind: 'date' },
      { line: 10, kind: 'cell-count' },
    ])
  })

  it('says so when a table is not a task table', () => {
    const worklog = parseWorklog('| A | B |\n| - | - |\n| 1 | 2 |\n')
    expect(worklog.tasks.rows).toEqual([])
    expect(worklog.problems).toEqual([{ line: 1, kind: 'table' }])
  })

  it('keeps foreign HTML as text and drops links that are not of the web', () => {
    const worklog = parseWorklog('- <img src=x onerror=alert(1)> [x](javascript:alert(1))\n')
    expect(worklog.goals.items[0]!.text).toEqual([
      { kind: 'text', text: '<img src=x onerror=alert(1)>' },
      { kind: 'text', text: ' ' },
      { kind: 'text', text: 'x' },
    ])
  })
})
