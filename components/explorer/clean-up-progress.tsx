'use client'

import { useTranslations } from 'next-intl'
import { useElapsed } from '@/components/lab/elapsed'
import { RefusalNotice } from '@/components/lab/refusal-notice'
import { Button } from '@/components/ui/button'
import { Notice } from '@/components/ui/notice'
import type { Named } from '@/lib/inventory/clean-up'
import type { CleanUpState } from './clean-up-state'

/** How a clean-up goes: what is being deleted, how many of how many, since when; then what a last look at the account found. */
export function CleanUpProgress({ state, since, onStop, onRetry }: { state: CleanUpState; since: number | undefined; onStop: () => void; onRetry: () => void }) {
  const t = useTranslations('explorer.cleanUp')
  const nameOf = useNames()
  const seconds = useElapsed(since)
  const { planned, deleted, current, failed, left, stopped } = state
  return (
    <div className="mt-3 grid grid-cols-1 gap-3">
      {since !== undefined && (
        <div className="rounded-md border border-line p-4">
          {/* The count is read out when it changes; the seconds would be read out for ever. */}
          <p role="status">{planned.length === 0 ? t('looking') : current ? t('deleting', { n: deleted + failed.length + 1, of: planned.length, what: nameOf(current) }) : t('verifying')}</p>
          <progress className="mt-2 h-2 w-full accent-accent" value={deleted + failed.length} max={Math.max(planned.length, 1)} aria-label={t('progress')} />
          <p className="mt-1 flex flex-wrap items-center justify-between gap-3 text-sm text-muted">
            <span>{t('since', { seconds })}</span>
            <Button type="button" look="plain" onClick={onStop}>
              {t('stop')}
            </Button>
          </p>
        </div>
      )}
      {failed.length > 0 && (
        <Notice tone="bad">
          <p className="font-semibold">{t('failed', { count: failed.length })}</p>
          <ul className="mt-1 grid gap-2">
            {failed.map((one) => (
              <li key={one.arn}>
                <p>
                  {nameOf(one)}: {t(one.denied ? 'denied' : 'refused')}
                </p>
                <code className="block font-mono text-sm break-words" lang="en">
                  {one.message}
                </code>
              </li>
            ))}
          </ul>
        </Notice>
      )}
      {stopped === 'aborted' && <Notice tone="warn">{t('aborted', { deleted })}</Notice>}
      {stopped !== undefined && stopped !== 'aborted' && <RefusalNotice reason={stopped} />}
      {left && (
        <Notice tone={left.length === 0 ? 'good' : 'warn'}>
          <p className="font-semibold">{t('left', { count: left.length })}</p>
          {left.length === 0 ? (
            <p>{t('nothing', { deleted })}</p>
          ) : (
            <ul className="list-disc pl-5">
              {left.map((one) => (
                <li key={one.arn} className="break-words">
                  {nameOf(one)}
                </li>
              ))}
            </ul>
          )}
        </Notice>
      )}
      {since === undefined && (stopped !== undefined || (left && left.length > 0)) && (
        <div>
          <Button type="button" look="quiet" onClick={onRetry}>
            {t('retry')}
          </Button>
        </div>
      )}
    </div>
  )
}

/** Names resources with their kind, where the kind has a name. */
function useNames(): (resource: Named) => string {
  const t = useTranslations('explorer.kinds')
  return ({ kind, name }) => (t.has(kind as 'role') ? `${t(kind as 'role')} ${name}` : `${kind} ${name}`)
}
