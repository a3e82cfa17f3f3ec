'use client'

import { useFormatter, useTranslations } from 'next-intl'
import { useState } from 'react'
import { Icon } from '@/components/ui/icon'
import { Notice } from '@/components/ui/notice'
import { AwsErrorView } from './aws-error-view'
import { InvokeChart } from './invoke-chart'
import type { InvokeView } from './lab-view'
import { LogTail } from './log-tail'
import { Mark } from './marks'

/** The last invokes of a function, one of them in full: answer, log tail, figures. The newest stands first. */
export function InvokeResult({ invokes }: { invokes: InvokeView[] }) {
  const t = useTranslations('lab.invoke')
  const format = useFormatter()
  const [chosen, setChosen] = useState<{ id: string; whenNewest: string }>()
  const newest = invokes[0]!
  // A new invoke is what one wants to see, whichever was chosen before it.
  const shown = (chosen?.whenNewest === newest.id && invokes.find(({ id }) => id === chosen.id)) || newest
  const { report } = shown
  const milliseconds = (value: number) => t('ms', { value: format.number(value, { maximumFractionDigits: 2 }) })
  return (
    <section aria-labelledby="invoke-title" className="grid grid-cols-1 gap-4 border-t border-line pt-4">
      <div className="flex flex-wrap items-baseline justify-between gap-x-4">
        <h4 id="invoke-title" className="font-semibold">
          {t('title', { name: shown.functionName })}
        </h4>
        <p className="text-sm text-muted">{format.dateTime(new Date(shown.at), { dateStyle: 'short', timeStyle: 'medium' })}</p>
      </div>
      <div role="status" className="flex flex-wrap items-center gap-x-5 gap-y-1">
        <span className={`inline-flex items-center gap-1.5 ${shown.functionError ? 'text-bad' : 'text-good'}`}>
          {shown.functionError ? <Icon name="failed" /> : <Mark name="tick" />}
          {shown.functionError ? t('failed') : t('succeeded')}
        </span>
        <span className="text-muted">{t('status', { code: shown.statusCode })}</span>
        {report && (
          <span className={`inline-flex items-center gap-1.5 rounded-full border px-2.5 text-sm ${report.initMs === undefined ? 'border-warn text-warn' : 'border-accent text-accent'}`}>
            <Mark name={report.initMs === undefined ? 'flame' : 'snow'} />
            {report.initMs === undefined ? t('warm') : t('cold')}
          </span>
        )}
      </div>
      {shown.functionError && <p>{report?.status === 'timeout' ? t('timedOut') : t('threw')}</p>}
      {report && (
        <dl className="grid grid-cols-2 gap-x-4 gap-y-3 sm:grid-cols-4">
          <Figure label={t('duration')} value={milliseconds(report.durationMs)} />
          <Figure label={t('billed')} value={milliseconds(report.billedMs)} />
          <Figure label={t('memory')} value={t('memoryOf', { used: report.usedMb, size: report.memoryMb })} />
          <Figure label={t('init')} value={report.initMs === undefined ? t('noInit') : milliseconds(report.initMs)} />
        </dl>
      )}
      <div>
        <h5 className="text-sm text-muted">{t('response')}</h5>
        <pre tabIndex={0} aria-label={t('response')} className="mt-1 max-h-72 overflow-auto rounded-md bg-wash px-3 py-2.5 font-mono text-sm leading-relaxed break-words whitespace-pre-wrap">
          {pretty(shown.text)}
        </pre>
      </div>
      <LogTail log={shown.log} />
      {shown.denied && (
        <>
          <Notice tone="warn">{t('denied', { count: shown.denied.length })}</Notice>
          {shown.denied.map((error, index) => (
            <AwsErrorView key={index} error={error} />
          ))}
        </>
      )}
      <InvokeChart invokes={invokes} shownId={shown.id} onShow={(id) => setChosen({ id, whenNewest: newest.id })} />
    </section>
  )
}

function Figure({ label, value }: { label: string; value: string }) {
  return (
    <div>
      <dt className="text-sm text-muted">{label}</dt>
      <dd className="text-lg leading-snug font-semibold tabular-nums">{value}</dd>
    </div>
  )
}

function pretty(text: string): string {
  try {
    return JSON.stringify(JSON.parse(text), null, 2)
  } catch {
    return text
  }
}
