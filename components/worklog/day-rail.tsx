import { getLocale, getTranslations } from 'next-intl/server'
import Link from 'next/link'
import { Icon } from '@/components/ui/icon'
import { calendarDay } from '@/lib/i18n/dates'
import type { Progress } from '@/lib/progress/compute-progress'
import type { Task } from '@/lib/worklog/task-table'

/**
 * The days of the week in the margin: how far each is, which one is today, which one is open. Across the page on a phone.
 *
 * @param today the reader's calendar day, YYYY-MM-DD; outside the week no day is marked
 * @param here the day whose page this is, if any
 */
export async function DayRail({ week, tasks, today, progress, here }: { week: number; tasks: readonly Task[]; today: string; progress?: Progress; here?: number }) {
  const [t, state, locale] = await Promise.all([getTranslations('worklog.rail'), getTranslations('common.state'), getLocale()])
  return (
    <nav aria-label={t('label')} className="no-print">
      <ol className="grid auto-cols-fr grid-flow-col gap-1.5 xl:grid-flow-row xl:gap-0">
        {tasks.map(({ day, date }) => {
          const of = progress?.days[day]
          return (
            <li key={day} className="relative xl:border-b xl:border-rule">
              <Link
                prefetch={false}
                href={`/weeks/${week}/days/${day}`}
                aria-current={day === here ? 'page' : undefined}
                className="group flex flex-col rounded-md px-1 py-2 hover:bg-wash aria-[current]:bg-wash xl:py-3 xl:pr-4"
              >
                <span className="flex flex-col items-center gap-1 xl:flex-row xl:gap-2">
                  {of && <Icon name={of.state} className={of.state === 'verified' ? 'text-good' : of.state === 'declared' ? 'text-accent' : 'text-muted'} />}
                  <span className="font-semibold tabular-nums group-aria-[current]:text-accent">
                    <span className="sr-only xl:not-sr-only">{t('day', { day: '' })}</span>
                    {day}
                  </span>
                </span>
                {of && <span className="sr-only">, {state(of.state)}</span>}
                {date === today && (
                  <span className="order-last mt-1 flex items-center justify-center gap-1 whitespace-nowrap text-xs font-semibold text-accent xl:order-none xl:mt-0.5 xl:justify-start xl:text-sm">
                    <Icon name="today" className="hidden! text-[0.75em] sm:inline-block!" />
                    {t('today')}
                  </span>
                )}
                {date && <span className="hidden text-sm text-muted xl:block">{calendarDay(date, locale)}</span>}
                {of && (
                  <>
                    {of.steps > 0 && (
                      <span aria-hidden="true" className="mt-1.5 block h-1 overflow-hidden rounded-full bg-line">
                        <span className="block h-full rounded-full bg-good" style={{ width: `${(of.passed / of.steps) * 100}%` }} />
                      </span>
                    )}
                    <span className="sr-only xl:not-sr-only xl:mt-1 xl:block xl:text-xs xl:text-muted">
                      {of.steps ? t('steps', { passed: of.passed, steps: of.steps }) : t('noLabs')}
                    </span>
                  </>
                )}
              </Link>
            </li>
          )
        })}
      </ol>
    </nav>
  )
}
