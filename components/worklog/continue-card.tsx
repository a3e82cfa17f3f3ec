import { getLocale, getTranslations } from 'next-intl/server'
import { LinkButton } from '@/components/ui/button'
import { StateMark } from '@/components/ui/state-mark'
import { continueAt, type NextThing } from '@/lib/progress/continue-at'
import type { LearnerProgress } from '@/lib/progress/get-progress'
import { openLabShapes, plan } from '@/lib/progress/plan'

async function NextLab({ next }: { next: Exclude<NextThing, { kind: 'day' }> }) {
  const [t, locale] = await Promise.all([getTranslations('worklog.continue'), getLocale()])
  const lab = plan.find((planned) => planned.id === next.labId)!
  const step = next.kind === 'resume' ? lab.open?.steps.find((of) => of.id === next.stepId) : undefined
  return (
    <>
      <p className="text-sm text-muted">{t(next.kind)}</p>
      <p className="mt-1 text-lg font-semibold leading-snug">{lab.title[locale]}</p>
      {step && <p className="mt-1">{t('step', { step: step.title[locale] })}</p>}
      <LinkButton href={`/labs/${lab.id}`} className="mt-4">
        {t('open', { id: lab.id })}
      </LinkButton>
    </>
  )
}

/** Where the reader goes on: one thing, one button. */
export async function ContinueCard({ week, learner }: { week: number; learner: LearnerProgress }) {
  const t = await getTranslations('worklog.continue')
  const next = continueAt(learner.progress, openLabShapes, learner.places)
  return (
    <section aria-label={t('label')} className="self-start rounded-lg bg-wash p-5">
      {!next && <StateMark state="verified" label={t('done')} className="whitespace-normal!" />}
      {next?.kind === 'day' && (
        <>
          <p className="text-sm text-muted">{t('day')}</p>
          <LinkButton href={`/weeks/${week}/days/${next.day}`} className="mt-3">
            {t('openDay', { day: next.day })}
          </LinkButton>
        </>
      )}
      {next && next.kind !== 'day' && <NextLab next={next} />}
    </section>
  )
}
