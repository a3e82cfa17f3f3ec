import { describe, expect, it } from 'vitest'
import { readDates, todayIn } from './dates'

describe('dates of a week', () => {
  it('reads MM/DD where that keeps the week together', () => {
    expect(readDates(['11/03', '11/04', '11/07'], '2025-11-03')).toEqual({ dates: ['2025-11-03', '2025-11-04', '2025-11-07'], ambiguous: false })
  })

  it('reads DD/MM where that keeps the week together', () => {
    expect(readDates(['03/11', '04/11', '', '07/11'], '2025-11-03').dates).toEqual(['2025-11-03', '2025-11-04', undefined, '2025-11-07'])
  })

  it('takes the reading nearer to the page for a single date', () => {
    expect(readDates(['11/03'], '2025-11-03').dates).toEqual(['2025-11-03'])
    expect(readDates(['11/03'], '2025-03-11').dates).toEqual(['2025-03-11'])
  })

  it('crosses New Year', () => {
    expect(readDates(['29/12', '31/12', '02/01'], '2025-12-29').dates).toEqual(['2025-12-29', '2025-12-31', '2026-01-02'])
  })

  it('takes years from the cells, two-digit ones too', () => {
    expect(readDates(['25.08.2025', '26-08-25'], undefined).dates).toEqual(['2025-08-25', '2025-08-26'])
  })

  it('gives no date without a year, and none that the calendar lacks', () => {
    expect(readDates(['11/03'], undefined).dates).toEqual([undefined])
    expect(readDates(['31/02', '30/02'], '2025-02-01').dates).toEqual([undefined, undefined])
  })

  it('says when it cannot tell', () => {
    expect(readDates(['05/06/2025'], undefined).ambiguous).toBe(true)
    expect(readDates(['05/05/2025'], undefined).ambiguous).toBe(false)
  })
})

it('today is the day of the learner, not of the server', () => {
  const lateEvening = new Date('2025-11-03T20:00:00Z')
  expect(todayIn('Asia/Ho_Chi_Minh', lateEvening)).toBe('2025-11-04')
  expect(todayIn('America/New_York', lateEvening)).toBe('2025-11-03')
})
