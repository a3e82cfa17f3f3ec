'use client'

import dynamic from 'next/dynamic'
import Link from 'next/link'
import { useTranslations } from 'next-intl'
import { useState, type ReactNode } from 'react'
import { readLabResources } from '@/app/labs/[id]/actions'
import { useElapsed } from '@/components/lab/elapsed'
import type { RefusalReason } from '@/components/lab/refusal'
import { RefusalNotice } from '@/components/lab/refusal-notice'
import { Button } from '@/components/ui/button'

const ResourcesView = dynamic(() => import('./resources-view').then((module) => module.ResourcesView))

type Read = Extract<Awaited<ReturnType<typeof readLabResources>>, { ok: true }>

/** What a lab made in the account, or the whole account, as diagram and list; read when it is opened. */
export function LabResources({ labId }: { labId: string }) {
  const t = useTranslations('explorer.lab')
  const [whole, setWhole] = useState(false)
  const [view, setView] = useState<Read>()
  const [refused, setRefused] = useState<RefusalReason | 'offline'>()
  const [since, setSince] = useState<number>()
  const seconds = useElapsed(since)

  async function read(all: boolean) {
    setWhole(all)
    setSince(Date.now())
    const result = await readLabResources(labId, all).catch(() => ({ ok: false as const, refused: 'offline' as const }))
    setSince(undefined)
    setRefused(result.ok ? undefined : result.refused)
    if (result.ok) setView(result)
  }

  return (
    <details
      onToggle={(event) => {
        if (event.currentTarget.open) void read(whole)
      }}
       className="min-w-0 border-t border-line pt-5"
    >
      <summary className="w-fit text-lg font-semibold hover:text-accent">{t('title')}</summary>
      <div className="mt-2 flex flex-wrap items-center gap-x-5">
        <div role="group" aria-label={t('what')} className="flex flex-wrap gap-x-4">
          <Choice chosen={!whole} onChoose={() => void read(false)}>
            {t('ofLab')}
          </Choice>
          <Choice chosen={whole} onChoose={() => void read(true)}>
            {t('whole')}
          </Choice>
        </div>
        <Button type="button" look="plain" disabled={since !== undefined} onClick={() => void read(whole)}>
          {t('again')}
        </Button>
        <Link prefetch={false} className="link" href="/sandbox">
          {t('explorer')}
        </Link>
      </div>
      <p role="status" className="text-sm text-muted">
        {since !== undefined && t('loading', { seconds })}
      </p>
      {refused && <RefusalNotice reason={refused} />}
      {view && <ResourcesView {...view} none={t('none')} />}
    </details>
  )
}

function Choice({ chosen, onChoose, children }: { chosen: boolean; onChoose: () => void; children: ReactNode }) {
  return (
    <button
      type="button"
      aria-pressed={chosen}
      onClick={onChoose}
      className="min-h-10 border-b-2 border-transparent text-sm text-muted hover:text-ink aria-pressed:border-accent aria-pressed:font-semibold aria-pressed:text-ink"
    >
      {children}
    </button>
  )
}
