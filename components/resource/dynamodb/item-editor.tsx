'use client'

import { useTranslations } from 'next-intl'
import { useEffect, useRef, useState } from 'react'
import { jsonError } from '@/components/lab/form-input'
import type { FieldError } from '@/components/lab/lab-view'
import { Button } from '@/components/ui/button'
import type { CallInput } from '../calls'
import { itemOf, plainOf, type ItemJson } from '../item-json'
import { JsonEditor } from '../json-editor'
import { Choice, SendingView, Twin } from '../kit'
import { useCall } from '../use-call'
import type { KeyView } from './table-items'

type Form = 'plain' | 'dynamodb'

const print = (item: ItemJson, form: Form) => JSON.stringify(form === 'plain' ? plainOf(item).plain : item, null, 2)

function read(text: string, form: Form): ItemJson | FieldError {
  const error = jsonError(text)
  if (error) return error
  try {
    const value: unknown = JSON.parse(text)
    if (form === 'plain') return itemOf(value)
    const shaped = typeof value === 'object' && value !== null && Object.values(value).every((one) => typeof one === 'object' && one !== null && Object.keys(one).length === 1 && /^(S|N|B|BOOL|NULL|M|L|SS|NS|BS)$/.test(Object.keys(one)[0]!))
    return shaped ? (value as ItemJson) : { key: 'dynamodbJson' }
  } catch {
    return { key: 'itemObject' }
  }
}

/** An attribute named `key` is an object; an error's `key` is a text. */
const isError = (one: ItemJson | FieldError): one is FieldError => typeof one.key === 'string'

/** An item to write, as plain JSON or as DynamoDB's. An item that plain JSON would change is only offered as DynamoDB's. */
export function ItemEditor({ table, keys, item, onSaved, onClose }: { table: string; keys: KeyView[]; item: ItemJson | undefined; onSaved: (item: ItemJson, old: ItemJson | null) => void; onClose: () => void }) {
  const t = useTranslations('resource.dynamodb')
  const start = item ?? Object.fromEntries(keys.map(({ name, type }) => [name, { [type]: type === 'N' ? '1' : '' }]))
  const { lossless } = plainOf(start)
  const [form, setForm] = useState<Form>(lossless ? 'plain' : 'dynamodb')
  const [text, setText] = useState({ value: print(start, lossless ? 'plain' : 'dynamodb'), revision: 0 })
  const [guarded, setGuarded] = useState(true)
  const [error, setError] = useState<FieldError>()
  const { sending, send } = useCall('dynamodb.put')
  const heading = useRef<HTMLHeadingElement>(null)
  useEffect(() => heading.current?.focus(), [])

  const now = read(text.value, form)
  const input = (given: ItemJson): CallInput<'dynamodb.put'> => ({ table, item: given, ...(guarded && (item ? { unchanged: item } : { unless: [keys[0]!.name] })) })

  function change(to: Form) {
    const current = read(text.value, form)
    if (isError(current)) return setError(current)
    if (to === 'plain' && !plainOf(current).lossless) return setError({ key: 'lossy' })
    setError(undefined)
    setForm(to)
    setText(({ revision }) => ({ value: print(current, to), revision: revision + 1 }))
  }

  async function save() {
    const current = read(text.value, form)
    setError(isError(current) ? current : undefined)
    if (isError(current)) return
    const answer = await send(input(current))
    if (answer) onSaved(current, answer.old)
  }

  return (
    <div className="grid grid-cols-1 gap-4 rounded-md border border-accent p-4">
      <h4 ref={heading} tabIndex={-1} className="font-semibold">
        {t(item ? 'editTitle' : 'addTitle')}
      </h4>
      <div className="sm:max-w-xs">
        <Choice label={t('writtenAs')} value={form} options={(['plain', 'dynamodb'] as const).map((one) => [one, t(`forms.${one}`)] as const)} onChoose={(value) => change(value as Form)} />
      </div>
      <JsonEditor key={text.revision} label={t('item')} text={text.value} error={error} onChange={(value) => setText((before) => ({ ...before, value }))} />
      <label className="flex min-h-11 items-center gap-2">
        <input type="checkbox" className="size-4 accent-accent" checked={guarded} onChange={(event) => setGuarded(event.target.checked)} />
        {t(item ? 'onlyUnchanged' : 'onlyNew')}
      </label>
      <div className="flex flex-wrap gap-3">
        <Button type="button" disabled={sending.since !== undefined} onClick={() => void save()}>
          {t('write')}
        </Button>
        <Button type="button" look="quiet" onClick={onClose}>
          {t('cancel')}
        </Button>
      </div>
      <SendingView sending={sending} />
      {!isError(now) && <Twin call="dynamodb.put" input={input(now)} />}
    </div>
  )
}
