import type { Metadata } from 'next'
import { getLocale, getTimeZone, getTranslations } from 'next-intl/server'
import { notFound } from 'next/navigation'
import { Achievements } from '@/components/worklog/achievements'
import { ContinueCard } from '@/components/worklog/continue-card'
import { DayRail } from '@/components/worklog/day-rail'
import { InlineText } from '@/components/worklog/inline-text'
import { NotebookPage } from '@/components/worklog/notebook-page'
import { StartCard } from '@/components/worklog/start-card'
import { StateLegend } from '@/components/worklog/state-legend'
import { TaskTable } from '@/components/worklog/task-table'
import { getViewer } from '@/lib/auth'
import { calendarDate } from '@/lib/i18n/dates'
import { getProgress } from '@/lib/progress/get-progress'
import { todayIn } from '@/lib/worklog/dates'
import type { Worklog } from '@/lib/worklog/parse-worklog'
import { worklogOf } from '@/lib/worklog/weeks'

async function worklogAt(params: PageProps<'/weeks/[week]'>['params']): Promise<Worklog & { week: number }> {
  const { week } = await params
  const worklog = /^\d{1,2}$/.test(week) ? worklogOf(Number(week), await getLocale()) : undefined
  if (!worklog) notFound()
  return { ...worklog, week: Number(week) }
}

/** The worklog's own title. */
export async function generateMetadata({ params }: PageProps<'/weeks/[week]'>): Promise<Metadata> {
  return { title: (await worklogAt(params)).title }
}

/** A week's worklog: goals, the table of tasks, achievements, with the reader's own progress in it. */
export default async function WeekPage({ params }: PageProps<'/weeks/[week]'>) {
  const worklog = await worklogAt(params)
  const [t, locale, timeZone, viewer] = await Promise.all([getTranslations('worklog'), getLocale(), getTimeZone(), getViewer()])
  const learner = viewer ? await getProgress(viewer.id) : undefined
  const { week } = worklog
  const tasks = worklog.tasks.rows
  const today = todayIn(timeZone)
  const dates = tasks.flatMap((task) => task.date ?? []).sort()
  const states = tasks.map((task) => learner?.progress.days[task.day]?.state)

  return (
    <NotebookPage margin={<DayRail week={week} tasks={tasks} today={today} progress={learner?.progress} />}>
      <header>
        <h1 className="text-3xl sm:text-4xl">{worklog.title}</h1>
        <p className="mt-2 text-muted">
          {dates.length > 0 && t('span', { from: calendarDate(dates[0]!, locale), to: calendarDate(dates.at(-1)!, locale) })}
        </p>
        {learner && (
          <p className="mt-1">
            {t('summary', {
              verified: states.filter((state) => state === 'verified').length,
              declared: states.filter((state) => state === 'declared').length,
              total: tasks.length,
            })}
          </p>
        )}
      </header>

      <div className="mt-8 grid gap-8 md:grid-cols-[minmax(0,1fr)_20rem]">
        <section aria-labelledby="goals">
          <h2 id="goals" className="text-xl">
            {worklog.goals.heading}
          </h2>
          <ul className="mt-3 grid gap-1">
            {worklog.goals.items.map((goal) => (
              <li key={goal.key} className="relative pl-5 before:absolute before:left-0 before:text-muted before:content-['–']">
                <InlineText text={goal.text} />
              </li>
            ))}
          </ul>
        </section>
        {learner ? <ContinueCard week={week} learner={learner} /> : <StartCard path={`/weeks/${week}`} />}
      </div>

      <section aria-labelledby="tasks" className="mt-12">
        <h2 id="tasks" className="mb-4 text-xl">
          {worklog.tasks.heading}
        </h2>
        <TaskTable week={week} tasks={tasks} labelledBy="tasks" today={today} progress={learner?.progress} />
        {learner && (
          <div className="mt-5">
            <p className="mb-4 text-sm text-muted">{t('table.note')}</p>
            <StateLegend />
          </div>
        )}
        {worklog.problems.length > 0 && (
          <p className="mt-4 text-sm text-warn">
            {t('unread', { count: worklog.problems.length, lines: [...new Set(worklog.problems.map((problem) => problem.line))].join(', ') })}
          </p>
        )}
      </section>

      <section aria-labelledby="achievements" className="mt-14">
        <h2 id="achievements" className="text-xl">
          {worklog.achievements.heading}
        </h2>
        <Achievements items={worklog.achievements.items} progress={learner?.progress} />
      </section>
    </NotebookPage>
  )
}
