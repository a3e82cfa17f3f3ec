'use client'

import { useFormatter, useTranslations } from 'next-intl'
import { useState } from 'react'
import { Button } from '@/components/ui/button'
import type { CallAnswer, CallInput } from '../calls'
import { plainOf, type ItemJson } from '../item-json'
import { Choice, Done, Fold, Nothing, Section, SendingView, TextField, Twin } from '../kit'
import { useCall } from '../use-call'
import { ItemEditor } from './item-editor'

/** A key attribute. */
export interface KeyView {
  name: string
  type: 'S' | 'N' | 'B'
}

const sorts = ['=', '<', '<=', '>', '>=', 'between', 'begins_with'] as const
const filters = ['=', '<>', '<', '<=', '>', '>=', 'contains', 'begins_with', 'attribute_exists', 'attribute_not_exists'] as const

type Found = CallAnswer<'dynamodb.scan'>
/** What brings the table back to how it was before the last write. */
type Undo = { put: ItemJson } | { delete: ItemJson }

/** The items of a table: found by key or by looking at all, written and deleted, each with an undo. */
export function TableItems({ table, keys, indexes }: { table: string; keys: KeyView[]; indexes: { name: string; keys: KeyView[] }[] }) {
  const t = useTranslations('resource.dynamodb')
  const format = useFormatter()
  const [mode, setMode] = useState<'scan' | 'query'>('scan')
  const [index, setIndex] = useState('')
  const [partition, setPartition] = useState('')
  const [sort, setSort] = useState<{ op: (typeof sorts)[number]; value: string; to: string }>({ op: '=', value: '', to: '' })
  const [descending, setDescending] = useState(false)
  const [filter, setFilter] = useState<{ name: string; op: (typeof filters)[number]; type: 'S' | 'N' | 'BOOL'; value: string }>({ name: '', op: '=', type: 'S', value: '' })
  /** The pages seen, each with where the next begins. */
  const [pages, setPages] = useState<{ found: Found; starts: (ItemJson | undefined)[] }>()
  const [editing, setEditing] = useState<{ item?: ItemJson; id: number }>()
  const [told, setTold] = useState<{ text: string; undo?: Undo }>()
  const scan = useCall('dynamodb.scan')
  const query = useCall('dynamodb.query')
  const write = useCall('dynamodb.put')
  const remove = useCall('dynamodb.delete')

  const of = indexes.find(({ name }) => name === index)?.keys ?? keys
  const [hash, range] = of
  const search = { table, index, ...(filter.name !== '' && { filter }) }
  const queryInput: CallInput<'dynamodb.query'> = {
    ...search,
    partition: { ...hash!, value: partition },
    ...(range && sort.value !== '' && { sort: { ...range, ...sort } }),
    descending,
  }
  const sending = mode === 'scan' ? scan.sending : query.sending
  const busy = [scan, query, write, remove].some((one) => one.sending.since !== undefined)
  const keyOf = (item: ItemJson) => Object.fromEntries(keys.map(({ name }) => [name, item[name]!]))

  async function load(starts: (ItemJson | undefined)[]) {
    const start = starts.at(-1)
    const found = await (mode === 'scan' ? scan.send({ ...search, ...(start && { start }) }) : query.send({ ...queryInput, ...(start && { start }) }))
    if (found) setPages({ found, starts })
  }
  const reload = () => load(pages?.starts ?? [undefined])

  async function undo(one: Undo) {
    const done = await ('put' in one ? write.send({ table, item: one.put }) : remove.send({ table, key: one.delete }))
    if (!done) return
    setTold({ text: t('undone') })
    await reload()
  }

  async function drop(item: ItemJson) {
    const answer = await remove.send({ table, key: keyOf(item) })
    if (!answer) return
    setTold({ text: t('deleted'), ...(answer.old && { undo: { put: answer.old } }) })
    await reload()
  }

  return (
    <Section
      title={t('items')}
      aside={
        <Button type="button" look="plain" onClick={() => setEditing(({ id } = { id: 0 }) => ({ id: id + 1 }))}>
          {t('add')}
        </Button>
      }
    >
      <form
        noValidate
        className="grid grid-cols-1 gap-4"
        onSubmit={(event) => {
          event.preventDefault()
          void load([undefined])
        }}
      >
        <div className="grid items-start gap-4 sm:grid-cols-2">
          <Choice label={t('mode')} help={t(`modeHelp.${mode}`)} value={mode} options={(['scan', 'query'] as const).map((one) => [one, t(`modes.${one}`)] as const)} onChoose={(value) => setMode(value as typeof mode)} />
          {indexes.length > 0 && <Choice label={t('through')} value={index} options={[['', t('tableItself')], ...indexes.map(({ name }) => name)]} onChoose={setIndex} />}
        </div>
        {mode === 'query' && (
          <div className="grid items-start gap-4 sm:grid-cols-2">
            <TextField label={t('keyValue', { name: hash!.name, type: hash!.type })} value={partition} onType={setPartition} error={sending.fields?.partition} />
            {range && (
              <div className="grid grid-cols-[7rem_minmax(0,1fr)] items-end gap-2">
                <Choice label={t('condition')} value={sort.op} options={sorts} onChoose={(op) => setSort({ ...sort, op: op as typeof sort.op })} />
                <TextField label={t('sortValue', { name: range.name, type: range.type })} value={sort.value} onType={(value) => setSort({ ...sort, value })} />
                {sort.op === 'between' && (
                  <div className="col-start-2">
                    <TextField label={t('upTo')} value={sort.to} onType={(to) => setSort({ ...sort, to })} />
                  </div>
                )}
              </div>
            )}
            <label className="flex min-h-11 items-center gap-2 sm:col-span-2">
              <input type="checkbox" className="size-4 accent-accent" checked={descending} onChange={(event) => setDescending(event.target.checked)} />
              {t('descending')}
            </label>
          </div>
        )}
        <Fold title={t('filter')}>
          <p className="max-w-prose text-sm text-muted">{t('filterHelp')}</p>
          <div className="grid items-start gap-4 sm:grid-cols-4">
            <TextField label={t('attribute')} value={filter.name} onType={(name) => setFilter({ ...filter, name })} />
            <Choice label={t('condition')} value={filter.op} options={filters} onChoose={(op) => setFilter({ ...filter, op: op as typeof filter.op })} />
            <Choice label={t('type')} value={filter.type} options={['S', 'N', 'BOOL']} onChoose={(type) => setFilter({ ...filter, type: type as typeof filter.type })} />
            <TextField label={t('value')} value={filter.value} onType={(value) => setFilter({ ...filter, value })} />
          </div>
        </Fold>
        <div>
          <Button disabled={busy}>{t(`do.${mode}`)}</Button>
        </div>
      </form>
      <SendingView sending={sending} />
      <SendingView sending={remove.sending} />
      {mode === 'scan' ? <Twin call="dynamodb.scan" input={search} /> : <Twin call="dynamodb.query" input={queryInput} />}
      {told && (
        <Done undo={t('undo')} onUndo={told.undo && (() => void undo(told.undo!))}>
          {told.text}
        </Done>
      )}
      {editing && (
        <ItemEditor
          key={editing.id}
          table={table}
          keys={keys}
          item={editing.item}
          onClose={() => setEditing(undefined)}
          onSaved={(item, old) => {
            setEditing(undefined)
            setTold({ text: t(old ? 'replaced' : 'added'), undo: old ? { put: old } : { delete: keyOf(item) } })
            void reload()
          }}
        />
      )}
      {pages && (
        <div className="grid grid-cols-1 gap-3">
          <p className="text-sm text-muted tabular-nums" role="status">
            {t('counted', { count: pages.found.count, scanned: pages.found.scanned })} {pages.found.capacity !== null && t('capacity', { units: format.number(pages.found.capacity) })}
          </p>
          {pages.found.items.length === 0 ? (
            <Nothing>{t(pages.found.next ? 'noneOnPage' : 'none')}</Nothing>
          ) : (
            <ItemTable keys={of} items={pages.found.items} busy={busy} onEdit={(item) => setEditing(({ id } = { id: 0 }) => ({ id: id + 1, item }))} onDelete={(item) => void drop(item)} />
          )}
          <div className="flex flex-wrap gap-3">
            {pages.starts.length > 1 && (
              <Button type="button" look="quiet" disabled={busy} onClick={() => void load(pages.starts.slice(0, -1))}>
                {t('previous')}
              </Button>
            )}
            {pages.found.next && (
              <Button type="button" look="quiet" disabled={busy} onClick={() => void load([...pages.starts, pages.found.next!])}>
                {t('next')}
              </Button>
            )}
          </div>
        </div>
      )}
    </Section>
  )
}

