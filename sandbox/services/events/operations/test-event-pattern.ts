import { InvalidEventPatternException, TestEventPattern$, type TestEventPatternRequest, type TestEventPatternResponse } from '@aws-sdk/client-eventbridge'
import { matchesPattern, parseEventPattern, type EventPattern } from '../../../event-pattern'
import { operation } from '../../../operation'
import { invalid } from '../errors'

const NEEDED = ['id', 'account', 'source', 'time', 'region', 'resources', 'detail-type']

/** Tells whether a pattern matches an event. */
export const testEventPattern = operation<TestEventPatternRequest, TestEventPatternResponse>(TestEventPattern$, {
  resource: () => '*',
  readOnly: true,
  run({ input }) {
    return Promise.resolve({ Result: matchesPattern(patternOf(input.EventPattern!), eventOf(input.Event!)) })
  },
})

function patternOf(text: string): EventPattern {
  try {
    return parseEventPattern(text)
  } catch (error) {
    throw new InvalidEventPatternException({ message: `Event pattern is not valid. Reason: ${(error as Error).message}`, $metadata: {} })
  }
}

function eventOf(text: string): object {
  let event: unknown
  try {
    event = JSON.parse(text)
  } catch {
    // Told below.
  }
  if (typeof event !== 'object' || event === null || Array.isArray(event)) throw invalid('Parameter Event is not valid. Reason: it must be a JSON object.')
  const missing = NEEDED.find((field) => !Object.hasOwn(event, field))
  if (missing !== undefined) throw invalid(`Parameter Event is not valid. Reason: it has no ${missing}.`)
  return event
}
