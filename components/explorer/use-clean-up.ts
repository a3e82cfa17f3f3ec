'use client'

import { useEffect, useRef, useState } from 'react'
import { jsonLines } from '@/components/lab/json-lines'
import { advance, begun, type CleanUpLine, type CleanUpState } from './clean-up-state'

/**
 * A clean-up as its route tells of it. Leaving the page stops it before the next resource.
 *
 * @param url the route, which answers one line of JSON for each event
 */
export function useCleanUp(url: string) {
  const [state, setState] = useState<CleanUpState>()
  const [since, setSince] = useState<number>()
  const stop = useRef<AbortController>(undefined)
  useEffect(() => () => stop.current?.abort(), [])

  /** @returns how it ended */
  async function run(body: object): Promise<CleanUpState> {
    stop.current?.abort()
    const { signal } = (stop.current = new AbortController())
    let now = begun
    const tell = (next: CleanUpState) => {
      now = next
      setState(next)
    }
    tell(begun)
    setSince(Date.now())
    try {
      const response = await fetch(url, { method: 'POST', headers: { 'content-type': 'application/json' }, body: JSON.stringify(body), signal })
      if (!response.headers.get('content-type')?.includes('ndjson')) tell({ ...now, stopped: ((await response.json()) as { refused?: CleanUpState['stopped'] }).refused ?? 'fault' })
      else for await (const line of jsonLines<CleanUpLine>(response)) tell(advance(now, line))
      // A stream that ends before the last look was cut off.
      if (!now.left && !now.stopped) tell({ ...now, stopped: 'offline' })
    } catch {
      tell({ ...now, stopped: signal.aborted ? 'aborted' : 'offline' })
    }
    setSince(undefined)
    return now
  }

  return { state, since, run, stop: () => stop.current?.abort() }
}
