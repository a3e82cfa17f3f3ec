'use client'

import { useEffect, useState, useSyncExternalStore } from 'react'
import { Checker, type ChecksAnswer } from './checker'
import type { LabView, PlaceView } from './lab-view'
import { Saver, type SaveAnswer } from './saver'

const POLL_MS = 4_000
/** Coming back to a tab runs the checks again, unless they just ran. */
const FRESH_MS = 3_000

async function ask<T>(url: string, init: RequestInit): Promise<T> {
  return (await fetch(url, { cache: 'no-store', ...init })).json() as Promise<T>
}

/** Saving as one types, for a lab page; what is not saved yet goes out when the page is left. */
export function useSaver(lab: LabView, place: PlaceView) {
  const [saver] = useState(
    () =>
      new Saver(place.filesVersion, (body, last) =>
        ask<SaveAnswer>(`/labs/${lab.id}/save`, { method: 'POST', headers: { 'content-type': 'application/json' }, body: JSON.stringify(body), keepalive: last }),
      ),
  )
  useEffect(() => {
    const leave = () => void saver.flush(true)
    addEventListener('pagehide', leave)
    // Opening a lab makes it the place to continue at.
    saver.change({ step: place.step })
    void saver.flush()
    return () => {
      removeEventListener('pagehide', leave)
      leave()
    }
  }, [saver, place.step])
  return { saver, saving: useSyncExternalStore(saver.subscribe, saver.getState, saver.getState) }
}

/**
 * The checks of the step at hand. They run when it opens, when one comes back to the tab, and when the learner changed
 * something in the account from elsewhere.
 */
export function useChecker(lab: LabView, place: PlaceView, stepId: string, saver: Saver) {
  const [checker] = useState(
    () =>
      new Checker({ byStep: place.checks }, (step, signal) => ask<ChecksAnswer>(`/labs/${lab.id}/checks?step=${encodeURIComponent(step)}`, { method: 'POST', signal })),
  )
  const [newerElsewhere, setNewerElsewhere] = useState(false)
  const state = useSyncExternalStore(checker.subscribe, checker.getState, checker.getState)

  useEffect(() => {
    let ranAt = 0
    let change: string | null | undefined
    const run = () => {
      ranAt = Date.now()
      void checker.run(stepId)
    }
    const back = () => {
      if (document.visibilityState === 'visible' && Date.now() - ranAt > FRESH_MS && !checker.getState().running) run()
    }
    const poll = async () => {
      if (document.visibilityState !== 'visible') return
      const answer = await ask<{ ok: boolean; change: string | null; version: string }>(`/labs/${lab.id}/changes`, { method: 'GET' }).catch(() => undefined)
      if (!answer?.ok) return
      setNewerElsewhere(saver.isBehind(answer.version))
      if (change !== undefined && answer.change !== change) run()
      change = answer.change
    }
    run()
    void poll()
    const timer = setInterval(() => void poll(), POLL_MS)
    document.addEventListener('visibilitychange', back)
    addEventListener('focus', back)
    return () => {
      clearInterval(timer)
      document.removeEventListener('visibilitychange', back)
      removeEventListener('focus', back)
      checker.end()
    }
  }, [checker, lab.id, saver, stepId])

  return { checker, state, newerElsewhere }
}
