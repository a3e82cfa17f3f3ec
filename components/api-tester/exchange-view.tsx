'use client'

import { useFormatter, useTranslations } from 'next-intl'
import { useState } from 'react'
import { CopyButton } from '@/components/lab/copy-button'
import { Pre, Summary } from '@/components/resource/kit'
import { Button } from '@/components/ui/button'
import { Icon } from '@/components/ui/icon'
import { Mark } from '@/components/lab/marks'
import type { Exchange } from './send-request'

/** A request as it went and the answer to it. */
export function ExchangeView({ title, exchange: { request, response, durationMs } }: { title: string; exchange: Exchange }) {
  const t = useTranslations('api-tester')
  const format = useFormatter()
  const [raw, setRaw] = useState(false)
  const pretty = response.isText ? prettyJson(response.body) : undefined
  const good = response.status < 400
  return (
    <section aria-label={title} className="grid grid-cols-1 gap-4 border-t border-line pt-4">
      <h3 className="font-semibold">{title}</h3>
      <div role="status" className="flex flex-wrap items-center gap-x-5 gap-y-1">
        <span className={`inline-flex items-center gap-1.5 text-lg font-semibold tabular-nums ${good ? 'text-good' : 'text-bad'}`}>
          {good ? <Mark name="tick" /> : <Icon name="failed" />}
          {response.status} {response.statusText}
        </span>
        <span className="text-muted tabular-nums">{t('took', { ms: format.number(durationMs, { maximumFractionDigits: 1 }) })}</span>
        <span className="text-muted tabular-nums">{t('size', { bytes: format.number(response.size) })}</span>
      </div>
      <div>
        <div className="flex flex-wrap items-center justify-between gap-2">
          <p className="text-sm text-muted">{t('answerBody')}</p>
          <span className="flex items-center gap-4">
            {pretty !== undefined && (
              <Button type="button" look="plain" className="text-sm" aria-pressed={raw} onClick={() => setRaw(!raw)}>
                {raw ? t('pretty') : t('raw')}
              </Button>
            )}
            {response.body !== '' && <CopyButton text={response.body} what={t('answerBodyWhat')} />}
          </span>
        </div>
        {response.body === '' ? <p className="mt-1">{t('noBody')}</p> : <Pre label={t('answerBody')} className="mt-1">{raw ? response.body : (pretty ?? response.body)}</Pre>}
        {!response.isText && response.body !== '' && <p className="mt-1 text-sm text-muted">{t('base64')}</p>}
        {response.cut && <p className="mt-1 text-sm text-warn">{t('cut')}</p>}
      </div>
      <details open>
        <Summary>{t('answerHeaders', { count: response.headers.length })}</Summary>
        <HeaderList headers={response.headers} />
      </details>
      <details>
        <Summary>{t('asSent')}</Summary>
        <Pre label={t('asSent')} className="mt-1">
          {[`${request.method} ${request.url}`, ...request.headers.map(([name, value]) => `${name}: ${value}`), ...(request.body === undefined ? [] : ['', request.body])].join('\n')}
        </Pre>
      </details>
    </section>
  )
}

function HeaderList({ headers }: { headers: Exchange['response']['headers'] }) {
  return (
    <dl className="mt-1 grid grid-cols-1 gap-x-4 font-mono text-sm sm:grid-cols-[minmax(0,14rem)_minmax(0,1fr)]">
      {headers.map(([name, value], index) => (
        <div key={index} className="contents">
          <dt className="text-muted">{name}</dt>
          <dd className="break-all">{value}</dd>
        </div>
      ))}
    </dl>
  )
}

function prettyJson(text: string): string | undefined {
  try {
    return JSON.stringify(JSON.parse(text), null, 2)
  } catch {
    return undefined
  }
}
