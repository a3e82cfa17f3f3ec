'use client'

import { useFormatter, useTranslations } from 'next-intl'
import { useEffect, useRef, useState } from 'react'
import { Button } from '@/components/ui/button'
import { Notice } from '@/components/ui/notice'
import type { CallAnswer } from '../calls'
import type { DeletedObject } from '../calls/s3'
import { Done, Nothing, Section, SendingView, Twin } from '../kit'
import { useCall, type Sending } from '../use-call'
import { ObjectView } from './object-view'
import { uploadLimit } from './upload-limit'

type Listed = CallAnswer<'s3.list'>

/** The objects of a bucket, prefix by prefix as if they were folders: put, looked at, deleted. */
export function BucketObjects({ bucket, versioned }: { bucket: string; versioned: boolean }) {
  const t = useTranslations('resource.s3')
  const format = useFormatter()
  const [prefix, setPrefix] = useState('')
  const [listed, setListed] = useState<Listed>()
  const [open, setOpen] = useState<string>()
  const [told, setTold] = useState<{ text: string; undo?: () => Promise<boolean> }>()
  const list = useCall('s3.list')
  const put = useCall('s3.put')
  const remove = useCall('s3.delete')
  const busy = [list, put, remove].some(({ sending }) => sending.since !== undefined)

  async function load(at = prefix) {
    const answer = await list.send({ bucket, prefix: at })
    if (!answer) return
    setPrefix(at)
    setListed(answer)
  }

  const begin = useRef(load)
  useEffect(() => {
    const { current } = begin
    const timer = setTimeout(() => void current())
    return () => clearTimeout(timer)
  }, [])

  async function more() {
    if (!listed?.next) return
    const answer = await list.send({ bucket, prefix, next: listed.next })
    if (answer) setListed({ folders: [...listed.folders, ...answer.folders], objects: [...listed.objects, ...answer.objects], next: answer.next })
  }

  async function drop(key: string) {
    const answer = await remove.send({ bucket, key })
    if (!answer) return
    if (open === key) setOpen(undefined)
    setTold({ text: t(answer.marker ? 'marked' : answer.undo ? 'deleted' : 'deletedForGood', { key }), ...undoOf(key, answer.marker, answer.undo) })
    await load()
  }

  function undoOf(key: string, marker: string | null, kept: DeletedObject | null): { undo?: () => Promise<boolean> } {
    // The version that is on top of the others says that it is gone; without it they are there again.
    if (marker !== null) return { undo: async () => (await remove.send({ bucket, key, version: marker })) !== undefined }
    if (kept !== null) return { undo: async () => (await put.send({ bucket, key, ...kept })) !== undefined }
    return {}
  }

  async function takeBack(undo: () => Promise<boolean>) {
    if (!(await undo())) return
    setTold({ text: t('undone') })
    await load()
  }

  const steps = prefix.split('/').slice(0, -1)
  const size = (bytes: number) => (bytes < 1000 ? `${bytes} B` : `${format.number(bytes / 1000, { maximumFractionDigits: 1 })} kB`)
  return (
    <Section title={t('objects')}>
      <Upload bucket={bucket} prefix={prefix} onDone={(names) => {
        setTold({ text: t('uploaded', { names: names.join(', ') }) })
        void load()
      }} />
      <nav aria-label={t('path')} className="flex flex-wrap items-center gap-x-1.5 font-mono text-sm">
        <Button type="button" look="plain" aria-current={prefix === '' ? 'location' : undefined} onClick={() => void load('')}>
          {bucket}
        </Button>
        {steps.map((step, index) => (
          <span key={index} className="flex items-center gap-1.5">
            <span aria-hidden="true">/</span>
            <Button type="button" look="plain" onClick={() => void load(`${steps.slice(0, index + 1).join('/')}/`)}>
              {step || '(/)'}
            </Button>
          </span>
        ))}
      </nav>
      {told && (
        <Done undo={t('undo')} onUndo={told.undo && (() => void takeBack(told.undo!))}>
          {told.text}
        </Done>
      )}
      <SendingView sending={list.sending} />
      <SendingView sending={remove.sending} />
      <SendingView sending={put.sending} />
      {listed && listed.folders.length + listed.objects.length === 0 && <Nothing>{t(prefix === '' ? 'empty' : 'emptyFolder')}</Nothing>}
      {listed && listed.folders.length + listed.objects.length > 0 && (
        <ul aria-label={t('objects')} className="divide-y divide-line border-y border-line">
          {listed.folders.map((folder) => (
            <li key={folder}>
              <button type="button" onClick={() => void load(folder)} className="flex min-h-11 w-full items-center gap-2 text-left font-mono text-sm hover:text-accent">
                <span aria-hidden="true">▸</span>
                <span className="break-all">{folder.slice(prefix.length)}</span>
                <span className="sr-only">{t('folder')}</span>
              </button>
            </li>
          ))}
          {listed.objects.map((object) => (
            <li key={object.key} className="py-1.5">
              <div className="flex flex-wrap items-center gap-x-4">
                <button type="button" aria-expanded={open === object.key} onClick={() => setOpen(open === object.key ? undefined : object.key)} className="min-h-9 min-w-0 flex-1 basis-52 text-left font-mono text-sm break-all hover:text-accent">
                  {object.key.slice(prefix.length) || object.key}
                </button>
                <span className="text-sm text-muted tabular-nums">{size(object.size)}</span>
                <span className="text-sm text-muted tabular-nums">{format.dateTime(new Date(object.at), { dateStyle: 'short', timeStyle: 'short' })}</span>
                <Button type="button" look="plain" className="text-sm" disabled={busy} aria-label={t('deleteOne', { key: object.key })} onClick={() => void drop(object.key)}>
                  {t('delete')}
                </Button>
              </div>
              {open === object.key && <ObjectView bucket={bucket} objectKey={object.key} versioned={versioned} />}
            </li>
          ))}
        </ul>
      )}
      {listed?.next && (
        <div>
          <Button type="button" look="quiet" disabled={busy} onClick={() => void more()}>
            {t('more')}
          </Button>
        </div>
      )}
      <Twin call="s3.list" input={{ bucket, prefix }} />
    </Section>
  )
}

