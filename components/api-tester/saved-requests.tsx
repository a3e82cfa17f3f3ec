'use client'

import { useFormatter, useTranslations } from 'next-intl'
import { useState } from 'react'
import { deleteRequest, renameRequest, saveRequest } from '@/app/sandbox/apis/actions'
import type { RefusalReason } from '@/components/lab/refusal'
import { RefusalNotice } from '@/components/lab/refusal-notice'
import { Done, Summary, TextField } from '@/components/resource/kit'
import { Button } from '@/components/ui/button'
import { Notice } from '@/components/ui/notice'
import type { ApiView } from './apis'
import type { KeptRequest } from './kept-requests'
import type { ApiRequest } from './request'

/** Requests kept under a name, a folder for each API, and the last that were sent. */
export function SavedRequests({ apis, saved: first, sent, request, onOpen }: { apis: ApiView[]; saved: KeptRequest[]; sent: KeptRequest[]; request: ApiRequest; onOpen: (request: ApiRequest) => void }) {
  const t = useTranslations('api-tester')
  const format = useFormatter()
  const [saved, setSaved] = useState(first)
  const [name, setName] = useState('')
  const [renaming, setRenaming] = useState<{ id: string; name: string }>()
  const [told, setTold] = useState<{ text: string; undo?: KeptRequest }>()
  const [refused, setRefused] = useState<RefusalReason | 'offline'>()
  const [taken, setTaken] = useState(false)
  const folders = [...new Set(saved.map(({ request: { apiId } }) => apiId))]

  async function attempt<Result extends { ok: true } | { ok: false; refused: RefusalReason }>(work: Promise<Result>): Promise<Extract<Result, { ok: true }> | undefined> {
    const result = await work.catch(() => ({ ok: false as const, refused: 'offline' as const }))
    setRefused(result.ok ? undefined : (result as { refused: RefusalReason | 'offline' }).refused)
    return result.ok ? (result as Extract<Result, { ok: true }>) : undefined
  }

  async function save(one: { name: string; request: ApiRequest }) {
    const result = await attempt(saveRequest(one))
    if (!result) return
    setSaved((all) => [...all.filter(({ id }) => id !== result.kept.id), result.kept].sort((a, b) => a.name!.localeCompare(b.name!)))
    setTold({ text: t('saved', { name: one.name }) })
    setName('')
  }

  async function rename() {
    if (!renaming) return
    const result = await attempt(renameRequest(renaming))
    setTaken(result?.taken === true)
    if (!result || result.taken) return
    setSaved((all) => all.map((one) => (one.id === renaming.id ? { ...one, name: renaming.name.trim() } : one)))
    setRenaming(undefined)
  }

  async function remove(one: KeptRequest) {
    if (!(await attempt(deleteRequest(one.id)))) return
    setSaved((all) => all.filter(({ id }) => id !== one.id))
    setTold({ text: t('deleted', { name: one.name! }), undo: one })
  }

  return (
    <aside aria-label={t('savedTitle')} className="grid min-w-0 content-start gap-4">
      <h3 className="text-lg">{t('savedTitle')}</h3>
      <form
        className="grid grid-cols-1 gap-2"
        onSubmit={(event) => {
          event.preventDefault()
          if (name.trim() !== '') void save({ name: name.trim(), request })
        }}
      >
        <TextField label={t('saveAs')} value={name} onType={setName} />
        <div>
          <Button look="quiet" disabled={name.trim() === ''}>
            {t('save')}
          </Button>
        </div>
      </form>
      {refused && <RefusalNotice reason={refused} />}
      {told && (
        <Done undo={t('undo')} onUndo={told.undo && (() => void save({ name: told.undo!.name!, request: told.undo!.request }))}>
          {told.text}
        </Done>
      )}
      {saved.length === 0 && <p className="text-sm text-muted">{t('savedNone')}</p>}
      {folders.map((apiId) => (
        <details key={apiId} open>
          <Summary>{apis.find(({ id }) => id === apiId)?.name ?? t('goneApi', { id: apiId })}</Summary>
          <ul className="mt-1 grid grid-cols-1 gap-1">
            {saved
              .filter(({ request }) => request.apiId === apiId)
              .map((one) => (
                <li key={one.id} className="border-b border-line pb-1">
                  {renaming?.id === one.id ? (
                    <form
                      className="grid grid-cols-1 gap-2"
                      onSubmit={(event) => {
                        event.preventDefault()
                        void rename()
                      }}
                    >
                      <TextField label={t('newName')} value={renaming.name} onType={(text) => setRenaming({ ...renaming, name: text })} />
                      {taken && <Notice tone="warn">{t('taken')}</Notice>}
                      <span className="flex gap-4">
                        <Button look="plain" disabled={renaming.name.trim() === ''}>
                          {t('rename')}
                        </Button>
                        <Button type="button" look="plain" onClick={() => setRenaming(undefined)}>
                          {t('cancel')}
                        </Button>
                      </span>
                    </form>
                  ) : (
                    <>
                      <button type="button" className="min-h-9 w-full text-left break-words hover:text-accent" onClick={() => onOpen(one.request)}>
                        <span className="font-mono text-xs text-muted">{one.request.method}</span> {one.name}
                      </button>
                      <span className="flex gap-4 text-sm">
                        <Button type="button" look="plain" aria-label={t('renameOne', { name: one.name! })} onClick={() => setRenaming({ id: one.id, name: one.name! })}>
                          {t('rename')}
                        </Button>
                        <Button type="button" look="plain" aria-label={t('deleteOne', { name: one.name! })} onClick={() => void remove(one)}>
                          {t('delete')}
                        </Button>
                      </span>
                    </>
                  )}
                </li>
              ))}
          </ul>
        </details>
      ))}
      <h3 className="text-lg">{t('sentTitle')}</h3>
      {sent.length === 0 ? (
        <p className="text-sm text-muted">{t('sentNone')}</p>
      ) : (
        <ol className="grid grid-cols-1 gap-0.5 text-sm">
          {sent.map(({ id, request: one, status, at }) => (
            <li key={id}>
              <button type="button" className="min-h-9 w-full text-left hover:text-accent" onClick={() => onOpen(one)}>
                <span className="font-mono text-xs text-muted">{one.method}</span> <span className="font-mono break-all">{one.path}</span> <span className="tabular-nums">{status}</span>{' '}
                <span className="text-muted tabular-nums">{format.dateTime(new Date(at), { timeStyle: 'short' })}</span>
              </button>
            </li>
          ))}
        </ol>
      )}
    </aside>
  )
}
