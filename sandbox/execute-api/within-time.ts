import { createContext, Script } from 'node:vm'

const holder: { work?: () => unknown } = {}
const context = createContext(holder)
const script = new Script('work()')

/**
 * Runs a caller's own template, pattern or schema no longer than so many ms: it shares the sandbox's one thread with every
 * account. Not for safety of any other kind: `work` is the sandbox's own code.
 * @throws Error ERR_SCRIPT_EXECUTION_TIMEOUT where the time is over, and what `work` throws
 */
export function withinTime<T>(work: () => T, ms = 500): T {
  const before = holder.work
  holder.work = work
  try {
    return script.runInContext(context, { timeout: ms }) as T
  } finally {
    holder.work = before
  }
}

/** Whether a pattern matches the whole text; false too where it takes too long. */
export function matchesWhole(pattern: string, text: string): boolean {
  try {
    return withinTime(() => new RegExp(`^(?:${pattern})$`).test(text), 100)
  } catch {
    return false
  }
}