/** Takes files by choosing or dropping, one after the other. What is there already is only replaced when asked. */
function Upload({ bucket, prefix, onDone }: { bucket: string; prefix: string; onDone: (names: string[]) => void }) {
  const t = useTranslations('resource.s3')
  const [over, setOver] = useState(false)
  const [sending, setSending] = useState<Sending & { name?: string }>({})
  const [tooLarge, setTooLarge] = useState<string>()
  const [exists, setExists] = useState<File[]>([])
  const chooser = useRef<HTMLInputElement>(null)

  async function upload(files: File[], replace: boolean) {
    setTooLarge(files.find(({ size }) => size > uploadLimit)?.name)
    setExists([])
    const done: string[] = []
    const there: File[] = []
    for (const file of files.filter(({ size }) => size <= uploadLimit)) {
      setSending({ since: Date.now(), name: file.name })
      const query = new URLSearchParams({ bucket, key: prefix + file.name, ...(replace && { replace: '1' }) })
      const answer = await fetch(`/sandbox/object?${query}`, { method: 'PUT', headers: { 'content-type': file.type || 'application/octet-stream' }, body: file }).then(
        (response) => response.json() as Promise<{ ok: boolean; exists?: boolean } & Sending>,
        () => ({ ok: false, refused: 'offline' as const, exists: false, error: undefined }),
      )
      if (answer.exists) there.push(file)
      else if (answer.ok) done.push(file.name)
      else {
        setSending({ ...(answer.error && { error: answer.error }), ...(answer.refused && { refused: answer.refused }) })
        if (done.length > 0) onDone(done)
        return
      }
    }
    setSending({})
    setExists(there)
    if (done.length > 0) onDone(done)
  }

  return (
    <div className="grid grid-cols-1 gap-3">
      <div
        onDragOver={(event) => {
          event.preventDefault()
          setOver(true)
        }}
        onDragLeave={() => setOver(false)}
        onDrop={(event) => {
          event.preventDefault()
          setOver(false)
          void upload([...event.dataTransfer.files], false)
        }}
        className={`flex flex-wrap items-center gap-x-4 gap-y-2 rounded-md border border-dashed px-4 py-3 ${over ? 'border-accent bg-wash' : 'border-line'}`}
      >
        <Button type="button" look="quiet" disabled={sending.since !== undefined} onClick={() => chooser.current?.click()}>
          {t('upload')}
        </Button>
        <p className="text-sm text-muted">{t('uploadHelp', { prefix: prefix || '/', limit: uploadLimit / 1_000_000 })}</p>
        <input
          ref={chooser}
          type="file"
          multiple
          aria-label={t('upload')}
          className="sr-only"
          tabIndex={-1}
          onChange={(event) => {
            void upload([...(event.target.files ?? [])], false)
            event.target.value = ''
          }}
        />
      </div>
      {sending.name && sending.since !== undefined && <p className="text-sm">{t('uploading', { name: sending.name })}</p>}
      <SendingView sending={sending} />
      {tooLarge !== undefined && <Notice tone="bad">{t('tooLarge', { name: tooLarge, limit: uploadLimit / 1_000_000 })}</Notice>}
      {exists.length > 0 && (
        <Notice tone="warn">
          {t('exists', { names: exists.map(({ name }) => name).join(', ') })}{' '}
          <Button type="button" look="plain" onClick={() => void upload(exists, true)}>
            {t('replace')}
          </Button>
        </Notice>
      )}
    </div>
  )
}
