import type { Store } from '../../store'
import type { LogEvent } from './read-events'

/** Is told of the events that a group takes. */
type Listener = (group: string, events: LogEvent[]) => void

const listeners = new WeakMap<Store, Map<string, Set<Listener>>>()

/** Listens to groups, named by scope and name. Gives what ends it. */
export function listen(store: Store, scope: string, groups: string[], listener: Listener): () => void {
  let all = listeners.get(store)
  if (!all) listeners.set(store, (all = new Map()))
  for (const key of groups.map((group) => `${scope} ${group}`)) all.set(key, (all.get(key) ?? new Set()).add(listener))
  return () => {
    for (const key of groups.map((group) => `${scope} ${group}`)) {
      all.get(key)?.delete(listener)
      if (all.get(key)?.size === 0) all.delete(key)
    }
  }
}

/** Tells those who listen to a group of what it took. */
export function tell(store: Store, scope: string, group: string, events: LogEvent[]): void {
  for (const listener of listeners.get(store)?.get(`${scope} ${group}`) ?? []) listener(group, events)
}
