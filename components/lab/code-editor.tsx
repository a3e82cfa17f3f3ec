'use client'

import { useTranslations } from 'next-intl'
import { useEffect, useRef, useState } from 'react'
import { Icon } from '@/components/ui/icon'
import type { LabFiles } from '@/lib/lab/define-lab'
import type { MountedEditor } from './code-mirror'
import { filesLimit, filesSize } from './files-limit'
import { RefusalNotice } from './refusal-notice'
import type { SaverState } from './saver'

/** The learner's files, one at a time, saved as they are typed. `first` is the one to open; `revision` changes where files come from elsewhere than typing. */
export function CodeEditor({ files, first, revision, saving, onChange }: { files: LabFiles; first: string | undefined; revision: number; saving: SaverState; onChange: (files: LabFiles) => void }) {
  const t = useTranslations('lab.editor')
  const paths = Object.keys(files)
  const [open, setOpen] = useState(first ?? paths[0]!)
  const path = open in files ? open : paths[0]!
  const [tooLarge, setTooLarge] = useState<number>()

  function change(text: string) {
    const next = { ...files, [path]: text }
    const size = filesSize(next)
    setTooLarge(size > filesLimit ? size : undefined)
    if (size <= filesLimit) onChange(next)
  }

  return (
    <section aria-labelledby="editor-title">
      <div className="flex flex-wrap items-baseline justify-between gap-x-4">
        <h2 id="editor-title" className="text-lg">
          {t('title')}
        </h2>
        <p role="status" className="text-sm text-muted">
          {tooLarge ? t('notSaved') : t(`status.${saving.refused ? 'failed' : saving.status}`)}
        </p>
      </div>
      <div className="mt-2 overflow-hidden rounded-md border border-line">
        <div role="group" aria-label={t('files')} className="flex overflow-x-auto border-b border-line bg-wash">
          {paths.map((one) => (
            <button
              key={one}
              type="button"
              aria-pressed={one === path}
              onClick={() => setOpen(one)}
              className="min-h-10 border-r border-b-2 border-line border-b-transparent px-3 font-mono text-sm whitespace-nowrap text-muted hover:text-ink aria-pressed:border-b-accent aria-pressed:bg-paper aria-pressed:text-ink"
            >
              {one}
            </button>
          ))}
        </div>
        <CodeArea key={`${path} ${revision}`} path={path} text={files[path] ?? ''} label={t('label', { path })} describedBy="editor-keys" rows={14} onChange={change} />
      </div>
      {tooLarge !== undefined && (
        <p role="alert" className="mt-2 flex gap-1.5 text-bad">
          <Icon name="failed" className="mt-1.5 self-start" />
          {t('tooLarge', { size: Math.ceil(tooLarge / 1000), limit: filesLimit / 1000 })}
        </p>
      )}
      <p id="editor-keys" className="mt-1.5 text-sm text-muted">
        {t('keys')}
      </p>
      {saving.refused && (
        <div className="mt-2">
          <RefusalNotice reason={saving.refused} />
        </div>
      )}
    </section>
  )
}

/** One text with a name that decides its language: a plain text area until the editor has come, and for good where it cannot. */
export function CodeArea({ path, text, label, describedBy, rows, onChange }: { path: string; text: string; label: string; describedBy: string; rows: number; onChange: (text: string) => void }) {
  const holder = useRef<HTMLDivElement>(null)
  const plain = useRef<HTMLTextAreaElement>(null)
  const latest = useRef({ text, onChange })
  const [mounted, setMounted] = useState(false)
  useEffect(() => {
    latest.current = { text, onChange }
  })
  useEffect(() => {
    let gone = false
    let editor: MountedEditor | undefined
    import('./code-mirror').then(
      ({ mountEditor }) => {
        if (gone || !holder.current) return
        const focused = document.activeElement === plain.current
        editor = mountEditor(holder.current, { text: latest.current.text, path, label, describedBy, onChange: (typed) => latest.current.onChange(typed) })
        setMounted(true)
        if (focused) editor.focus()
      },
      () => undefined,
    )
    return () => {
      gone = true
      editor?.destroy()
    }
  }, [path, label, describedBy])
  return (
    <>
      <div ref={holder} />
      {!mounted && (
        <textarea
          ref={plain}
          aria-label={label}
          aria-describedby={describedBy}
          value={text}
          spellCheck={false}
          autoCapitalize="off"
          rows={rows}
          onChange={(event) => onChange(event.target.value)}
          className="block w-full resize-y bg-paper px-3 py-2 font-mono text-sm leading-relaxed"
        />
      )}
    </>
  )
}
