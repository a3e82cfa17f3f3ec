'use client'

import { useTranslations } from 'next-intl'
import { Mark } from '@/components/lab/marks'
import { Icon } from '@/components/ui/icon'
import { Notice } from '@/components/ui/notice'
import type { CorsStep } from './cors'
import { ExchangeView } from './exchange-view'
import type { Exchange } from './send-request'

/** What a browser would decide on a request from another origin, step by step. */
export function CorsView({ steps, preflight }: { steps: CorsStep[]; preflight: Exchange | undefined }) {
  const t = useTranslations('api-tester')
  const stopped = steps.find(({ ok }) => !ok)
  return (
    <section aria-label={t('cors.title')} className="grid grid-cols-1 gap-3">
      <Notice tone={stopped ? 'warn' : 'good'}>{stopped ? t(stopped.key === 'origin' ? 'cors.hidden' : 'cors.stopped') : t('cors.allowed')}</Notice>
      <ol className="grid grid-cols-1 gap-1.5">
        {steps.map(({ key, ok, values }, index) => (
          <li key={index} className="flex gap-2">
            <span className={`mt-1 ${ok ? 'text-good' : 'text-bad'}`}>{ok ? <Mark name="tick" /> : <Icon name="failed" />}</span>
            <span>
              <span className="sr-only">{ok ? t('cors.ok') : t('cors.notOk')}</span> {t(`cors.${key}.${ok ? 'ok' : 'no'}`, values)}
            </span>
          </li>
        ))}
      </ol>
      {preflight && <ExchangeView title={t('cors.preflight')} exchange={preflight} />}
    </section>
  )
}
