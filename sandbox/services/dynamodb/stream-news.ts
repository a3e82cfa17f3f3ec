import { EventEmitter } from 'node:events'
import { itemScope } from './tables'
import type { TableName } from './names'

/** Tells who follows a stream in this process that there are new records. One for all sandboxes: who hears looks into its own store. */
const news = new EventEmitter().setMaxListeners(0)

export function streamsChanged(table: TableName): void {
  news.emit(itemScope(table))
}

/** Resolves when a table's stream has new records, the time is up, or the signal says so. */
export function nextStreamNews(table: TableName, ms: number, signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    if (signal.aborted) return resolve()
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
