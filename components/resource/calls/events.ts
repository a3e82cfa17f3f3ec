import { PutEventsCommand, TestEventPatternCommand } from '@aws-sdk/client-eventbridge'
import { z } from 'zod'
import { call } from './call'
import { jsonText } from './fields'

export const eventsCalls = {
  'events.put': call({
    input: z.object({ bus: z.string().min(1), source: z.string().min(1), detailType: z.string().min(1), detail: jsonText }),
    service: 'events',
    command: ({ bus, source, detailType, detail }) => new PutEventsCommand({ Entries: [{ EventBusName: bus, Source: source, DetailType: detailType, Detail: detail }] }),
    answer({ Entries = [] }) {
      const [entry] = Entries
      return { id: entry?.EventId ?? null, failure: entry?.ErrorCode !== undefined ? `${entry.ErrorCode}: ${entry.ErrorMessage ?? ''}` : null }
    },
  }),

  'events.test': call({
    input: z.object({ pattern: jsonText, event: jsonText }),
    service: 'events',
    command: ({ pattern, event }) => new TestEventPatternCommand({ EventPattern: pattern, Event: event }),
    answer: ({ Result = false }) => ({ matches: Result }),
  }),
}
