'use client'

import Link from 'next/link'
import { useActionState, type ReactNode } from 'react'
import { Button } from '@/components/ui/button'
import { Field, inputClass, type ControlProps } from '@/components/ui/field'
import { Notice } from '@/components/ui/notice'
import type { AccountResult } from './actions'

/** One field: an input of `type`, or a select where it has `options`. */
export interface AccountField {
  name: string
  label: string
  help?: string
  value?: string
  type?: 'text' | 'password'
  autoComplete?: string
  options?: readonly { value: string; label: string }[]
}

/** The texts of the form's answers, in the page's language. */
export interface AccountFormTexts {
  submit: string
  saved: string
  signInAgain: string
  errors: Record<string, string>
  invalid: Record<string, string>
}

/** A form of the account page. It works without JavaScript too. */
export function AccountForm({
  action,
  fields,
  texts,
  children,
}: {
  action: (before: AccountResult, form: FormData) => Promise<AccountResult>
  fields: readonly AccountField[]
  texts: AccountFormTexts
  children?: ReactNode
}) {
  const [result, send, waiting] = useActionState(action, {})
  return (
    <form action={send} noValidate className="grid gap-5">
      {result.saved && <Notice tone="good">{texts.saved}</Notice>}
      {result.error && (
        <Notice tone="bad">
          {texts.errors[result.error]}{' '}
          {result.error === 'session' && (
            <Link href="/signin?next=/account" className="text-accent underline underline-offset-4">
              {texts.signInAgain}
            </Link>
          )}
        </Notice>
      )}
      {fields.map((field) => (
        <Field key={field.name} id={field.name} label={field.label} help={field.help} error={result.invalid?.[field.name] && texts.invalid[result.invalid[field.name] ?? '']}>
          {(control) => <Control field={field} value={result.typed?.[field.name] ?? field.value} control={control} />}
        </Field>
      ))}
      {children}
      <div>
        <Button disabled={waiting}>{texts.submit}</Button>
      </div>
    </form>
  )
}

function Control({ field, value, control }: { field: AccountField; value: string | undefined; control: ControlProps }) {
  if (!field.options) {
    return <input {...control} name={field.name} type={field.type ?? 'text'} defaultValue={value} autoComplete={field.autoComplete} className={inputClass} />
  }
  return (
    // React sets the default of a select once: another default is another select.
    <select key={value} {...control} name={field.name} defaultValue={value} className={inputClass}>
      {field.options.map((option) => (
        <option key={option.value} value={option.value}>
          {option.label}
        </option>
      ))}
    </select>
  )
}
