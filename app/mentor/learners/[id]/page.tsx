import type { Metadata } from 'next'
import { getLocale, getTimeZone, getTranslations } from 'next-intl/server'
import Link from 'next/link'
import { notFound } from 'next/navigation'
import { cache } from 'react'
import { LearnerDays } from '@/components/mentor/learner-days'
import { LearnerLabs } from '@/components/mentor/learner-labs'
import { Page } from '@/components/shell/page'
import { Icon } from '@/components/ui/icon'
import { requireRole } from '@/lib/auth'
import { momentOf } from '@/lib/i18n/dates'
import { getProgress } from '@/lib/progress/get-progress'
import { findLearner, lastRuns } from '@/lib/progress/learner-report'
import { currentWeek, worklogOf } from '@/lib/worklog/weeks'

type Props = PageProps<'/mentor/learners/[id]'>

const learnerAt = cache(async (id: string) => {
  await requireRole('MENTOR')
  return (await findLearner(id)) ?? notFound()
})

/** The learner's name. */
export async function generateMetadata({ params }: Props): Promise<Metadata> {
  return { title: (await learnerAt((await params).id)).name }
}

/** For mentors: one learner's days and labs, with dates and what the checks said last. */
export default async function LearnerPage({ params }: Props) {
  const learner = await learnerAt((await params).id)
  const [t, locale, timeZone, { progress, places }, runs] = await Promise.all([
    getTranslations('mentor.learner'),
    getLocale(),
    getTimeZone(),
    getProgress(learner.id),
    lastRuns(learner.id),
  ])
  const times = [...runs.map((run) => run.at), ...places.map((place) => place.at), ...Object.values(progress.days).flatMap((day) => day.declaredAt ?? [])]
  return (
    <Page>
      <nav aria-label={t('trail')}>
        <Link prefetch={false} href="/mentor" className="link inline-flex items-center gap-1.5">
          <Icon name="previous" />
          {t('back')}
        </Link>
      </nav>
      <h1 className="mt-4 text-3xl sm:text-4xl">{learner.name}</h1>
      <p className="mt-1 text-muted">
        {learner.email}
        {learner.email && times.length > 0 && ' · '}
        {times.length > 0 && t('activity', { date: momentOf(new Date(Math.max(...times.map(Number))), locale, timeZone) })}
      </p>
      <section aria-labelledby="days" className="mt-10">
        <h2 id="days" className="mb-2 text-xl">
          {t('days')}
        </h2>
        <LearnerDays tasks={worklogOf(currentWeek, locale)!.tasks.rows} progress={progress} />
      </section>
      <section aria-labelledby="labs" className="mt-12">
        <h2 id="labs" className="text-xl">
          {t('labs')}
        </h2>
        <LearnerLabs progress={progress} runs={runs} />
      </section>
    </Page>
  )
}
