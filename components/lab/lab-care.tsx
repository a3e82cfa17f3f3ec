'use client'

import { useTranslations } from 'next-intl'
import { useState } from 'react'
import { cleanUpLab, resetLab } from '@/app/labs/[id]/actions'
import { Button } from '@/components/ui/button'
import { Notice } from '@/components/ui/notice'
import type { LabFiles } from '@/lib/lab/define-lab'
import { useElapsed } from './elapsed'
import type { RefusalReason } from './refusal'
import { RefusalNotice } from './refusal-notice'

/** Starting a lab over, which can be undone, and cleaning up what it left in the account, down to an inventory of zero. */
export function LabCare({
  labId,
  files,
  onReset,
  onUndo,
  onCleaned,
}: {
  labId: string
  files: LabFiles
  onReset: (files: LabFiles, version: string) => void
  onUndo: (files: LabFiles) => void
  onCleaned: () => void
}) {
  const t = useTranslations('lab.care')
  const [asked, setAsked] = useState<'reset' | 'clean'>()
  const [busy, setBusy] = useState<{ what: 'reset' | 'clean'; since: number }>()
  const [before, setBefore] = useState<LabFiles>()
  const [cleaned, setCleaned] = useState<{ left: string[]; failed?: string }>()
  const [refused, setRefused] = useState<RefusalReason | 'offline'>()
  const seconds = useElapsed(busy?.since)

  async function reset() {
    setAsked(undefined)
    setBusy({ what: 'reset', since: Date.now() })
    const result = await resetLab(labId).catch(() => ({ ok: false as const, refused: 'offline' as const }))
    setBusy(undefined)
    setRefused(result.ok ? undefined : result.refused)
    if (!result.ok) return
    setBefore(files)
    setCleaned(undefined)
    onReset(result.files, result.version)
  }

  async function clean() {
    setAsked(undefined)
    setBusy({ what: 'clean', since: Date.now() })
    const result = await cleanUpLab(labId).catch(() => ({ ok: false as const, refused: 'offline' as const }))
    setBusy(undefined)
    setRefused(result.ok ? undefined : result.refused)
    if (!result.ok) return
    setCleaned(result)
    onCleaned()
  }

  return (
    <section aria-labelledby="care-title" className="border-t border-line pt-5">
      <h2 id="care-title" className="text-lg">
        {t('title')}
      </h2>
      <p className="mt-1 text-sm text-muted">{t('text')}</p>
      <div className="mt-3 flex flex-wrap gap-3">
        <Button type="button" look="quiet" disabled={busy !== undefined} aria-expanded={asked === 'clean'} onClick={() => setAsked(asked === 'clean' ? undefined : 'clean')}>
          {t('clean')}
        </Button>
        <Button type="button" look="quiet" disabled={busy !== undefined} aria-expanded={asked === 'reset'} onClick={() => setAsked(asked === 'reset' ? undefined : 'reset')}>
          {t('reset')}
        </Button>
      </div>
      {asked && (
        <div role="group" aria-label={t(asked)} className="mt-3 rounded-md border border-line p-4">
          <p>{t(`${asked}Confirm`)}</p>
          <div className="mt-3 flex flex-wrap gap-3">
            <Button type="button" onClick={() => void (asked === 'reset' ? reset() : clean())}>
              {t(`${asked}Yes`)}
            </Button>
            <Button type="button" look="quiet" onClick={() => setAsked(undefined)}>
              {t('cancel')}
            </Button>
          </div>
        </div>
      )}
      {busy && <p className="mt-3 text-sm text-muted">{t(`${busy.what}Busy`, { seconds })}</p>}
      {refused && (
        <div className="mt-3">
          <RefusalNotice reason={refused} />
        </div>
      )}
      {before && (
        <Notice tone="good" className="mt-3">
          <p>{t('resetDone')}</p>
          <Button
            type="button"
            look="plain"
            onClick={() => {
              onUndo(before)
              setBefore(undefined)
            }}
          >
            {t('undo')}
          </Button>
        </Notice>
      )}
      {cleaned && (
        <Notice tone={cleaned.left.length === 0 ? 'good' : 'warn'} className="mt-3">
          <p className="font-semibold">{t('left', { count: cleaned.left.length })}</p>
          {cleaned.left.length === 0 ? (
            <p>{t('leftNothing')}</p>
          ) : (
            <ul className="list-disc pl-5">
              {cleaned.left.map((one) => (
                <li key={one}>
                  <code className="font-mono text-sm break-all">{one}</code>
                </li>
              ))}
            </ul>
          )}
          {cleaned.failed && (
            <p className="mt-2">
              {t('failed')} <code className="font-mono text-sm break-words">{cleaned.failed}</code>
            </p>
          )}
        </Notice>
      )}
    </section>
  )
}
