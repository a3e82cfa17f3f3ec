'use client'

import { useEffect, useState } from 'react'

/** Whole seconds since a moment (epoch ms), counting while it is shown. */
export function useElapsed(since: number | undefined): number {
  const [now, setNow] = useState(0)
  useEffect(() => {
    if (since === undefined) return
    const timer = setInterval(() => setNow(Date.now()), 500)
    return () => clearInterval(timer)
  }, [since])
  return since === undefined ? 0 : Math.max(0, Math.floor((now - since) / 1000))
}
