'use client'

import { useTranslations } from 'next-intl'
import { useEffect, useState } from 'react'
import { copyText } from './copy-text'

const SHOWN_MS = 2_500

/** Copies a text and says so, to the eye and to a screen reader. `what` names the text: "the command". */
export function CopyButton({ text, what }: { text: string; what: string }) {
  const t = useTranslations('lab.copy')
  const [state, setState] = useState<'ready' | 'done' | 'failed'>('ready')
  useEffect(() => {
    if (state === 'ready') return
    const timer = setTimeout(() => setState('ready'), SHOWN_MS)
    return () => clearTimeout(timer)
  }, [state])
  return (
    <>
      <button
        type="button"
        aria-label={t('label', { what })}
        onClick={async () => setState((await copyText(text)) ? 'done' : 'failed')}
        className="inline-flex min-h-9 items-center gap-1.5 whitespace-nowrap rounded-md border border-line bg-paper px-2.5 text-sm hover:border-accent hover:text-accent"
      >
        {t(state)}
      </button>
      <span role="status" className="sr-only">
        {state === 'ready' ? '' : t(state === 'done' ? 'told' : 'failed')}
      </span>
    </>
  )
}
