'use client'

import { useTranslations } from 'next-intl'
import { useEffect, useId, useRef, useState } from 'react'
import type { MountedEditor } from '@/components/lab/code-mirror'
import type { FieldError } from '@/components/lab/lab-view'
import { Icon } from '@/components/ui/icon'
import { FieldErrorText } from './kit'

/** An editor for JSON: a text area until CodeMirror has come. Give it another `key` to put another text into it. */
export function JsonEditor({ label, text, error, onChange }: { label: string; text: string; error?: FieldError | undefined; onChange: (text: string) => void }) {
  const t = useTranslations('lab.editor')
  const id = useId()
  const holder = useRef<HTMLDivElement>(null)
  const latest = useRef({ text, onChange })
  const [mounted, setMounted] = useState(false)
  useEffect(() => {
    latest.current = { text, onChange }
  })
  useEffect(() => {
    let gone = false
    let editor: MountedEditor | undefined
    import('@/components/lab/code-mirror').then(
      ({ mountEditor }) => {
        if (gone || !holder.current) return
        editor = mountEditor(holder.current, { text: latest.current.text, path: 'event.json', label, describedBy: `${id}-keys`, onChange: (typed) => latest.current.onChange(typed) })
        setMounted(true)
      },
      () => undefined,
    )
    return () => {
      gone = true
      editor?.destroy()
    }
  }, [label, id])
  return (
    <div className="grid grid-cols-1 gap-1.5">
      <p className="font-semibold">{label}</p>
      <div className={`overflow-hidden rounded-md border ${error ? 'border-bad' : 'border-line'}`}>
        <div ref={holder} />
        {!mounted && (
          <textarea aria-label={label} aria-describedby={`${id}-keys`} value={text} spellCheck={false} autoCapitalize="off" rows={10} onChange={(event) => onChange(event.target.value)} className="block w-full resize-y bg-paper px-3 py-2 font-mono text-sm leading-relaxed" />
        )}
      </div>
      {error && (
        <p role="alert" className="flex gap-1.5 text-sm text-bad">
          <Icon name="failed" className="mt-1 self-start" />
          <FieldErrorText error={error} />
        </p>
      )}
      <p id={`${id}-keys`} className="text-sm text-muted">
        {t('keys')}
      </p>
    </div>
  )
}
