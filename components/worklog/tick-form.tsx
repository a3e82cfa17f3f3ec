'use client'

import { useActionState } from 'react'
import { Button } from '@/components/ui/button'
import { tickDay } from './actions'

/** The texts of the form, in the reader's language. */
export interface TickTexts {
  do: string
  undo: string
  ofDay: string
  saving: string
}

/**
 * Ticks a day by hand or takes the tick back. One button that stays in its place, so that the keyboard's focus does too.
 * Without JavaScript it is an ordinary form.
 */
export function TickForm({ day, done, texts }: { day: number; done: boolean; texts: TickTexts }) {
  const [result, action, waiting] = useActionState(tickDay, {})
  return (
    <form action={action} className="grid gap-1">
      <input type="hidden" name="day" value={day} />
      <input type="hidden" name="done" value={done ? 'no' : 'yes'} />
      <div>
        <Button look="plain" aria-busy={waiting} className="text-left text-sm font-normal!">
          {waiting ? texts.saving : done ? texts.undo : texts.do}
          <span className="sr-only"> ({texts.ofDay})</span>
        </Button>
      </div>
      {result.error && (
        <p role="alert" className="text-sm text-bad">
          {result.error}
        </p>
      )}
    </form>
  )
}