/** Columns that a table of items shows: the keys and the attributes met first. */
const columnsShown = 6

function ItemTable({ keys, items, busy, onEdit, onDelete }: { keys: KeyView[]; items: ItemJson[]; busy: boolean; onEdit: (item: ItemJson) => void; onDelete: (item: ItemJson) => void }) {
  const t = useTranslations('resource.dynamodb')
  const columns = [...new Set([...keys.map(({ name }) => name), ...items.flatMap((item) => Object.keys(item))])].slice(0, columnsShown)
  return (
    <div tabIndex={0} role="group" aria-label={t('items')} className="relative overflow-x-auto">
      <table className="w-full text-left text-sm">
        <thead>
          <tr className="border-b border-line text-muted">
            {columns.map((name) => (
              <th key={name} scope="col" className="py-1.5 pr-4 font-normal whitespace-nowrap">
                {name}
              </th>
            ))}
            <th scope="col" className="py-1.5">
              <span className="sr-only">{t('actions')}</span>
            </th>
          </tr>
        </thead>
        <tbody>
          {items.map((item) => {
            const named = keys.map(({ name }) => short(item[name])).join(' / ')
            return (
              <tr key={JSON.stringify(item)} className="border-b border-line align-top">
                {columns.map((name) => (
                  <td key={name} className="max-w-56 py-2 pr-4 font-mono break-words">
                    {short(item[name])}
                  </td>
                ))}
                <td className="py-1 text-right whitespace-nowrap">
                  <Button type="button" look="plain" className="mr-2" disabled={busy} aria-label={t('editOne', { key: named })} onClick={() => onEdit(item)}>
                    {t('edit')}
                  </Button>
                  <Button type="button" look="plain" disabled={busy} aria-label={t('deleteOne', { key: named })} onClick={() => onDelete(item)}>
                    {t('delete')}
                  </Button>
                </td>
              </tr>
            )
          })}
        </tbody>
      </table>
    </div>
  )
}

function short(attribute: ItemJson[string] | undefined): string {
  if (attribute === undefined) return '—'
  const value = plainOf({ value: attribute }).plain.value
  const text = typeof value === 'string' ? value : JSON.stringify(value)
  return text.length > 80 ? `${text.slice(0, 80)}…` : text
}
