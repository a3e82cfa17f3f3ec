import { getLocale, getTranslations } from 'next-intl/server'
import Link from 'next/link'
import type { ReactNode } from 'react'
import { calendarDay } from '@/lib/i18n/dates'
import type { Progress } from '@/lib/progress/compute-progress'
import type { Task } from '@/lib/worklog/task-table'
import { DayLabs } from './day-labs'
import { DayStatus } from './day-status'
import { InlineText } from './inline-text'
import { Reference } from './reference'

/** A cell that carries its column's name with it where the table turns into cards. */
function Cell({ label, className = '', children }: { label: string; className?: string; children: ReactNode }) {
  return (
    <td role="cell" className={`grid grid-cols-[6.25rem_minmax(0,1fr)] py-1 lg:table-cell lg:py-5 lg:pr-5 ${className}`}>
      <span aria-hidden="true" className="text-sm text-muted lg:hidden">
        {label}
      </span>
      <div className="min-w-0">{children}</div>
    </td>
  )
}

/**
 * The week's tasks, a row a day: the heart of the page. On a phone each row is a card; the roles are named so that it
 * stays a table to a screen reader there too. Without progress (nobody signed in) the reader's own column is left out.
 *
 * @param today the reader's calendar day, YYYY-MM-DD
 */
export async function TaskTable({ week, tasks, labelledBy, today, progress }: { week: number; tasks: readonly Task[]; labelledBy: string; today: string; progress?: Progress }) {
  const [t, rail, locale] = await Promise.all([getTranslations('worklog.table'), getTranslations('worklog.rail'), getLocale()])
  const columns = ['day', 'task', 'date', 'completed', 'reference', ...(progress ? ['yours'] : [])] as const
  const date = (iso: string | undefined) =>
    iso ? (
      <time dateTime={iso} className="whitespace-nowrap tabular-nums">
        {calendarDay(iso, locale)}
      </time>
    ) : (
      <span className="text-muted">{t('none')}</span>
    )
  return (
    <table role="table" aria-labelledby={labelledBy} className="block w-full border-collapse text-left lg:table">
      <thead role="rowgroup" className="sr-only lg:not-sr-only lg:table-header-group">
        <tr role="row" className="border-b-2 border-ink/70">
          {columns.map((column) => (
            <th key={column} role="columnheader" scope="col" className="pb-2 pr-5 text-sm font-semibold">
              {t(column)}
            </th>
          ))}
        </tr>
      </thead>
      <tbody role="rowgroup" className="block lg:table-row-group">
        {tasks.map((task) => (
          <tr
            key={task.day}
            role="row"
            id={`day-${task.day}`}
            className={`block border-b border-line py-5 align-top lg:table-row lg:py-0 ${task.date === today ? 'bg-wash shadow-[-0.75rem_0_0_var(--wash),0.75rem_0_0_var(--wash)]' : ''}`}
          >
            <th role="rowheader" scope="row" className="mb-1 flex items-baseline gap-2 lg:mb-0 lg:table-cell lg:py-5 lg:pr-5">
              <span aria-hidden="true" className="text-sm font-normal text-muted lg:hidden">
                {t('day')}
              </span>
              <span className="text-2xl font-semibold leading-none tabular-nums">{task.day}</span>
              {task.date === today && <span className="text-sm font-semibold text-accent lg:mt-1.5 lg:block">{rail('today')}</span>}
            </th>
            <td role="cell" className="block pb-3 lg:table-cell lg:w-[34%] lg:py-5 lg:pr-6">
              <Link prefetch={false} href={`/weeks/${week}/days/${task.day}`} className="text-lg font-semibold leading-snug underline decoration-line decoration-1 underline-offset-4 hover:decoration-accent">
                <InlineText text={task.task} />
              </Link>
              <DayLabs day={task.day} progress={progress} />
            </td>
            <Cell label={t('date')}>{date(task.date)}</Cell>
            <Cell label={t('completed')}>{date(task.completed)}</Cell>
            <Cell label={t('reference')} className="text-sm lg:min-w-40">
              <Reference text={task.reference} />
            </Cell>
            {progress?.days[task.day] && (
              <Cell label={t('yours')} className="lg:w-44 lg:pr-0!">
                <DayStatus day={task.day} progress={progress.days[task.day]!} />
              </Cell>
            )}
          </tr>
        ))}
      </tbody>
    </table>
  )
}
