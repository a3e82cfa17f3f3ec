import type { Sandbox } from '../../sandbox'
import { events, timeOf } from './records'

/** An event as a reader meets it. */
export interface LogEvent {
  id: string
  stream: string
  timestamp: number
  message: string
  ingestionTime: number
}

const CHUNK = 200

/** Which part of a stream: ids strictly after or before a position; `start` inclusive and `end` exclusive in epoch ms. */
export interface Range {
  after?: string | undefined
  before?: string | undefined
  start?: number | undefined
  end?: number | undefined
}

/** Reads a stream's events one by one, oldest first or latest first, without holding more than a chunk. */
export async function* readStream(sandbox: Sandbox, scope: string, group: string, stream: string, range: Range, reverse = false): AsyncGenerator<LogEvent> {
  const prefix = `${group}:${stream}:`
  const low = range.start === undefined ? '' : timeKey(range.start)
  const high = range.end === undefined ? undefined : timeKey(range.end)
  let position: string | undefined = reverse ? least(range.before, high) : most(range.after, low)
  for (;;) {
    const options = { prefix, reverse, limit: CHUNK, ...(position === undefined ? {} : { after: prefix + position }) }
    const found = await sandbox.store.list(events, scope, options)
    for (const { key, value } of found) {
      const id = key.slice(prefix.length)
      // The bound behind which the walk began is kept by the store; the other one ends it.
      if (reverse ? id < low || (range.after !== undefined && id <= range.after) : (high !== undefined && id >= high) || (range.before !== undefined && id >= range.before)) return
      yield { id, stream, timestamp: timeOf(id), ...value }
    }
    if (found.length < CHUNK) return
    position = found.at(-1)!.key.slice(prefix.length)
  }
}

/** Reads many streams as one, oldest event first. */
export async function* readMerged(sandbox: Sandbox, scope: string, group: string, names: string[], range: Range): AsyncGenerator<LogEvent> {
  const sources = names.map((name) => readStream(sandbox, scope, group, name, range))
  const heads = await Promise.all(sources.map((source) => source.next()))
  for (;;) {
    let first = -1
    heads.forEach((head, i) => {
      if (!head.done && (first === -1 || head.value.id < (heads[first] as IteratorYieldResult<LogEvent>).value.id)) first = i
    })
    if (first === -1) return
    yield heads[first]!.value as LogEvent
    heads[first] = await sources[first]!.next()
  }
}

function timeKey(ms: number): string {
  return String(Math.max(0, Math.floor(ms))).padStart(15, '0')
}

function most(a: string | undefined, b: string): string | undefined {
  return a !== undefined && a > b ? a : b || undefined
}

function least(a: string | undefined, b: string | undefined): string | undefined {
  if (a === undefined || b === undefined) return a ?? b
  return a < b ? a : b
}
