import { getFormatter, getTranslations } from 'next-intl/server'
import { Mark } from '@/components/lab/marks'
import { Icon } from '@/components/ui/icon'
import type { AuditEvent } from '@/lib/cloud'
import { callerOf, originOf, subjectOf } from './event-words'

/** The audit trail in plain words, newest first: who called what, from where, and whether it was allowed. */
export async function Trail({ events }: { events: readonly AuditEvent[] }) {
  const [t, format] = await Promise.all([getTranslations('sandbox.trail'), getFormatter()])
  if (events.length === 0) return <p className="mt-2">{t('none')}</p>
  return (
    <ol className="mt-3 divide-y divide-line border-y border-line">
      {events.map((event) => {
        const caller = callerOf(event)
        const subject = subjectOf(event)
        const outcome = event.explanation ? 'denied' : event.errorCode ? 'failed' : 'allowed'
        return (
          <li key={event.eventID} className="grid gap-x-4 py-2.5 sm:grid-cols-[9.5rem_minmax(0,1fr)]">
            <time dateTime={event.eventTime} className="text-sm text-muted tabular-nums sm:pt-0.5">
              {format.dateTime(new Date(event.eventTime), { dateStyle: 'short', timeStyle: 'medium' })}
            </time>
            <div className="min-w-0">
              <p>
                <span className="font-semibold">{event.eventName}</span> <span className="text-muted">{event.eventSource.split('.')[0]}</span>
                {subject && <span className="font-mono text-sm break-all"> {subject}</span>}
              </p>
              <p className="flex flex-wrap items-center gap-x-3 text-sm">
                <span className={`inline-flex items-center gap-1.5 ${outcome === 'allowed' ? 'text-good' : outcome === 'denied' ? 'text-bad' : 'text-warn'}`}>
                  {outcome === 'allowed' ? <Mark name="tick" /> : <Icon name={outcome === 'denied' ? 'failed' : 'warning'} />}
                  {t(`outcome.${outcome}`)}
                </span>
                <span className="text-muted">{t('by', { who: t(`who.${caller.kind}`, { name: caller.name }), from: t(`from.${originOf(event)}`) })}</span>
              </p>
              {event.errorCode && (
                <p className="text-sm break-words">
                  <code className="font-mono">{event.errorCode}</code> <span lang="en">{event.errorMessage}</span>
                </p>
              )}
              {event.explanation && (
                <details className="mt-1 text-sm">
                  <summary className="w-fit text-muted underline decoration-line underline-offset-4 hover:text-ink">{t('why')}</summary>
                  <p className="mt-1">
                    {t(event.explanation.reason === 'explicitDeny' ? 'explicit' : 'implicit', { action: event.explanation.action, resource: event.explanation.resource })}
                  </p>
                  {event.explanation.statement !== undefined && (
                    <pre tabIndex={0} aria-label={t('statement')} className="mt-1.5 overflow-x-auto rounded-md bg-wash px-3 py-2.5 font-mono leading-relaxed">
                      {JSON.stringify(event.explanation.statement, null, 2)}
                    </pre>
                  )}
                </details>
              )}
            </div>
          </li>
        )
      })}
    </ol>
  )
}
