'use client'

import { useTranslations } from 'next-intl'
import { useEffect, useRef } from 'react'
import { Button } from '@/components/ui/button'
import { Field, inputClass, type ControlProps } from '@/components/ui/field'
import type { LabFiles } from '@/lib/lab/define-lab'
import { CliTwinView } from './cli-twin-view'
import { useElapsed } from './elapsed'
import { actionKey, type FormValues } from './form-input'
import type { ActionView, FieldError, FieldView, LabView } from './lab-view'
import { Rich } from './rich'

/** The form of an action, made from its declaration, with its AWS CLI twin. */
export function ActionForm({
  labId,
  stepId,
  action,
  events,
  values,
  files,
  errors,
  runningSince,
  busy,
  sentFromBar,
  onType,
  onRun,
}: {
  labId: string
  stepId: string
  action: ActionView
  events: LabView['events']
  values: FormValues
  files: LabFiles
  errors: Record<string, FieldError>
  runningSince: number | undefined
  busy: boolean
  sentFromBar: boolean
  onType: (values: FormValues) => void
  onRun: () => void
}) {
  const t = useTranslations('lab')
  const seconds = useElapsed(runningSince)
  const form = useRef<HTMLFormElement>(null)
  const key = actionKey(stepId, action.id)

  // Errors come after an answer of the server: the first one is where to go on.
  useEffect(() => {
    if (Object.keys(errors).length > 0) form.current?.querySelector<HTMLElement>('[aria-invalid]')?.focus()
  }, [errors])

  return (
    <form
      ref={form}
      id={`form-${key}`}
      noValidate
      className="grid grid-cols-1 gap-4"
      onSubmit={(event) => {
        event.preventDefault()
        if (!busy) onRun()
      }}
    >
      {action.fields.map((field) => (
        <Field
          key={field.name}
          id={`${key}-${field.name}`}
          label={field.label}
          help={field.help && <Rich text={field.help} />}
          error={errors[field.name] && <ErrorText error={errors[field.name]!} />}
        >
          {(control) => (
            <>
              {field.kind === 'json' && events.length > 0 && <EventChoice events={events} value={values[field.name] ?? ''} onChoose={(json) => onType({ ...values, [field.name]: json })} />}
              <Control field={field} control={control} value={values[field.name] ?? ''} onType={(value) => onType({ ...values, [field.name]: value })} />
            </>
          )}
        </Field>
      ))}
      <div className="flex flex-wrap items-center gap-x-4 gap-y-2">
        <Button disabled={busy} className={sentFromBar ? 'max-lg:hidden' : ''}>
          {runningSince === undefined ? action.title : t('action.running')}
        </Button>
        {runningSince !== undefined && (
          <p className="text-sm text-muted">
            {t(action.shows === 'invoke' ? 'action.waitingInvoke' : 'action.waiting', { service: serviceNames[action.service] ?? action.service, seconds })}
          </p>
        )}
      </div>
      <CliTwinView labId={labId} stepId={stepId} actionId={action.id} values={values} files={files} />
    </form>
  )
}

const serviceNames: Record<string, string> = { lambda: 'AWS Lambda', iam: 'IAM', logs: 'CloudWatch Logs', sts: 'STS', apigateway: 'API Gateway' }

function ErrorText({ error }: { error: FieldError }) {
  const t = useTranslations('lab')
  const ofLabs = useTranslations('lab-fields')
  const [, own] = /^lab-fields\.(.+)$/.exec(error.key) ?? []
  if (own === undefined) return t(error.key, error.values)
  // Taken as they are: these texts hold <angle brackets>, which would else be read as markup.
  return ofLabs.has(own) ? String(ofLabs.raw(own)) : t('field.invalid')
}

function EventChoice({ events, value, onChoose }: { events: LabView['events']; value: string; onChoose: (json: string) => void }) {
  const t = useTranslations('lab.action')
  return (
    <div role="group" aria-label={t('events')} className="flex flex-wrap gap-2">
      {events.map(({ name, json }) => (
        <button
          key={name}
          type="button"
          aria-pressed={same(json, value)}
          onClick={() => onChoose(json)}
          className="min-h-9 rounded-full border border-line px-3 text-sm text-muted hover:border-accent hover:text-ink aria-pressed:border-accent aria-pressed:font-semibold aria-pressed:text-accent"
        >
          {name}
        </button>
      ))}
    </div>
  )
}

function same(one: string, other: string): boolean {
  return one.replace(/\s+/g, '') === other.replace(/\s+/g, '')
}

function Control({ field, control, value, onType }: { field: FieldView; control: ControlProps; value: string; onType: (value: string) => void }) {
  const code = { spellCheck: false, autoCapitalize: 'off', autoComplete: 'off' } as const
  switch (field.kind) {
    case 'select':
      return (
        <select {...control} className={inputClass} value={value} onChange={(event) => onType(event.target.value)}>
          {!field.options?.includes(value) && <option value={value}>{value}</option>}
          {field.options?.map((option) => (
            <option key={option} value={option}>
              {option}
            </option>
          ))}
        </select>
      )
    case 'json':
    case 'multiline':
      return (
        <textarea
          {...control}
          {...code}
          className={`${inputClass} field-sizing-content max-h-80 min-h-24 resize-y font-mono text-sm leading-relaxed`}
          value={value}
          onChange={(event) => onType(event.target.value)}
        />
      )
    default:
      return (
        <input
          {...control}
          {...code}
          className={`${inputClass} font-mono text-sm`}
          inputMode={field.kind === 'number' ? 'decimal' : 'text'}
          value={value}
          onChange={(event) => onType(event.target.value)}
        />
      )
  }
}
