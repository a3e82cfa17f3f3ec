'use client'

import { useTranslations } from 'next-intl'
import { useEffect, useId, useRef, useState, type ReactNode } from 'react'
import { AwsErrorView } from '@/components/lab/aws-error-view'
import { CopyButton } from '@/components/lab/copy-button'
import { useElapsed } from '@/components/lab/elapsed'
import type { FieldError } from '@/components/lab/lab-view'
import { RefusalNotice } from '@/components/lab/refusal-notice'
import { Button } from '@/components/ui/button'
import { Field, inputClass } from '@/components/ui/field'
import { Icon } from '@/components/ui/icon'
import { Notice } from '@/components/ui/notice'
import type { CallInput, CallName } from './calls'
import { postJson, type Sending } from './use-call'

const TWIN_WAIT_MS = 350

/** A part of a view. */
export function Section({ title, aside, children }: { title: ReactNode; aside?: ReactNode; children: ReactNode }) {
  const id = useId()
  return (
    <section aria-labelledby={id} className="mt-8 min-w-0">
      <div className="flex flex-wrap items-baseline justify-between gap-x-4">
        <h3 id={id} className="text-xl">
          {title}
        </h3>
        {aside}
      </div>
      <div className="mt-3 grid grid-cols-1 gap-4">{children}</div>
    </section>
  )
}

/** What is under way, since when, or what stopped it: AWS's error or Worklab's refusal. */
export function SendingView({ sending }: { sending: Sending }) {
  const t = useTranslations('resource')
  const seconds = useElapsed(sending.since)
  return (
    <div className="grid grid-cols-1 gap-3 empty:hidden">
      {sending.since !== undefined && <p className="text-sm text-muted">{t('waiting', { seconds })}</p>}
      {sending.error && <AwsErrorView error={sending.error} />}
      {sending.refused && <RefusalNotice reason={sending.refused} />}
      {sending.fields && (
        <p role="alert" className="sr-only">
          {t('fieldErrors', { count: Object.keys(sending.fields).length })}
        </p>
      )}
    </div>
  )
}

/** The AWS CLI command of a call, kept up with what is typed. */
export function Twin<Name extends CallName>({ call, input }: { call: Name; input: CallInput<Name> }) {
  const t = useTranslations('lab.cli')
  const [open, setOpen] = useState(false)
  const [text, setText] = useState<string>()
  const [stale, setStale] = useState(false)
  const sent = JSON.stringify(input)
  useEffect(() => {
    if (!open) return
    const stop = new AbortController()
    const timer = setTimeout(async () => {
      const answer = await postJson<{ text?: string }>('/sandbox/call', { call, input: JSON.parse(sent), cli: true }, stop.signal)
      if (stop.signal.aborted) return
      if (answer.ok && answer.text !== undefined) setText(answer.text)
      setStale(!answer.ok || answer.text === undefined)
    }, TWIN_WAIT_MS)
    return () => {
      clearTimeout(timer)
      stop.abort()
    }
  }, [open, call, sent])
  return (
    <details className="min-w-0" onToggle={(event) => setOpen(event.currentTarget.open)}>
      <Summary>{t('title')}</Summary>
      {text !== undefined && <CliText text={text} note={stale ? t('stale') : undefined} />}
    </details>
  )
}

/** A form that sends a call to AWS: its fields, its button, how it goes, what came of it, and its CLI twin. */
export function CallForm<Name extends CallName>({
  call,
  input,
  button,
  sending,
  result,
  onSend,
  children,
}: {
  call: Name
  input: CallInput<Name>
  button: string
  sending: Sending
  result?: ReactNode
  onSend: () => void
  children: ReactNode
}) {
  return (
    <>
      <form
        noValidate
        className="grid grid-cols-1 gap-4"
        onSubmit={(event) => {
          event.preventDefault()
          onSend()
        }}
      >
        {children}
        <div>
          <Button disabled={sending.since !== undefined}>{button}</Button>
        </div>
      </form>
      <SendingView sending={sending} />
      {result}
      <Twin call={call} input={input} />
    </>
  )
}

/** A command to copy. */
export function CliText({ text, note }: { text: string; note?: string | undefined }) {
  const t = useTranslations('lab.cli')
  return (
    <div className="mt-1.5 min-w-0">
      <div className="flex items-start gap-2 rounded-md bg-wash py-2 pr-2 pl-3">
        <pre tabIndex={0} aria-label={t('title')} className="max-h-64 min-w-0 flex-1 overflow-auto py-1 font-mono text-sm leading-relaxed">
          {text}
        </pre>
        <CopyButton text={text} what={t('what')} />
      </div>
      {note && <p className="mt-1 text-sm text-muted">{note}</p>}
    </div>
  )
}

/** The line that opens a fold. */
export function Summary({ children }: { children: ReactNode }) {
  return <summary className="w-fit py-1 text-sm text-muted underline decoration-line underline-offset-4 hover:text-ink">{children}</summary>
}

/** A text that may be long, kept to a box. */
export function Pre({ label, children, className = '' }: { label: string; children: ReactNode; className?: string }) {
  return (
    <pre tabIndex={0} aria-label={label} className={`max-h-96 overflow-auto rounded-md bg-wash px-3 py-2.5 font-mono text-sm leading-relaxed break-words whitespace-pre-wrap ${className}`}>
      {children}
    </pre>
  )
}

