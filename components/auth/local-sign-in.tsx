'use client'

import { useState } from 'react'
import { Button } from '@/components/ui/button'
import { Icon } from '@/components/ui/icon'
import { Notice } from '@/components/ui/notice'
import { signInAndGo, type SignInError } from './sign-in'

/** One click makes the visitor on this machine its learner. */
export function LocalSignIn({ next, locale, label, errors }: { next: string; locale: string; label: string; errors: Record<SignInError, string> }) {
  const [waiting, setWaiting] = useState(false)
  const [error, setError] = useState<SignInError>()

  async function submit() {
    setWaiting(true)
    const failed = await signInAndGo('local', { locale }, next)
    setError(failed)
    if (failed) setWaiting(false)
  }

  return (
    <form action={submit} className="grid gap-4">
      {error && <Notice tone="bad">{errors[error]}</Notice>}
      <Button disabled={waiting} className="w-full text-lg">
        {label}
        <Icon name="next" />
      </Button>
    </form>
  )
}
