'use client'

import { useTranslations } from 'next-intl'
import { useState } from 'react'
import { CopyButton } from '@/components/lab/copy-button'
import type { AccountKeys } from '@/lib/cloud'
import { cliLines, shells, type Shell } from './cli-lines'

/** The lines for an own AWS CLI, for the shell at hand. The secret is covered until asked for, and copied all the same. */
export function CliSetup({ endpoint, region, keys }: { endpoint: string; region: string; keys: Pick<AccountKeys, 'accessKeyId' | 'secretAccessKey'> }) {
  const t = useTranslations('sandbox.cli')
  const [shell, setShell] = useState<Shell>('bash')
  const [shown, setShown] = useState(false)
  const lines = (secretAccessKey: string) => cliLines({ endpoint, region, keys: { accessKeyId: keys.accessKeyId, secretAccessKey } }, shell)
  return (
    <div className="min-w-0">
      <div className="flex flex-wrap items-center justify-between gap-2">
        <div role="group" aria-label={t('shell')} className="flex flex-wrap gap-x-4">
          {shells.map((one) => (
            <button
              key={one}
              type="button"
              aria-pressed={one === shell}
              onClick={() => setShell(one)}
              className="min-h-10 border-b-2 border-transparent text-sm text-muted hover:text-ink aria-pressed:border-accent aria-pressed:font-semibold aria-pressed:text-ink"
            >
              {t(`shells.${one}`)}
            </button>
          ))}
        </div>
        <div className="flex gap-2">
          <button
            type="button"
            aria-pressed={shown}
            onClick={() => setShown(!shown)}
            className="inline-flex min-h-9 items-center rounded-md border border-line bg-paper px-2.5 text-sm hover:border-accent hover:text-accent"
          >
            {shown ? t('hide') : t('show')}
          </button>
          <CopyButton text={lines(keys.secretAccessKey)} what={t('what')} />
        </div>
      </div>
      <pre tabIndex={0} aria-label={t('lines')} className="mt-2 overflow-x-auto rounded-md bg-wash px-3 py-2.5 font-mono text-sm leading-relaxed">
        {lines(shown ? keys.secretAccessKey : '•'.repeat(12))}
      </pre>
      <p className="mt-1.5 text-sm text-muted">{t(`where.${shell}`)}</p>
    </div>
  )
}
