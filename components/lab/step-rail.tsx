'use client'

import { useTranslations } from 'next-intl'
import { Icon } from '@/components/ui/icon'
import type { StepView } from './lab-view'

/** How a step stands on the rail. */
export type StepState = 'verified' | 'current' | 'open'

/** The steps of a lab, one under the other along a thin line, as in a notebook's margin. */
export function StepRail({ steps, stepId, stateOf, onOpen }: { steps: StepView[]; stepId: string; stateOf: (step: StepView) => StepState; onOpen: (id: string) => void }) {
  const t = useTranslations('lab.step')
  return (
    <nav aria-label={t('rail')}>
      <ol className="border-l-2 border-line">
        {steps.map((step, index) => {
          const state = stateOf(step)
          return (
            <li key={step.id}>
              <button
                type="button"
                aria-current={step.id === stepId ? 'step' : undefined}
                onClick={() => onOpen(step.id)}
                className="-ml-0.5 flex min-h-10 w-full items-center gap-2.5 border-l-2 border-transparent py-1 pl-4 text-left text-muted hover:text-ink aria-[current]:border-accent aria-[current]:font-semibold aria-[current]:text-ink"
              >
                <Icon name={state === 'verified' ? 'verified' : state === 'current' ? 'today' : 'open'} className={state === 'verified' ? 'text-good' : state === 'current' ? 'text-accent' : ''} />
                <span className="min-w-0">
                  {index + 1}. {step.title}
                  <span className="sr-only"> ({t(`state.${state}`)})</span>
                </span>
                <span className="ml-auto pl-2 text-sm font-normal whitespace-nowrap text-muted">{t(`kind.${step.kind}`)}</span>
              </button>
            </li>
          )
        })}
      </ol>
    </nav>
  )
}
