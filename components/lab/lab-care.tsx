'use client'

import { useTranslations } from 'next-intl'
import { useState } from 'react'
import { resetLab } from '@/app/labs/[id]/actions'
import { CleanUpProgress } from '@/components/explorer/clean-up-progress'
import { useCleanUp } from '@/components/explorer/use-clean-up'
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
  const [resetting, setResetting] = useState<number>()
  const [before, setBefore] = useState<LabFiles>()
  const cleaning = useCleanUp(`/labs/${labId}/clean-up`)
  const [refused, setRefused] = useState<RefusalReason | 'offline'>()
  const seconds = useElapsed(resetting)
  const busy = resetting !== undefined || cleaning.since !== undefined

  async function reset() {
    setAsked(undefined)
    setResetting(Date.now())
    const result = await resetLab(labId).catch(() => ({ ok: false as const, refused: 'offline' as const }))
    setResetting(undefined)
    setRefused(result.ok ? undefined : result.refused)
    if (!result.ok) return
    setBefore(files)
    onReset(result.files, result.version)
  }

  async function clean() {
    setAsked(undefined)
    await cleaning.run({})
    onCleaned()
  }

  return (
    <section aria-labelledby="care-title" className="border-t border-line pt-5">
      <h2 id="care-title" className="text-lg">
        {t('title')}
      </h2>
      <p className="mt-1 text-sm text-muted">{t('text')}</p>
      <div className="mt-3 flex flex-wrap gap-3">
        <Button type="button" look="quiet" disabled={busy} aria-expanded={asked === 'clean'} onClick={() => setAsked(asked === 'clean' ? undefined : 'clean')}>
          {t('clean')}
        </Button>
        <Button type="button" look="quiet" disabled={busy} aria-expanded={asked === 'reset'} onClick={() => setAsked(asked === 'reset' ? undefined : 'reset')}>
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
      {resetting !== undefined && <p className="mt-3 text-sm text-muted">{t('resetBusy', { seconds })}</p>}
      {cleaning.state && <CleanUpProgress state={cleaning.state} since={cleaning.since} onStop={cleaning.stop} onRetry={() => void clean()} />}
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
    </section>
  )
}
