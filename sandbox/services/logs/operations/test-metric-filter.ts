import { TestMetricFilter$, type TestMetricFilterRequest, type TestMetricFilterResponse } from '@aws-sdk/client-cloudwatch-logs'
import { operation } from '../../../operation'
import { readPattern, type Pattern } from '../filter-pattern'

/** Tells which of some messages a pattern matches, and what it finds in them. */
export const testMetricFilter = operation<TestMetricFilterRequest, TestMetricFilterResponse>(TestMetricFilter$, {
  resource: () => '*',
  readOnly: true,
  async run({ input }) {
    const pattern = readPattern(input.filterPattern)
    const numbered = input.logEventMessages!.map((eventMessage, i) => ({ eventNumber: i + 1, eventMessage }))
    const matches = numbered.filter(({ eventMessage }) => pattern.matches(eventMessage))
    return { matches: matches.map((one) => ({ ...one, extractedValues: valuesOf(pattern, one.eventMessage) })) }
  },
})

function valuesOf(pattern: Pattern, message: string): Record<string, string> {
  const found = pattern.fields.map((field): [string, unknown] => [field, pattern.valueOf(message, field)])
  return Object.fromEntries(found.filter(([, value]) => value !== undefined).map(([field, value]) => [field, typeof value === 'string' ? value : JSON.stringify(value)]))
}
