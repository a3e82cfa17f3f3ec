'use client'

import { useTranslations } from 'next-intl'
import { useState } from 'react'
import { startLab } from '@/app/labs/[id]/actions'
import { Button } from '@/components/ui/button'
import { useElapsed } from './elapsed'
import type { RefusalReason } from './refusal'
import { RefusalNotice } from './refusal-notice'

/** The button that opens a lab's workbench, and makes the learner's account on the way where there is none. */
export function StartLab({ labId }: { labId: string }) {
  const t = useTranslations('lab.start')
  const [since, setSince] = useState<number>()
  const [refused, setRefused] = useState<RefusalReason | 'offline'>()
  const seconds = useElapsed(since)

  async function start() {
    setSince(Date.now())
    const result = await startLab(labId).catch(() => ({ ok: false as const, refused: 'offline' as const }))
    // The page comes anew with the answer and shows the workbench in place of this button.
    setRefused(result.ok ? undefined : result.refused)
    if (!result.ok) setSince(undefined)
  }

  return (
    <div className="grid justify-items-start gap-3">
      <Button type="button" disabled={since !== undefined} onClick={() => void start()}>
        {since === undefined ? t('button') : t('busy')}
      </Button>
      {since !== undefined && <p className="text-sm text-muted">{t('waiting', { seconds })}</p>}
      {refused && <RefusalNotice reason={refused} />}
    </div>
  )
}
