import { getLocale, getTimeZone, getTranslations } from 'next-intl/server'
import Link from 'next/link'
import { Icon } from '@/components/ui/icon'
import { momentOf } from '@/lib/i18n/dates'
import type { DayProgress } from '@/lib/progress/compute-progress'
import type { LearnerSummary } from '@/lib/progress/get-progress'
import { plan } from '@/lib/progress/plan'

const tones = { verified: 'text-good', declared: 'text-accent', open: 'text-muted' }

/** A day in a cell: the icon to see at a glance, the words for who cannot see it or points at it. */
function DayCell({ progress, label, steps }: { progress: DayProgress; label: string; steps: string }) {
  return (
    <span title={`${label}${steps && `, ${steps}`}`} className={`inline-flex flex-col items-center text-xl leading-none ${tones[progress.state]}`}>
      <Icon name={progress.state} />
      <span className="sr-only">
        {label}
        {steps && `, ${steps}`}
      </span>
      {progress.state !== 'verified' && progress.passed > 0 && (
        <span aria-hidden="true" className="mt-1 text-xs tabular-nums">
          {progress.passed}/{progress.steps}
        </span>
      )}
    </span>
  )
}

/** Learners with their days, a row each; on a phone a card each. */
export async function LearnerTable({ learners, days, labelledBy }: { learners: readonly LearnerSummary[]; days: readonly number[]; labelledBy: string }) {
  const [t, state, rail, locale, timeZone] = await Promise.all([
    getTranslations('mentor'),
    getTranslations('common.state'),
    getTranslations('worklog.rail'),
    getLocale(),
    getTimeZone(),
  ])
  const placeOf = ({ place }: LearnerSummary) => {
    const lab = plan.find((planned) => planned.id === place?.labId)
    if (!place || !lab) return undefined
    const step = lab.open?.steps.find((of) => of.id === place.stepId)
    const names = { lab: lab.id, title: lab.title[locale] }
    return step ? t('placeStep', { ...names, step: step.title[locale] }) : t('place', names)
  }
  const head = 'pb-2 pr-4 text-sm font-semibold align-bottom'
  return (
    <table role="table" aria-labelledby={labelledBy} className="block w-full text-left lg:table">
      <thead role="rowgroup" className="sr-only lg:not-sr-only lg:table-header-group">
        <tr role="row" className="border-b-2 border-ink/70">
          <th role="columnheader" scope="col" className={head}>
            {t('columns.name')}
          </th>
          {days.map((day) => (
            <th key={day} role="columnheader" scope="col" className={`${head} text-center tabular-nums`}>
              <span className="sr-only">{t('columns.day', { day: '' })}</span>
              {day}
            </th>
          ))}
          <th role="columnheader" scope="col" className={head}>
            {t('columns.place')}
          </th>
          <th role="columnheader" scope="col" className={`${head} pr-0`}>
            {t('columns.activity')}
          </th>
        </tr>
      </thead>
      <tbody role="rowgroup" className="block lg:table-row-group">
        {learners.map((learner) => {
          const place = placeOf(learner)
          return (
            <tr
              key={learner.id}
              role="row"
              className="grid grid-cols-5 gap-x-2 border-b border-line py-4 lg:table-row lg:py-0"
            >
              <th role="rowheader" scope="row" className="col-span-5 font-normal lg:min-w-56 lg:py-3 lg:pr-4">
                <Link prefetch={false} href={`/mentor/learners/${learner.id}`} className="font-semibold underline decoration-line underline-offset-4 hover:decoration-accent">
                  {learner.name}
                </Link>
                {learner.email && <span className="block text-sm text-muted [overflow-wrap:anywhere]">{learner.email}</span>}
              </th>
              {days.map((day) => {
                const progress = learner.progress.days[day]!
                return (
                  <td key={day} role="cell" className="py-2 text-center lg:w-14 lg:py-3 lg:pr-4">
                    <span aria-hidden="true" className="block text-xs text-muted tabular-nums lg:hidden">
                      {day}
                    </span>
                    <DayCell
                      progress={progress}
                      label={state(progress.state)}
                      steps={progress.steps ? rail('steps', { passed: progress.passed, steps: progress.steps }) : ''}
                    />
                  </td>
                )
              })}
              <td role="cell" className="col-span-5 text-sm lg:py-3 lg:pr-4">
                {place ?? <span className="text-muted">{t('nowhere')}</span>}
              </td>
              <td role="cell" className="col-span-5 text-sm text-muted tabular-nums lg:py-3 lg:whitespace-nowrap">
                {learner.lastActivity ? (
                  <time dateTime={learner.lastActivity.toISOString()}>{momentOf(learner.lastActivity, locale, timeZone)}</time>
                ) : (
                  t('never')
                )}
              </td>
            </tr>
          )
        })}
      </tbody>
    </table>
  )
}
