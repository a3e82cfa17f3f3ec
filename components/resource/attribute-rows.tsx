'use client'

import { useTranslations } from 'next-intl'
import { Button } from '@/components/ui/button'

/** Attributes of a message: names and texts. */
export function AttributeRows({ attributes, onChange }: { attributes: { name: string; value: string }[]; onChange: (attributes: { name: string; value: string }[]) => void }) {
  const t = useTranslations('resource.attributes')
  const put = (index: number, changes: Partial<(typeof attributes)[number]>) => onChange(attributes.map((one, at) => (at === index ? { ...one, ...changes } : one)))
  const look = 'min-h-11 w-full rounded-md border border-muted/60 bg-paper px-3 font-mono text-sm placeholder:text-muted'
  return (
    <fieldset className="grid grid-cols-1 gap-2">
      <legend className="mb-1 font-semibold">{t('title')}</legend>
      {attributes.map(({ name, value }, index) => (
        <div key={index} className="grid grid-cols-[minmax(0,2fr)_minmax(0,3fr)_auto] gap-2">
          <input aria-label={t('name', { number: index + 1 })} className={look} value={name} autoComplete="off" onChange={(event) => put(index, { name: event.target.value })} />
          <input aria-label={t('value', { number: index + 1 })} className={look} value={value} autoComplete="off" onChange={(event) => put(index, { value: event.target.value })} />
          <Button type="button" look="plain" aria-label={t('removeOne', { number: index + 1 })} onClick={() => onChange(attributes.filter((_, at) => at !== index))}>
            {t('remove')}
          </Button>
        </div>
      ))}
      <div>
        <Button type="button" look="plain" onClick={() => onChange([...attributes, { name: '', value: '' }])}>
          {t('add')}
        </Button>
      </div>
    </fieldset>
  )
}
