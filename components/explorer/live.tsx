'use client'

import { useRouter } from 'next/navigation'
import { useEffect } from 'react'

const POLL_MS = 4_000

/** Draws the page anew when something changed in the account, and when one comes back to the tab. */
export function Live() {
  const router = useRouter()
  useEffect(() => {
    let known: string | null | undefined
    const poll = async () => {
      if (document.visibilityState !== 'visible') return
      const answer = await fetch('/sandbox/changes', { cache: 'no-store' }).then((response) => response.json() as Promise<{ ok: boolean; change: string | null }>, () => undefined)
      if (!answer?.ok) return
      if (known !== undefined && answer.change !== known) router.refresh()
      known = answer.change
    }
    // Where the backend keeps no trail, coming back is the time to look.
    const back = () => {
      if (document.visibilityState === 'visible' && known === null) router.refresh()
    }
    void poll()
    const timer = setInterval(() => void poll(), POLL_MS)
    document.addEventListener('visibilitychange', back)
    return () => {
      clearInterval(timer)
      document.removeEventListener('visibilitychange', back)
    }
  }, [router])
  return null
}
