import type { Metadata } from 'next'
import { getLocale, getTimeZone, getTranslations } from 'next-intl/server'
import Link from 'next/link'
import { notFound } from 'next/navigation'
import { Icon } from '@/components/ui/icon'
import { DayCovers } from '@/components/worklog/day-covers'
import { DayRail } from '@/components/worklog/day-rail'
import { DayStatus } from '@/components/worklog/day-status'
import { InlineText } from '@/components/worklog/inline-text'
import { LabCards } from '@/components/worklog/lab-cards'
import { NotebookPage } from '@/components/worklog/notebook-page'
import { Reference } from '@/components/worklog/reference'
import { StartCard } from '@/components/worklog/start-card'
import { getViewer } from '@/lib/auth'
import { calendarDate, calendarDay } from '@/lib/i18n/dates'
import { getProgress } from '@/lib/progress/get-progress'
import { todayIn } from '@/lib/worklog/dates'
import { plainText } from '@/lib/worklog/inline'
import { worklogOf } from '@/lib/worklog/weeks'

type Props = PageProps<'/weeks/[week]/days/[day]'>

async function dayAt(params: Props['params']) {
  const { week, day } = await params
  const worklog = /^\d{1,2}$/.test(week) ? worklogOf(Number(week), await getLocale()) : undefined
  const index = worklog?.tasks.rows.findIndex((task) => String(task.day) === day) ?? -1
  const task = worklog?.tasks.rows[index]
  if (!worklog || !task) notFound()
  return { week: Number(week), worklog, task, previous: worklog.tasks.rows[index - 1], next: worklog.tasks.rows[index + 1] }
}

/** Names the day and its task. */
export async function generateMetadata({ params }: Props): Promise<Metadata> {
  const [{ task }, t] = await Promise.all([dayAt(params), getTranslations('day')])
  return { title: t('title', { day: task.day, task: plainText(task.task) }) }
}

/** One day of the worklog: its task, the labs that prove it, what one can do after it. */
export default async function DayPage({ params }: Props) {
  const { week, worklog, task, previous, next } = await dayAt(params)
  const [t, table, rail, locale, timeZone, viewer] = await Promise.all([
    getTranslations('day'),
    getTranslations('worklog.table'),
    getTranslations('worklog.rail'),
    getLocale(),
    getTimeZone(),
    getViewer(),
  ])
  const learner = viewer ? await getProgress(viewer.id) : undefined
  const progress = learner?.progress
  const today = todayIn(timeZone)

  return (
    <NotebookPage margin={<DayRail week={week} tasks={worklog.tasks.rows} today={today} progress={progress} here={task.day} />}>
      <nav aria-label={t('trail')}>
        <Link prefetch={false} href={`/weeks/${week}`} className="link inline-flex items-center gap-1.5">
          <Icon name="previous" />
          {t('backToWeek', { week })}
        </Link>
      </nav>
      <header className="mt-4">
        <p className="text-muted">
          {rail('day', { day: task.day })}
          {task.date && `, ${calendarDay(task.date, locale)}`}
          {task.date === today && <strong className="font-semibold text-accent"> · {rail('today')}</strong>}
        </p>
        <h1 className="mt-1 text-3xl sm:text-4xl">
          <InlineText text={task.task} />
        </h1>
      </header>

      <div className="mt-8 grid gap-8 md:grid-cols-[minmax(0,1fr)_20rem]">
        <dl className="grid grid-cols-[8rem_minmax(0,1fr)] content-start gap-y-2">
          {(['date', 'completed'] as const).map((field) => (
            <div key={field} className="contents">
              <dt className="text-muted">{table(field)}</dt>
              <dd className="tabular-nums">{task[field] ? calendarDate(task[field], locale) : table('none')}</dd>
            </div>
          ))}
          <dt className="text-muted">{table('reference')}</dt>
          <dd>
            <Reference text={task.reference} />
          </dd>
        </dl>
        {progress?.days[task.day] ? (
          <section aria-labelledby="state" className="rounded-lg bg-wash p-5">
            <h2 id="state" className="mb-2 text-sm font-normal text-muted">
              {t('state')}
            </h2>
            <DayStatus day={task.day} progress={progress.days[task.day]!} />
          </section>
        ) : (
          <StartCard path={`/weeks/${week}/days/${task.day}`} />
        )}
      </div>

      <LabCards day={task.day} progress={progress} />
      <DayCovers day={task.day} achievements={worklog.achievements.items} />

      <nav aria-label={t('neighbours')} className="mt-14 flex flex-wrap justify-between gap-4 border-t border-line pt-5">
        {previous ? (
          <Link prefetch={false} href={`/weeks/${week}/days/${previous.day}`} className="group max-w-sm">
            <span className="flex items-center gap-1.5 text-sm text-muted">
              <Icon name="previous" />
              {t('previous', { day: previous.day })}
            </span>
            <span className="underline decoration-line underline-offset-4 group-hover:decoration-accent">{plainText(previous.task)}</span>
          </Link>
        ) : (
          <span />
        )}
        {next && (
          <Link prefetch={false} href={`/weeks/${week}/days/${next.day}`} className="group max-w-sm text-right">
            <span className="flex items-center justify-end gap-1.5 text-sm text-muted">
              {t('next', { day: next.day })}
              <Icon name="next" />
            </span>
            <span className="underline decoration-line underline-offset-4 group-hover:decoration-accent">{plainText(next.task)}</span>
          </Link>
        )}
      </nav>
    </NotebookPage>
  )
}
