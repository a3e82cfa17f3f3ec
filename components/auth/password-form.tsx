'use client'

import { useState, type FormEvent } from 'react'
import { Button } from '@/components/ui/button'
import { Field, inputClass } from '@/components/ui/field'
import { Notice } from '@/components/ui/notice'
import { createAccount } from './actions'
import { signInAndGo, type SignInError } from './sign-in'

/** The texts of the form, in the page's language. */
export interface PasswordFormTexts {
  name: string
  email: string
  password: string
  passwordHelp: string
  submit: string
  errors: Record<SignInError, string>
  invalid: Record<string, string>
}

/** Signing in with e-mail and password, or, as `isNew`, making a learner's account and signing in with it. Quieter where there is an easier way in. */
export function PasswordForm({ isNew, isFirstChoice, next, texts }: { isNew: boolean; isFirstChoice: boolean; next: string; texts: PasswordFormTexts }) {
  const [waiting, setWaiting] = useState(false)
  const [error, setError] = useState<SignInError>()
  const [invalid, setInvalid] = useState<Record<string, string>>({})

  async function submit(event: FormEvent<HTMLFormElement>) {
    event.preventDefault()
    const form = new FormData(event.currentTarget)
    setWaiting(true)
    setError(undefined)
    const wrong = isNew ? await createAccount(form).catch(() => undefined) : {}
    setInvalid(wrong ?? {})
    const failed = wrong && Object.keys(wrong).length === 0 ? await signInAndGo('password', { email: String(form.get('email')), password: String(form.get('password')) }, next) : undefined
    const unreachable = wrong === undefined ? 'unreachable' : undefined
    setError(failed ?? unreachable)
    if (failed || unreachable || Object.keys(wrong ?? {}).length > 0) setWaiting(false)
  }

  const errorOf = (field: string) => invalid[field] && texts.invalid[invalid[field]]
  return (
    // Checked by the server and told in the page's own words, not the browser's.
    <form method="post" onSubmit={submit} noValidate className="grid gap-5">
      {error && <Notice tone="bad">{texts.errors[error]}</Notice>}
      {isNew && (
        <Field id="name" label={texts.name} error={errorOf('name')}>
          {(control) => <input {...control} name="name" autoComplete="name" required className={inputClass} />}
        </Field>
      )}
      <Field id="email" label={texts.email} error={errorOf('email')}>
        {(control) => <input {...control} name="email" type="email" autoComplete="username" required className={inputClass} />}
      </Field>
      <Field id="password" label={texts.password} help={isNew ? texts.passwordHelp : undefined} error={errorOf('password')}>
        {(control) => (
          <input {...control} name="password" type="password" autoComplete={isNew ? 'new-password' : 'current-password'} required className={inputClass} />
        )}
      </Field>
      <Button look={isFirstChoice ? 'primary' : 'quiet'} disabled={waiting} className="w-full">
        {texts.submit}
      </Button>
    </form>
  )
}
