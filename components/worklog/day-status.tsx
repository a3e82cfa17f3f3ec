import { getLocale, getTimeZone, getTranslations } from 'next-intl/server'
import { StateMark } from '@/components/ui/state-mark'
import { dayOf } from '@/lib/i18n/dates'
import type { DayProgress } from '@/lib/progress/compute-progress'
import { TickForm } from './tick-form'

/** How far the reader is with a day, since when, and the tick by hand while no lab has proved it. */
export async function DayStatus({ day, progress }: { day: number; progress: DayProgress }) {
  const [t, state, locale, timeZone] = await Promise.all([
    getTranslations('worklog.tick'),
    getTranslations('common.state'),
    getLocale(),
    getTimeZone(),
  ])
  const { verifiedAt, declaredAt } = progress
  const since = verifiedAt ?? declaredAt
  return (
    <div className="grid gap-1">
      <div aria-live="polite" className="leading-snug">
        <StateMark state={progress.state} label={state(progress.state)} className="font-semibold" />
        {since && (
          <time dateTime={since.toISOString()} className="block pl-[1.6em] text-sm text-muted tabular-nums">
            {dayOf(since, locale, timeZone)}
          </time>
        )}
        {verifiedAt && declaredAt && (
          <span className="block pl-[1.6em] text-sm text-muted">{t('also', { date: dayOf(declaredAt, locale, timeZone) })}</span>
        )}
      </div>
      {!verifiedAt && (
        <TickForm
          day={day}
          done={Boolean(declaredAt)}
          texts={{ do: t('do'), undo: t('undo'), ofDay: t('ofDay', { day }), saving: t('saving') }}
        />
      )}
    </div>
  )
}
