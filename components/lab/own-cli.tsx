'use client'

import Link from 'next/link'
import { useTranslations } from 'next-intl'
import { useState } from 'react'
import { accountKeys } from '@/app/sandbox/actions'
import { CliSetup } from '@/components/sandbox/cli-setup'
import type { AccountKeys } from '@/lib/cloud'
import type { RefusalReason } from './refusal'
import { RefusalNotice } from './refusal-notice'

/** The way to do the lab from an own AWS CLI. The keys come only when it is opened. */
export function OwnCli({ endpoint, region }: { endpoint: string; region: string }) {
  const t = useTranslations('lab.ownCli')
  const [keys, setKeys] = useState<AccountKeys>()
  const [refused, setRefused] = useState<RefusalReason | 'offline'>()

  async function load() {
    const result = await accountKeys().catch(() => ({ ok: false as const, refused: 'offline' as const }))
    setRefused(result.ok ? undefined : result.refused)
    if (result.ok) setKeys(result.keys)
  }

  return (
    <details
      className="border-t border-line pt-5"
      onToggle={(event) => {
        if (event.currentTarget.open && !keys) void load()
      }}
    >
      <summary className="w-fit text-lg font-semibold hover:text-accent">{t('title')}</summary>
      <p className="mt-1 text-sm text-muted">{t('text')}</p>
      <div className="mt-3 grid grid-cols-1 gap-3">
        {refused && <RefusalNotice reason={refused} />}
        {keys && <CliSetup endpoint={endpoint} region={region} keys={keys} />}
        <p className="text-sm">
          <Link className="link" href="/sandbox/tools">
            {t('more')}
          </Link>
        </p>
      </div>
    </details>
  )
}
