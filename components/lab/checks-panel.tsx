'use client'

import { useFormatter, useLocale, useTranslations } from 'next-intl'
import { Button } from '@/components/ui/button'
import { Icon, type IconName } from '@/components/ui/icon'
import { StateMark } from '@/components/ui/state-mark'
import type { Locale } from '@/lib/i18n/locales'
import type { CheckerState } from './checker'
import { useElapsed } from './elapsed'
import type { OutcomeView, StepView } from './lab-view'
import { RefusalNotice } from './refusal-notice'
import { Rich } from './rich'

const marks: Record<OutcomeView['status'] | 'unknown', { icon: IconName; tone: string }> = {
  green: { icon: 'verified', tone: 'text-good' },
  red: { icon: 'open', tone: 'text-bad' },
  undecided: { icon: 'info', tone: 'text-warn' },
  error: { icon: 'warning', tone: 'text-warn' },
  unknown: { icon: 'open', tone: 'text-muted' },
}

/** The checks of a step, each with its verdict in words. The last verdicts stay while new ones are looked for. */
export function ChecksPanel({ step, checks, unanswered, onRun }: { step: StepView; checks: CheckerState; unanswered: boolean; onRun: () => void }) {
  const t = useTranslations('lab.checks')
  const format = useFormatter()
  const seen = checks.byStep[step.id]
  const running = checks.running?.stepId === step.id ? checks.running : undefined
  const seconds = useElapsed(running?.since)
  const hasChecks = step.checks.length > 0
  const allGreen = hasChecks && step.checks.every(({ id }) => seen?.outcomes.some((outcome) => outcome.checkId === id && outcome.status === 'green'))
  return (
    <section aria-labelledby="checks-title" className="mt-2 lg:mt-9 lg:border-t lg:border-line lg:pt-6">
      <div className="flex flex-wrap items-center gap-x-4 gap-y-1">
        <h2 id="checks-title" className="text-xl">
          {t('title')}
        </h2>
        {seen?.verifiedAt && (
          <StateMark
            state="verified"
            label={t('verifiedAt', { date: format.dateTime(new Date(seen.verifiedAt), { dateStyle: 'medium', timeStyle: 'short' }) })}
            className="text-sm"
          />
        )}
      </div>
      <div className="mt-1 flex min-h-9 flex-wrap items-center gap-x-3 text-sm text-muted">
        {!hasChecks ? (
          <span>{t('onlyQuestion')}</span>
        ) : running ? (
          <span>{t('since', { seconds })}</span>
        ) : (
          <>
            <span>{seen ? t('at', { time: format.dateTime(new Date(seen.at), { timeStyle: 'medium' }) }) : t('never')}</span>
            <Button type="button" look="plain" className="text-sm" onClick={onRun}>
              {t('again')}
            </Button>
          </>
        )}
      </div>
      <p role="status" className="sr-only">
        {hasChecks && !running && seen ? t('summary', { green: seen.outcomes.filter(({ status }) => status === 'green').length, of: step.checks.length }) : ''}
      </p>
      {checks.refused && (
        <div className="mt-2">
          <RefusalNotice reason={checks.refused} />
        </div>
      )}
      {allGreen && unanswered && <p className="mt-3 text-warn">{t('unanswered')}</p>}
      <ul className="mt-3 grid grid-cols-1 gap-4">
        {step.checks.map(({ id, title, expected }) => (
          <CheckItem key={id} title={title} expected={expected} outcome={seen?.outcomes.find(({ checkId }) => checkId === id)} />
        ))}
      </ul>
      {hasChecks && <p className="mt-4 text-sm text-muted">{t('how')}</p>}
    </section>
  )
}

function CheckItem({ title, expected, outcome }: { title: string; expected: string; outcome: OutcomeView | undefined }) {
  const t = useTranslations('lab.checks')
  const locale = useLocale() as Locale
  const status = outcome?.status ?? 'unknown'
  const { icon, tone } = marks[status]
  return (
    <li className="flex gap-3">
      <Icon name={icon} className={`mt-1.5 self-start ${tone}`} />
      <div className="min-w-0 flex-1">
        <p className="font-semibold">
          <Rich text={title} /> <span className={`text-sm font-normal whitespace-nowrap ${tone}`}>{t(`status.${status}`)}</span>
        </p>
        {!outcome && (
          <p className="text-muted">
            <Rich text={expected} />
          </p>
        )}
        {outcome && (
          <p>
            <Rich text={outcome.found[locale]} />
          </p>
        )}
        {outcome?.next && status !== 'green' && (
          <p className="mt-1">
            <span className="font-semibold">{t('try')}</span> <Rich text={outcome.next[locale]} />
          </p>
        )}
        {outcome && (
          <details className="mt-1 text-sm text-muted">
            <summary className="w-fit underline decoration-line underline-offset-4 hover:text-ink">{t('details')}</summary>
            <dl className="mt-1 grid grid-cols-1 gap-1">
              <div>
                <dt className="inline font-semibold">{t('expected')}</dt>{' '}
                <dd className="inline">
                  <Rich text={outcome.expected[locale]} />
                </dd>
              </div>
              <div>
                <dt className="inline font-semibold">{t('looked')}</dt>{' '}
                <dd className="inline">
                  <Rich text={outcome.looked[locale]} />
                </dd>
              </div>
            </dl>
          </details>
        )}
      </div>
    </li>
  )
}
