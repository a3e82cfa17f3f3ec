import type { ReactNode } from 'react'
import { Icon } from './icon'

/** The look of a text input, select or textarea. */
export const inputClass =
  'w-full min-h-11 rounded-md border border-muted/60 bg-paper px-3 py-2 text-ink placeholder:text-muted aria-invalid:border-bad'

/** What a control needs so that its label, help and error are read with it. */
export interface ControlProps {
  id: string
  'aria-describedby': string | undefined
  'aria-invalid': true | undefined
}

/** A labelled control with its help and its error. `children` makes the control from the properties it is given. */
export function Field({
  id,
  label,
  help,
  error,
  children,
}: {
  id: string
  label: ReactNode
  help?: ReactNode
  error?: ReactNode
  children: (control: ControlProps) => ReactNode
}) {
  const described = [help ? `${id}-help` : '', error ? `${id}-error` : ''].filter(Boolean).join(' ')
  return (
    <div className="grid gap-1.5">
      <label htmlFor={id} className="font-semibold">
        {label}
      </label>
      {children({ id, 'aria-describedby': described || undefined, 'aria-invalid': error ? true : undefined })}
      {help && (
        <p id={`${id}-help`} className="text-sm text-muted">
          {help}
        </p>
      )}
      {error && (
        <p id={`${id}-error`} className="flex gap-1.5 text-sm text-bad">
          <Icon name="failed" className="mt-1 self-start" />
          {error}
        </p>
      )}
    </div>
  )
}
