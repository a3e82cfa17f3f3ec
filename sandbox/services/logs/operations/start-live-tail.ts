import { randomUUID } from 'node:crypto'
import { PassThrough } from 'node:stream'
import { LimitExceededException, StartLiveTail$, type StartLiveTailRequest, type StartLiveTailResponse } from '@aws-sdk/client-cloudwatch-logs'
import { operation, type Call } from '../../../operation'
import { scopeOf } from '../../../store'
import { encodeEvent } from '../../lambda/event-stream'
import { groupArn, groupOfIdentifier, groupResource, invalid } from '../arns'
import { compilePattern } from '../filter-pattern'
import { listen } from '../live-tail'
import { requireGroup, requireStandard } from '../log-store'
import type { LogEvent } from '../read-events'

/** CloudWatch Logs quotas: sessions of an account, and "up to 500 log events per second", beyond which it is a sample. */
const MOST_SESSIONS = 15
const MOST_EVENTS = 500
const UPDATE_EVERY_MS = 1000
/** "A session can go on for up to three hours." */
const LONGEST_MS = 3 * 3_600_000

const sessions = new Map<string, number>()

/** Tells what groups take, as they take it, once a second. */
export const startLiveTail = operation<StartLiveTailRequest, Omit<StartLiveTailResponse, 'responseStream'> & { responseStream: PassThrough }>(StartLiveTail$, {
  resource: (call) => groupNames(call).map((name) => groupResource(call, name)),
  readOnly: true,
  async run(call) {
    const { input, sandbox, signal } = call
    const scope = scopeOf(call)
    const names = groupNames(call)
    for (const name of names) requireStandard(await requireGroup(sandbox, scope, name), 'Live Tail is')
    const { logStreamNames, logStreamNamePrefixes: prefixes } = input
    if (logStreamNames && prefixes) throw invalid('logStreamNames and logStreamNamePrefixes cannot be specified together.')
    if ((logStreamNames ?? prefixes) && names.length > 1) throw invalid('Log streams can be specified only when there is one log group.')
    const matches = compilePattern(input.logEventFilterPattern)
    const isOfStream = ({ stream }: LogEvent) => logStreamNames?.includes(stream) ?? prefixes?.some((prefix) => stream.startsWith(prefix)) ?? true
    if ((sessions.get(call.account) ?? 0) >= MOST_SESSIONS) throw new LimitExceededException({ message: 'Resource limit exceeded.', $metadata: {} })

    const stream = new PassThrough()
    const send = (type: string, document: object) => stream.write(encodeEvent(type, 'application/json', Buffer.from(JSON.stringify(document))))
    let results: object[] = []
    let isSampled = false
    const stopListening = listen(sandbox.store, scope, names, (group, events) => {
      for (const event of events) {
        if (!isOfStream(event) || !matches(event.message)) continue
        if (results.length === MOST_EVENTS) isSampled = true
        else results.push({ logStreamName: event.stream, logGroupIdentifier: `${call.account}:${group}`, message: event.message, timestamp: event.timestamp, ingestionTime: event.ingestionTime })
      }
    })
    const update = () => {
      // A reader that does not keep up gets the next seconds later.
      if (stream.writableNeedDrain) return
      send('sessionUpdate', { sessionMetadata: { sampled: isSampled }, sessionResults: results })
      results = []
      isSampled = false
    }
    const timer = setInterval(update, UPDATE_EVERY_MS).unref()
    const timeUp = setTimeout(() => stream.end(), LONGEST_MS).unref()
    count(call.account, 1)
    stream.once('close', () => {
      stopListening()
      clearInterval(timer)
      clearTimeout(timeUp)
      count(call.account, -1)
    })
    signal.addEventListener('abort', () => stream.destroy())
    // The JSON protocol begins an event stream with the members that are no events, of which there are none.
    send('initial-response', {})
    const { logEventFilterPattern = '' } = input
    send('sessionStart', { requestId: call.requestId, sessionId: randomUUID(), logGroupIdentifiers: input.logGroupIdentifiers, logStreamNames: logStreamNames ?? [], logStreamNamePrefixes: prefixes ?? [], logEventFilterPattern })
    return { responseStream: stream }
  },
})

function groupNames(call: Call<StartLiveTailRequest>): string[] {
  return call.input.logGroupIdentifiers!.map((identifier) => {
    if (!identifier.startsWith('arn:') || identifier.endsWith('*')) throw invalid(`The log group identifier ${identifier} is not valid: give an ARN such as ${groupArn(call, 'NAME')}.`)
    return groupOfIdentifier(call, identifier)
  })
}

function count(account: string, more: number): void {
  const left = (sessions.get(account) ?? 0) + more
  if (left === 0) sessions.delete(account)
  else sessions.set(account, left)
}
