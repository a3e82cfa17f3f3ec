'use client'

import { useFormatter, useTranslations } from 'next-intl'
import { useState, type ReactNode } from 'react'
import { rotateKeys } from '@/app/sandbox/actions'
import { CopyButton } from '@/components/lab/copy-button'
import type { RefusalReason } from '@/components/lab/refusal'
import { RefusalNotice } from '@/components/lab/refusal-notice'
import { Button } from '@/components/ui/button'
import { Notice } from '@/components/ui/notice'
import type { AccountKeys } from '@/lib/cloud'
import { CliSetup } from './cli-setup'

/** The keys of the learner's account: shown, copied, replaced; and what to do with them. */
export function KeysPanel({ keys: ofPage, endpoint, region, canRotate }: { keys: AccountKeys; endpoint: string; region: string; canRotate: boolean }) {
  const t = useTranslations('sandbox.keys')
  const format = useFormatter()
  const [shown, setShown] = useState(false)
  const [asked, setAsked] = useState(false)
  const [busy, setBusy] = useState(false)
  const [rotated, setRotated] = useState<AccountKeys>()
  // The answer comes before the page made anew does; a page made later knows of later keys.
  const keys = rotated && rotated.createdAt >= ofPage.createdAt ? rotated : ofPage
  const [refused, setRefused] = useState<RefusalReason | 'offline'>()

  async function rotate() {
    setAsked(false)
    setBusy(true)
    const result = await rotateKeys().catch(() => ({ ok: false as const, refused: 'offline' as const }))
    setBusy(false)
    setRefused(result.ok ? undefined : result.refused)
    if (result.ok) setRotated(result.keys)
  }

  return (
    <div className="grid grid-cols-1 gap-8">
      <div>
        <dl className="grid grid-cols-1 gap-3">
          <Row name={t('accessKeyId')} value={keys.accessKeyId} copy={<CopyButton text={keys.accessKeyId} what={t('accessKeyIdWhat')} />} />
          <Row
            name={t('secret')}
            value={shown ? keys.secretAccessKey : '•'.repeat(24)}
            copy={
              <>
                <button
                  type="button"
                  aria-pressed={shown}
                  onClick={() => setShown(!shown)}
                  className="inline-flex min-h-9 items-center rounded-md border border-line px-2.5 text-sm hover:border-accent hover:text-accent"
                >
                  {shown ? t('hide') : t('show')}
                </button>
                <CopyButton text={keys.secretAccessKey} what={t('secretWhat')} />
              </>
            }
          />
        </dl>
        <p className="mt-3 text-sm text-muted">{t('made', { user: keys.userName, date: format.dateTime(new Date(keys.createdAt), { dateStyle: 'medium', timeStyle: 'short' }) })}</p>
        {canRotate && (
          <Button type="button" look="quiet" className="mt-3" disabled={busy} aria-expanded={asked} onClick={() => setAsked(!asked)}>
            {busy ? t('rotating') : t('rotate')}
          </Button>
        )}
        {asked && (
          <div role="group" aria-label={t('rotate')} className="mt-3 rounded-md border border-line p-4">
            <p>{t('rotateConfirm')}</p>
            <div className="mt-3 flex flex-wrap gap-3">
              <Button type="button" onClick={() => void rotate()}>
                {t('rotateYes')}
              </Button>
              <Button type="button" look="quiet" onClick={() => setAsked(false)}>
                {t('cancel')}
              </Button>
            </div>
          </div>
        )}
        {rotated && (
          <Notice tone="good" className="mt-3">
            {t('rotated')}
          </Notice>
        )}
        {refused && (
          <div className="mt-3">
            <RefusalNotice reason={refused} />
          </div>
        )}
      </div>
      <section aria-labelledby="cli-title">
        <h2 id="cli-title" className="text-xl">
          {t('cliTitle')}
        </h2>
        <p className="mt-1 mb-3 max-w-prose">{t('cliText')}</p>
        <CliSetup endpoint={endpoint} region={region} keys={keys} />
        <p className="mt-3 text-sm">
          {t.rich('cliTry', { code: (chunks) => <code className="inline-code">{chunks}</code> })}
        </p>
      </section>
    </div>
  )
}

function Row({ name, value, copy }: { name: string; value: string; copy: ReactNode }) {
  return (
    <div className="flex flex-wrap items-center gap-x-4 gap-y-1">
      <dt className="w-40 shrink-0 text-muted">{name}</dt>
      <dd className="min-w-0 flex-1 basis-64 font-mono text-sm break-all">{value}</dd>
      <dd className="flex gap-2">{copy}</dd>
    </div>
  )
}
