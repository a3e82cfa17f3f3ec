'use client'

import { useRouter } from 'next/navigation'
import { useTranslations } from 'next-intl'
import { useRef, useTransition } from 'react'
import { Button } from '@/components/ui/button'
import { inputClass } from '@/components/ui/field'
import type { Wanted } from '@/lib/inventory/filter'

const WAIT_MS = 300

/** Looks for resources by name, service and kind. What is looked for stands in the address; without JavaScript the button sends it. */
export function SearchForm({ wanted, options }: { wanted: Wanted; options: { service: string; kinds: string[] }[] }) {
  const t = useTranslations('explorer')
  const router = useRouter()
  const form = useRef<HTMLFormElement>(null)
  const timer = useRef<ReturnType<typeof setTimeout>>(undefined)
  const [searching, startSearch] = useTransition()

  function search(ms = WAIT_MS) {
    clearTimeout(timer.current)
    timer.current = setTimeout(() => {
      const filled = [...new FormData(form.current!)].filter((field): field is [string, string] => typeof field[1] === 'string' && field[1] !== '')
      startSearch(() => router.replace(`/sandbox?${new URLSearchParams(filled)}`, { scroll: false }))
    }, ms)
  }

  return (
    <form
      ref={form}
      role="search"
      action="/sandbox"
      className="mt-3 flex flex-wrap items-end gap-3"
      onSubmit={(event) => {
        event.preventDefault()
        search(0)
      }}
    >
      <label className="grid flex-1 basis-56 gap-1 text-sm">
        {t('search.name')}
        <input type="search" name="q" defaultValue={wanted.q} maxLength={200} autoComplete="off" onChange={() => search()} className={inputClass} />
      </label>
      <label className="grid basis-56 gap-1 text-sm">
        {t('search.show')}
        <select name="show" defaultValue={wanted.show} onChange={() => search(0)} className={inputClass}>
          <option value="">{t('search.all')}</option>
          {options.map(({ service, kinds }) => (
            <optgroup key={service} label={t(`services.${service as 'lambda'}`)}>
              <option value={service}>{t('search.service', { service: t(`services.${service as 'lambda'}`) })}</option>
              {kinds.map((kind) => (
                <option key={kind} value={kind}>
                  {t(`kinds.${kind as 'role'}`)}
                </option>
              ))}
            </optgroup>
          ))}
        </select>
      </label>
      <Button look="quiet">{searching ? t('search.searching') : t('search.search')}</Button>
    </form>
  )
}
