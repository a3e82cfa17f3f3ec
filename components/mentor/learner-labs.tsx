import { getLocale, getTimeZone, getTranslations } from 'next-intl/server'
import { Icon } from '@/components/ui/icon'
import { LabState } from '@/components/worklog/lab-state'
import { momentOf } from '@/lib/i18n/dates'
import type { Lab, Step } from '@/lib/lab/define-lab'
import type { CheckOutcome } from '@/lib/lab/run-checks'
import type { LabProgress, Progress } from '@/lib/progress/compute-progress'
import type { LastRun } from '@/lib/progress/learner-report'
import { plan } from '@/lib/progress/plan'

const icons = { green: 'verified', red: 'failed', undecided: 'info', error: 'warning' } as const
const tones = { green: 'text-good', red: 'text-bad', undecided: 'text-warn', error: 'text-warn' }

async function Outcome({ outcome }: { outcome: CheckOutcome }) {
  const [t, locale] = await Promise.all([getTranslations('mentor.learner'), getLocale()])
  return (
    <li className="mt-2">
      <span className={`inline-flex items-baseline gap-1.5 ${tones[outcome.status]}`}>
        <Icon name={icons[outcome.status]} />
        {t(`status.${outcome.status}`)}
      </span>{' '}
      {outcome.title[locale]}
      {outcome.status !== 'green' && (
        <span className="block text-sm text-muted">
          {t('expected', { text: outcome.expected[locale] })}
          <br />
          {t('found', { text: outcome.found[locale] })}
        </span>
      )}
    </li>
  )
}

async function StepReport({ step, passedAt, run }: { step: Step; passedAt?: Date; run?: LastRun }) {
  const [t, backend, locale, timeZone] = await Promise.all([getTranslations('mentor.learner'), getTranslations('mentor.backend'), getLocale(), getTimeZone()])
  const ran = run && t('lastRun', { date: momentOf(run.at, locale, timeZone), backend: backend.has(run.backend) ? backend(run.backend) : run.backend })
  return (
    <li className="border-t border-rule py-3">
      <h4 className="font-semibold">{step.title[locale]}</h4>
      <p className="text-sm text-muted">
        {passedAt && <>{t('passedOn', { date: momentOf(passedAt, locale, timeZone) })}. </>}
        {ran ? `${ran}: ${run.green ? t('allGreen') : t('noneGreen')}.` : `${t('notRun')}.`}
      </p>
      {run && (
        <ul>
          {run.outcomes.map((outcome) => (
            <Outcome key={outcome.checkId} outcome={outcome} />
          ))}
        </ul>
      )}
    </li>
  )
}

function LabReport({ lab, title, progress, runs }: { lab: Lab; title: string; progress?: LabProgress; runs: readonly LastRun[] }) {
  return (
    <section aria-labelledby={`lab-${lab.id}`} className="mt-8">
      <h3 id={`lab-${lab.id}`} className="text-lg">
        <span className="tabular-nums">{lab.id}</span> {title}
      </h3>
      <p className="mb-2 text-sm">
        <LabState progress={progress} />
      </p>
      {runs.length > 0 && (
        <ol>
          {lab.steps.map((step) => (
            <StepReport key={step.id} step={step} passedAt={progress?.passedAt[step.id]} run={runs.find((run) => run.stepId === step.id)} />
          ))}
        </ol>
      )}
    </section>
  )
}

/** A learner's labs, step by step: when each was passed and what its checks said last. One never checked has no steps to tell of. */
export async function LearnerLabs({ progress, runs }: { progress: Progress; runs: readonly LastRun[] }) {
  const locale = await getLocale()
  return plan.map(
    (lab) => lab.open && <LabReport key={lab.id} lab={lab.open} title={lab.title[locale]} progress={progress.labs[lab.id]} runs={runs.filter((run) => run.labId === lab.id)} />,
  )
}
