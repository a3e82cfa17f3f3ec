'use client'

import { useTranslations } from 'next-intl'
import { useState } from 'react'
import { openAccount } from '@/app/sandbox/actions'
import type { RefusalReason } from '@/components/lab/refusal'
import { RefusalNotice } from '@/components/lab/refusal-notice'
import { Button } from '@/components/ui/button'

/** Makes the learner's account for one who wants it before the first lab. */
export function OpenAccount() {
  const t = useTranslations('sandbox.none')
  const [busy, setBusy] = useState(false)
  const [refused, setRefused] = useState<RefusalReason | 'offline'>()

  async function open() {
    setBusy(true)
    const result = await openAccount().catch(() => ({ ok: false as const, refused: 'offline' as const }))
    setRefused(result.ok ? undefined : result.refused)
    if (!result.ok) setBusy(false)
  }

  return (
    <div className="mt-5 grid justify-items-start gap-3">
      <Button type="button" disabled={busy} onClick={() => void open()}>
        {busy ? t('busy') : t('button')}
      </Button>
      {refused && <RefusalNotice reason={refused} />}
    </div>
  )
}
