import type { Metadata } from 'next'
import { getTranslations } from 'next-intl/server'
import { z } from 'zod'
import { LearnerSearch } from '@/components/mentor/learner-search'
import { LearnerTable } from '@/components/mentor/learner-table'
import { Page } from '@/components/shell/page'
import { LinkButton } from '@/components/ui/button'
import { StateLegend } from '@/components/worklog/state-legend'
import { requireRole } from '@/lib/auth'
import { getProgressOfAll } from '@/lib/progress/get-progress'
import { arrange, learnerOrders } from '@/lib/progress/learner-order'
import { currentWeek, weekDays } from '@/lib/worklog/weeks'

/** Names the list. */
export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations('mentor'))('title') }
}

/** What the address may ask for; anything else is as if it asked for nothing. */
const asked = z.object({ q: z.string().max(100).catch(''), sort: z.enum(learnerOrders).catch('byName') })

/** For mentors: all learners and how far each is, day by day. To others the page does not exist. */
export default async function MentorPage({ searchParams }: PageProps<'/mentor'>) {
  await requireRole('MENTOR')
  const [t, learners, { q, sort }] = await Promise.all([getTranslations('mentor'), getProgressOfAll(), searchParams.then(asked.parse)])
  const shown = arrange(learners, q, sort)
  return (
    <Page>
      <h1 id="learners" className="text-3xl sm:text-4xl">
        {t('title')}
      </h1>
      <p className="mt-2 max-w-prose text-muted">{t('intro', { count: learners.length, week: currentWeek })}</p>
      {learners.length === 0 ? (
        <p className="mt-8">{t('empty')}</p>
      ) : (
        <>
          <div className="mt-8">
            <LearnerSearch query={q} order={sort} />
          </div>
          <div className="mt-8">
            {shown.length ? (
              <LearnerTable learners={shown} days={weekDays()} labelledBy="learners" />
            ) : (
              <div role="status">
                <p>{t('noMatch', { query: q })}</p>
                <LinkButton look="plain" href="/mentor" className="mt-2">
                  {t('showAll')}
                </LinkButton>
              </div>
            )}
          </div>
          <div className="mt-8">
            <StateLegend />
          </div>
        </>
      )}
    </Page>
  )
}
