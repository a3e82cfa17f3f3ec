import { expect, test } from 'vitest'
import { logLevel } from './log-line'

test.each([
  ['START RequestId: 8f5 Version: $LATEST', 'platform'],
  ['REPORT RequestId: 8f5\tDuration: 1.02 ms', 'platform'],
  ['INIT_START Runtime Version: nodejs:22.v1', 'platform'],
  ['2025-11-03T01:02:03.004Z\t8f5\tERROR\tInvoke Error \t{"errorType":"TypeError"}', 'error'],
  ['2025-11-03T01:02:03.004Z\t8f5\tWARN\tsắp hết hàng', 'warn'],
  ['2025-11-03T01:02:03.004Z\t8f5\tINFO\tSTART của đơn hàng', 'info'],
  ['[WARNING]\t2025-11-03T01:02:03.004Z\t8f5\tlow stock', 'warn'],
  ['{"timestamp":"2025-11-03T01:02:03Z","level":"debug","message":"cart"}', 'debug'],
  ['2025-11-03T01:02:03.004Z 8f5 Task timed out after 3.00 seconds', 'error'],
  ['một dòng in ra không qua logger', 'info'],
])('%s is told as %s', (line, level) => {
  expect(logLevel(line)).toBe(level)
})
