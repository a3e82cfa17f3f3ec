'use client'

import { useFormatter, useTranslations } from 'next-intl'
import { useRouter } from 'next/navigation'
import { useState } from 'react'
import { moveClock } from '@/app/sandbox/resource/actions'
import type { RefusalReason } from '@/components/lab/refusal'
import { RefusalNotice } from '@/components/lab/refusal-notice'
import { Notice } from '@/components/ui/notice'
import { Choice, Confirm } from '../kit'

const steps = [3600, 86_400, 604_800] as const

/** Moves the account's clock forward, to just after the next run or by a time of one's choice. */
export function MoveClock({ now, next }: { now: string; next: number | undefined }) {
  const t = useTranslations('resource.schedule')
  const format = useFormatter()
  const router = useRouter()
  const toNext = next === undefined ? undefined : Math.ceil((next - new Date(now).getTime()) / 1000) + 1
  const [choice, setChoice] = useState<string>(toNext === undefined ? String(steps[0]) : 'next')
  const [busy, setBusy] = useState(false)
  const [moved, setMoved] = useState<string>()
  const [refused, setRefused] = useState<RefusalReason | 'offline'>()

  async function move() {
    setBusy(true)
    const result = await moveClock(choice === 'next' ? toNext! : Number(choice)).catch(() => ({ ok: false as const, refused: 'offline' as const }))
    setBusy(false)
    setRefused(result.ok ? undefined : result.refused)
    if (!result.ok) return
    setMoved(result.now)
    router.refresh()
  }

  return (
    <div className="grid grid-cols-1 gap-3">
      <div className="sm:max-w-sm">
        <Choice label={t('moveBy')} value={choice} options={[...(toNext === undefined ? [] : [['next', t('toNext')] as const]), ...steps.map((one) => [String(one), t(`steps.${one}`)] as const)]} onChoose={setChoice} />
      </div>
      <Confirm button={t('move')} text={t('moveConfirm')} yes={t('moveYes')} busy={busy} onYes={() => void move()} />
      {moved !== undefined && <Notice tone="info">{t('moved', { time: format.dateTime(new Date(moved), { dateStyle: 'full', timeStyle: 'medium' }) })}</Notice>}
      {refused && <RefusalNotice reason={refused} />}
    </div>
  )
}