/** A resource's policy as it stands, folded; nothing where there is none. */
export function PolicyFold({ title, policy }: { title: string; policy: string | undefined }) {
  if (!policy) return null
  return (
    <Fold title={title}>
      <Pre label={title}>{JSON.stringify(JSON.parse(policy), null, 2)}</Pre>
    </Fold>
  )
}

/** A labelled text field with its error. */
export function TextField({
  label,
  help,
  error,
  value,
  onType,
  type = 'text',
  lines,
  placeholder,
}: {
  label: string
  help?: string | undefined
  error?: FieldError | undefined
  value: string
  onType: (value: string) => void
  type?: 'text' | 'number' | 'datetime-local'
  lines?: number
  placeholder?: string
}) {
  const id = useId()
  const code = { spellCheck: false, autoCapitalize: 'off', autoComplete: 'off', placeholder } as const
  return (
    <Field id={id} label={label} help={help} error={error && <FieldErrorText error={error} />}>
      {(control) =>
        lines === undefined ? (
          <input {...control} {...code} type={type === 'number' ? 'text' : type} inputMode={type === 'number' ? 'decimal' : 'text'} className={`${inputClass} font-mono text-sm`} value={value} onChange={(event) => onType(event.target.value)} />
        ) : (
          <textarea {...control} {...code} rows={lines} className={`${inputClass} resize-y font-mono text-sm leading-relaxed`} value={value} onChange={(event) => onType(event.target.value)} />
        )
      }
    </Field>
  )
}

/** A labelled choice. Options are values, or values with their words. */
export function Choice({ label, help, value, options, onChoose }: { label: string; help?: string; value: string; options: readonly (string | readonly [string, string])[]; onChoose: (value: string) => void }) {
  const id = useId()
  return (
    <Field id={id} label={label} help={help}>
      {(control) => (
        <select {...control} className={`${inputClass} text-sm`} value={value} onChange={(event) => onChoose(event.target.value)}>
          {options.map((option) => {
            const [one, words] = typeof option === 'string' ? [option, option] : option
            return (
              <option key={one} value={one}>
                {words}
              </option>
            )
          })}
        </select>
      )}
    </Field>
  )
}

/** What is wrong with a field, in the reader's language. */
export function FieldErrorText({ error: { key, values } }: { error: FieldError }) {
  const t = useTranslations('lab')
  const own = useTranslations('resource.field')
  const name = key.replace(/^lab-fields\./, '')
  return own.has(name) ? own(name, values) : t.has(key) ? t(key, values) : t('field.invalid')
}

/** Asks before something that cannot be undone. */
export function Confirm({ button, text, yes, busy, onYes }: { button: string; text: ReactNode; yes: string; busy?: boolean; onYes: () => void }) {
  const t = useTranslations('resource')
  const [asked, setAsked] = useState(false)
  const first = useRef<HTMLButtonElement>(null)
  useEffect(() => {
    if (asked) first.current?.focus()
  }, [asked])
  return (
    <div className="grid grid-cols-1 justify-items-start gap-3">
      <Button type="button" look="quiet" disabled={busy} aria-expanded={asked} onClick={() => setAsked(!asked)}>
        {button}
      </Button>
      {asked && (
        <div role="group" aria-label={button} className="rounded-md border border-line p-4">
          <p className="max-w-prose">{text}</p>
          <div className="mt-3 flex flex-wrap gap-3">
            <button
              ref={first}
              type="button"
              className="inline-flex min-h-11 items-center rounded-md bg-accent px-4 font-semibold text-accent-ink hover:opacity-90"
              onClick={() => {
                setAsked(false)
                onYes()
              }}
            >
              {yes}
            </button>
            <Button type="button" look="quiet" onClick={() => setAsked(false)}>
              {t('cancel')}
            </Button>
          </div>
        </div>
      )}
    </div>
  )
}

/** Says that something went through, and how to take it back. */
export function Done({ children, undo, onUndo }: { children: ReactNode; undo?: string; onUndo?: (() => void) | undefined }) {
  return (
    <Notice tone="info">
      {children}{' '}
      {onUndo && (
        <Button type="button" look="plain" onClick={onUndo}>
          {undo}
        </Button>
      )}
    </Notice>
  )
}

/** Something that stands alone where a list would be. */
export function Nothing({ children }: { children: ReactNode }) {
  return (
    <p className="flex gap-2 rounded-md border border-dashed border-line px-4 py-3 text-muted">
      <Icon name="info" className="mt-1 self-start" />
      <span>{children}</span>
    </p>
  )
}

/** Opens a part of a view that is not always needed. */
export function Fold({ title, children, open = false }: { title: string; children: ReactNode; open?: boolean }) {
  return (
    <details open={open} className="min-w-0 rounded-md border border-line px-4 py-2.5 [&[open]>summary]:mb-3">
      <summary className="min-h-8 content-center font-semibold hover:text-accent">{title}</summary>
      <div className="grid grid-cols-1 gap-4 pb-2">{children}</div>
    </details>
  )
}
