import { describe, expect, it } from 'vitest'
import cases from './schedule-expression.cases.json' with { type: 'json' }
import { isTimeZone, nextRun, parseSchedule } from './schedule-expression'

const times = (expression: string, after: string, options: { timeZone?: string; since?: string; count?: number } = {}) => {
  const schedule = parseSchedule(expression, { at: true })
  const found: string[] = []
  let at: number | undefined = Date.parse(after)
  for (let i = 0; i < (options.count ?? 4); i++) {
    at = nextRun(schedule, at, { since: Date.parse(options.since ?? after), ...(options.timeZone === undefined ? {} : { timeZone: options.timeZone }) })
    if (at === undefined) break
    found.push(new Date(at).toISOString().replace('.000', ''))
  }
  return found
}

describe('cron', () => {
  it.each(cases as [string, string, string, string[]][])('cron(%s) in %s after %s', (expression, timeZone, after, expected) => {
    expect(times(`cron(${expression})`, after, { timeZone })).toEqual(expected)
  })

  it('leaves out a time that the clock skips and takes one that it shows twice once', () => {
    expect(times('cron(30 2 * * ? *)', '2026-03-07T00:00:00Z', { timeZone: 'America/New_York', count: 3 })).toEqual(['2026-03-07T07:30:00Z', '2026-03-09T06:30:00Z', '2026-03-10T06:30:00Z'])
    expect(times('cron(30 1 * * ? *)', '2026-10-31T12:00:00Z', { timeZone: 'America/New_York', count: 2 })).toEqual(['2026-11-01T05:30:00Z', '2026-11-02T06:30:00Z'])
  })

  it.each([
    ['cron(0 10 * * ?)', 'six fields'],
    ['cron(0 10 * * * *)', 'exactly one'],
    ['cron(0 10 ? * ? *)', 'exactly one'],
    ['cron(60 10 * * ? *)', 'Minutes takes 0 to 59'],
    ['cron(0 24 * * ? *)', 'Hours takes 0 to 23'],
    ['cron(0 10 0 * ? *)', 'Day-of-month takes 1 to 31'],
    ['cron(0 10 32 * ? *)', 'Day-of-month'],
    ['cron(0 10 ? * 0 *)', 'Day-of-week takes 1 to 7'],
    ['cron(0 10 ? * 8 *)', 'Day-of-week'],
    ['cron(0 10 ? * MON#6 *)', 'Day-of-week'],
    ['cron(0 10 * 13 ? *)', 'Month'],
    ['cron(0 10 * FOO ? *)', 'Month takes 1 to 12 or JAN to DEC'],
    ['cron(0 10 * * ? 1969)', 'Year takes 1970 to 2199'],
    ['cron(0 10 * * ? 2200)', 'Year'],
    ['cron(0/0 10 * * ? *)', 'Minutes cannot be 0/0'],
    ['cron(0/x 10 * * ? *)', 'Minutes cannot be 0/X'],
    ['cron(1/2/3 10 * * ? *)', 'Minutes'],
    ['cron(1-2-3 10 * * ? *)', 'Minutes'],
    ['cron(, 10 * * ? *)', 'Minutes'],
    ['cron(L 10 * * ? *)', 'Minutes'],
    ['cron(0 W * * ? *)', 'Hours'],
    ['cron(0 10 32W * ? *)', 'Day-of-month'],
    ['cron(0 10 ? * 3W *)', 'Day-of-week'],
    ['cron()', 'six fields'],
  ])('refuses %s', (expression, says) => {
    expect(() => parseSchedule(expression, { at: false })).toThrow(says)
  })
})

describe('rate', () => {
  it.each([
    ['rate(1 minute)', ['2026-11-24T00:01:00Z', '2026-11-24T00:02:00Z']],
    ['rate(5 minutes)', ['2026-11-24T00:05:00Z', '2026-11-24T00:10:00Z']],
    ['rate(1 hour)', ['2026-11-24T01:00:00Z', '2026-11-24T02:00:00Z']],
    ['rate(12 hours)', ['2026-11-24T12:00:00Z', '2026-11-25T00:00:00Z']],
    ['rate(1 day)', ['2026-11-25T00:00:00Z', '2026-11-26T00:00:00Z']],
    ['rate(7 days)', ['2026-12-01T00:00:00Z', '2026-12-08T00:00:00Z']],
  ])('%s', (expression, expected) => {
    expect(times(expression, '2026-11-24T00:00:00Z', { count: 2 })).toEqual(expected)
  })

  it('counts from its beginning, 24 hours a day whatever the clock does', () => {
    expect(times('rate(1 day)', '2026-03-08T00:00:00Z', { since: '2026-03-07T12:00:00Z', timeZone: 'America/New_York', count: 2 })).toEqual(['2026-03-08T12:00:00Z', '2026-03-09T12:00:00Z'])
    expect(times('rate(10 minutes)', '2026-11-24T00:00:00Z', { since: '2026-11-24T01:00:00Z', count: 1 })).toEqual(['2026-11-24T01:00:00Z'])
  })

  it.each(['rate(0 minutes)', 'rate(-1 minutes)', 'rate(1.5 hours)', 'rate(1 minutes)', 'rate(5 minute)', 'rate(5)', 'rate(5 seconds)', 'rate(5  minutes)', 'every(5 minutes)', 'rate 5 minutes', ''])(
    'refuses %s',
    (expression) => {
      expect(() => parseSchedule(expression, { at: true })).toThrow()
    },
  )
})

describe('at', () => {
  it.each([
    ['UTC', '2026-11-25T09:00:00Z'],
    ['Asia/Ho_Chi_Minh', '2026-11-25T02:00:00Z'],
    ['America/New_York', '2026-11-25T14:00:00Z'],
  ])('happens once, by the clock of %s', (timeZone, expected) => {
    expect(times('at(2026-11-25T09:00:00)', '2026-11-24T00:00:00Z', { timeZone })).toEqual([expected])
  })

  it.each(['at(2026-02-30T09:00:00)', 'at(2026-11-25)', 'at(2026-11-25T09:00:00Z)', 'at(tomorrow)', 'at(2026-11-25T25:00:00)'])('refuses %s', (expression) => {
    expect(() => parseSchedule(expression, { at: true })).toThrow('at takes')
  })

  it('is not for every service', () => {
    expect(() => parseSchedule('at(2026-11-25T09:00:00)', { at: false })).toThrow('rate(…) or cron(…)')
  })
})

it('knows time zones by their names', () => {
  expect(['UTC', 'Asia/Ho_Chi_Minh', 'Europe/Berlin'].map(isTimeZone)).toEqual([true, true, true])
  expect(['', 'Hanoi', 'Asia/Atlantis'].map(isTimeZone)).toEqual([false, false, false])
})
