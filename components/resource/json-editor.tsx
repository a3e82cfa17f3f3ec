'use client'

import { useTranslations } from 'next-intl'
import { useId } from 'react'
import { CodeArea } from '@/components/lab/code-editor'
import type { FieldError } from '@/components/lab/lab-view'
import { Icon } from '@/components/ui/icon'
import { FieldErrorText } from './kit'

/** An editor for JSON. Give it another `key` to put another text into it. */
export function JsonEditor({ label, text, error, onChange }: { label: string; text: string; error?: FieldError | undefined; onChange: (text: string) => void }) {
  const t = useTranslations('lab.editor')
  const keysId = useId()
  return (
    <div className="grid grid-cols-1 gap-1.5">
      <p className="font-semibold">{label}</p>
      <div className={`overflow-hidden rounded-md border ${error ? 'border-bad' : 'border-line'}`}>
        <CodeArea path="event.json" text={text} label={label} describedBy={keysId} rows={10} onChange={onChange} />
      </div>
      {error && (
        <p role="alert" className="flex gap-1.5 text-sm text-bad">
          <Icon name="failed" className="mt-1 self-start" />
          <FieldErrorText error={error} />
        </p>
      )}
      <p id={keysId} className="text-sm text-muted">
        {t('keys')}
      </p>
    </div>
  )
}
