'use client'

import { useRouter } from 'next/navigation'
import { useState, type ReactNode } from 'react'
import { useTranslations } from 'next-intl'
import { Button } from '@/components/ui/button'
import { CleanUpProgress } from './clean-up-progress'
import { useCleanUp } from './use-clean-up'

/**
 * A button that deletes, after it has shown what: one resource with what depends on it, or everything.
 *
 * @param body says to the route what goes
 * @param idle whether there is nothing to delete
 * @param children what will happen, shown before the learner says yes
 * @param after shown once nothing is left, in place of the button
 */
export function DeletePanel({ label, yes, body, idle = false, children, after }: { label: string; yes: string; body: object; idle?: boolean; children: ReactNode; after?: ReactNode }) {
  const t = useTranslations('explorer.cleanUp')
  const router = useRouter()
  const [asked, setAsked] = useState(false)
  const { state, since, run, stop } = useCleanUp('/sandbox/clean-up')

  async function start() {
    setAsked(false)
    const { left } = await run(body)
    // The page of what is gone has nothing to show any more: `after` leads on from there.
    if (!after || left?.length !== 0) router.refresh()
  }

  const gone = state?.left?.length === 0
  return (
    <div>
      {!(gone && after) && (
        <Button type="button" look="quiet" disabled={idle || since !== undefined} aria-expanded={asked} onClick={() => setAsked(!asked)}>
          {label}
        </Button>
      )}
      {asked && !idle && (
        <div role="group" aria-label={label} className="mt-3 rounded-md border border-line p-4">
          {children}
          <div className="mt-3 flex flex-wrap gap-3">
            <Button type="button" onClick={() => void start()}>
              {yes}
            </Button>
            <Button type="button" look="quiet" onClick={() => setAsked(false)}>
              {t('cancel')}
            </Button>
          </div>
        </div>
      )}
      {state && <CleanUpProgress state={state} since={since} onStop={stop} onRetry={() => void start()} />}
      {gone && after && <div className="mt-3">{after}</div>}
    </div>
  )
}
