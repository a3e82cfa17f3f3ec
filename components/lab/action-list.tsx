'use client'

import { useFormatter, useTranslations } from 'next-intl'
import type { LabFiles } from '@/lib/lab/define-lab'
import { ActionForm } from './action-form'
import { ActionOutcome } from './action-outcome'
import { actionKey, type FormValues } from './form-input'
import type { ActionResult, InvokeView, LabView, StepView } from './lab-view'
import { Mark } from './marks'

/** The actions of a step, of which one is open: its form, its AWS CLI twin and what came of it. */
export function ActionList({
  labId,
  step,
  events,
  forms,
  files,
  results,
  sent,
  invokes,
  running,
  open,
  sentFromBar,
  onOpen,
  onType,
  onRun,
}: {
  labId: string
  step: StepView
  events: LabView['events']
  forms: Record<string, FormValues>
  files: LabFiles
  results: Record<string, ActionResult | { ok: false; refused: 'offline' }>
  sent: Record<string, string>
  invokes: InvokeView[]
  running: { key: string; since: number } | undefined
  open: string | undefined
  /** Whether a phone has the open action's button in the bar at its bottom. */
  sentFromBar: boolean
  onOpen: (id: string) => void
  onType: (key: string, values: FormValues) => void
  onRun: (id: string) => void
}) {
  const t = useTranslations('lab.action')
  const format = useFormatter()
  return (
    <section aria-labelledby="actions-title">
      <h2 id="actions-title" className="text-lg">
        {t('title')}
      </h2>
      <ol className="mt-2 divide-y divide-line rounded-md border border-line">
        {step.actions.map((action, index) => {
          const key = actionKey(step.id, action.id)
          const isOpen = action.id === open
          const result = results[key]
          return (
            <li key={action.id}>
              <h3>
                <button
                  type="button"
                  aria-expanded={isOpen}
                  aria-controls={`action-${key}`}
                  onClick={() => onOpen(action.id)}
                  className="flex min-h-12 w-full items-center gap-3 px-4 py-2 text-left font-semibold hover:text-accent"
                >
                  <Mark name="chevron" className={`text-muted ${isOpen ? 'rotate-90' : ''}`} />
                  <span className="min-w-0 flex-1">
                    {index + 1}. {action.title}
                  </span>
                  {sent[key] && (
                    <span className="flex items-center gap-1.5 text-sm font-normal whitespace-nowrap text-muted">
                      <Mark name="tick" />
                      {t('sentAt', { time: format.dateTime(new Date(sent[key]), { timeStyle: 'short' }) })}
                    </span>
                  )}
                </button>
              </h3>
              <div id={`action-${key}`} hidden={!isOpen} className="px-4 pb-5">
                {isOpen && (
                  <>
                    <ActionForm
                      labId={labId}
                      stepId={step.id}
                      action={action}
                      events={action.shows === 'invoke' ? events : []}
                      values={forms[key] ?? {}}
                      files={files}
                      errors={result && 'fields' in result ? result.fields : {}}
                      runningSince={running?.key === key ? running.since : undefined}
                      busy={running !== undefined}
                      sentFromBar={sentFromBar}
                      onType={(values) => onType(key, values)}
                      onRun={() => onRun(action.id)}
                    />
                    <ActionOutcome id={`outcome-${key}`} action={action} labId={labId} result={result} invokes={action.shows === 'invoke' ? invokes.filter(({ functionName }) => functionName === forms[key]?.FunctionName) : []} />
                  </>
                )}
              </div>
            </li>
          )
        })}
      </ol>
    </section>
  )
}
