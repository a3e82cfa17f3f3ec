import { describe, expect, it } from 'vitest'
import { lastReport, parseReport } from './report'

const cold = 'REPORT RequestId: 8f507cfc-0000-4000-8000-000000000001\tDuration: 3.10 ms\tBilled Duration: 460 ms\tMemory Size: 128 MB\tMax Memory Used: 65 MB\tInit Duration: 456.20 ms\t'
const warm = 'REPORT RequestId: 8f507cfc-0000-4000-8000-000000000002\tDuration: 1.20 ms\tBilled Duration: 2 ms\tMemory Size: 128 MB\tMax Memory Used: 66 MB\t'

describe('parseReport', () => {
  it('reads the figures of a cold start', () => {
    expect(parseReport(cold)).toEqual({ requestId: '8f507cfc-0000-4000-8000-000000000001', durationMs: 3.1, billedMs: 460, memoryMb: 128, usedMb: 65, initMs: 456.2 })
  })

  it('tells a warm start by what it lacks', () => {
    expect(parseReport(warm)).toMatchObject({ durationMs: 1.2 })
    expect(parseReport(warm)).not.toHaveProperty('initMs')
  })

  it('reads how an invoke ended', () => {
    expect(parseReport(`${warm}Status: timeout`)).toMatchObject({ status: 'timeout' })
    expect(parseReport('REPORT RequestId: a\tDuration: 3000.00 ms\tBilled Duration: 3000 ms\tMemory Size: 128 MB\tMax Memory Used: 66 MB\tStatus: timeout\n')).toMatchObject({ status: 'timeout' })
  })

  it('takes nothing else for a report', () => {
    expect(parseReport('START RequestId: a Version: $LATEST')).toBeUndefined()
    expect(parseReport('the REPORT RequestId: a was printed by the function')).toBeUndefined()
  })

  it('finds the last one in a log tail', () => {
    expect(lastReport(`START\n${cold}\nEND\n${warm}\n`)?.durationMs).toBe(1.2)
    expect(lastReport('nothing here')).toBeUndefined()
  })
})
