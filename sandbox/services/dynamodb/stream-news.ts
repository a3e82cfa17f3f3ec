import { EventEmitter } from 'node:events'
import { itemScope } from './tables'
import type { TableName } from './names'

/** Tells who follows a stream in this process that there are new records. One for all sandboxes: who hears looks into its own store. */
const news = new EventEmitter().setMaxListeners(0)
const counts = new Map<string, number>()

export function streamsChanged(table: TableName): void {
  const scope = itemScope(table)
  counts.set(scope, newsOf(table) + 1)
  news.emit(scope)
}

/** How often there were news of a table's stream: to be asked before reading, so that none in between is missed. */
export function newsOf(table: TableName): number {
  return counts.get(itemScope(table)) ?? 0
}

/** Resolves when there are more news than those that were `seen`, the time is up, or the signal says so. */
export function nextStreamNews(table: TableName, seen: number, ms: number, signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    if (signal.aborted || newsOf(table) !== seen) return resolve()
    const end = () => {
      clearTimeout(timer)
      signal.removeEventListener('abort', end)
      news.off(itemScope(table), end)
      resolve()
    }
    const timer = setTimeout(end, ms).unref()
    signal.addEventListener('abort', end)
    news.once(itemScope(table), end)
  })
}
