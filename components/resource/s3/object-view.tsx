'use client'

import { useFormatter, useTranslations } from 'next-intl'
import { useEffect, useState } from 'react'
import { presignObject } from '@/app/sandbox/resource/actions'
import type { RefusalReason } from '@/components/lab/refusal'
import { RefusalNotice } from '@/components/lab/refusal-notice'
import { Button } from '@/components/ui/button'
import type { CallAnswer } from '../calls'
import { Facts } from '../facts'
import { Choice, CliText, Pre, SendingView, Twin } from '../kit'
import { useCall } from '../use-call'
import { previewKind } from './preview'

/** The first bytes of a text that the page shows. */
const textShown = 64_000
const lifetimes = [60, 900, 3600, 86_400] as const

/** One object: what it is, a look into it, its versions, a link to it. */
export function ObjectView({ bucket, objectKey: key, versioned }: { bucket: string; objectKey: string; versioned: boolean }) {
  const t = useTranslations('resource.s3')
  const format = useFormatter()
  const head = useCall('s3.head')
  const list = useCall('s3.versions')
  const [version, setVersion] = useState<string>()
  const [about, setAbout] = useState<CallAnswer<'s3.head'>>()
  const [versions, setVersions] = useState<CallAnswer<'s3.versions'>['versions']>()
  const [text, setText] = useState<string>()
  const query = new URLSearchParams({ bucket, key, ...(version !== undefined && { version }) })
  const kind = about ? previewKind(key, about.facts.contentType) : 'none'
  const pick = (id: string | undefined) => {
    setVersion(id)
    setAbout(undefined)
    setText(undefined)
  }

  useEffect(() => {
    if (about) return
    const timer = setTimeout(async () => setAbout(await head.send({ bucket, key, ...(version !== undefined && { version }) })))
    return () => clearTimeout(timer)
    // eslint-disable-next-line react-hooks/exhaustive-deps -- once for each version looked at
  }, [bucket, key, version])

  async function showText() {
    // An empty object has no first byte to ask for.
    const answer = about!.facts.size === 0 ? undefined : await fetch(`/sandbox/object?${query}&range=${textShown - 1}`).catch(() => undefined)
    setText(answer?.ok ? await answer.text() : '')
  }

  return (
    <div className="mt-2 mb-3 grid grid-cols-1 gap-4 border-l-2 border-accent pl-4">
      <SendingView sending={head.sending} />
      {about && (
        <>
          <Facts
            facts={[
              [t('type'), about.facts.contentType],
              [t('size'), t('bytes', { count: about.facts.size })],
              ['ETag', <code key="etag" className="font-mono text-sm break-all">{about.facts.etag}</code>],
              [t('version'), about.facts.version],
              [t('encryption'), about.facts.encryption],
              [t('metadata'), Object.entries(about.metadata).map(([name, value]) => `${name}: ${value}`).join(', ')],
              [t('tags'), Object.entries(about.tags).map(([name, value]) => `${name} = ${value}`).join(', ')],
            ]}
          />
          <div className="flex flex-wrap items-center gap-x-5 gap-y-2">
            <a className="link" href={`/sandbox/object?${query}`} download>
              {t('download')}
            </a>
            {kind === 'text' && text === undefined && (
              <Button type="button" look="plain" onClick={() => void showText()}>
                {t('preview')}
              </Button>
            )}
            {versioned && !versions && (
              <Button type="button" look="plain" onClick={async () => setVersions((await list.send({ bucket, key }))?.versions)}>
                {t('versions')}
              </Button>
            )}
          </div>
          {/* eslint-disable-next-line @next/next/no-img-element -- the learner's own object, not to be kept or resized */}
          {kind === 'image' && <img src={`/sandbox/object?${query}`} alt={t('picture', { key })} className="max-h-80 max-w-full justify-self-start rounded-md border border-line" />}
          {text !== undefined && (
            <div>
              <Pre label={t('content', { key })}>{text}</Pre>
              {about.facts.size > textShown && <p className="mt-1 text-sm text-muted">{t('firstBytes', { limit: textShown / 1000 })}</p>}
            </div>
          )}
        </>
      )}
      <SendingView sending={list.sending} />
      {versions && (
        <ul aria-label={t('versions')} className="grid grid-cols-1 gap-1 text-sm">
          {versions.map((one) => (
            <li key={one.id} className="flex flex-wrap items-center gap-x-4">
              <span className="font-mono break-all">{one.id}</span>
              <span className="text-muted">{format.dateTime(new Date(one.at), { dateStyle: 'short', timeStyle: 'medium' })}</span>
              <span>{one.marker ? t('marker') : t('bytes', { count: one.size })}</span>
              {one.latest && <span className="font-semibold">{t('latest')}</span>}
              {!one.marker && (
                <Button type="button" look="plain" aria-pressed={version === one.id} onClick={() => pick(one.id)}>
                  {t('look')}
                </Button>
              )}
            </li>
          ))}
        </ul>
      )}
      <Presign bucket={bucket} objectKey={key} />
      <Twin call="s3.head" input={{ bucket, key, ...(version !== undefined && { version }) }} />
    </div>
  )
}

function Presign({ bucket, objectKey: key }: { bucket: string; objectKey: string }) {
  const t = useTranslations('resource.s3')
  const [seconds, setSeconds] = useState<number>(900)
  const [link, setLink] = useState<{ url: string; seconds: number }>()
  const [refused, setRefused] = useState<RefusalReason | 'offline'>()

  async function make() {
    const result = await presignObject({ bucket, key, seconds }).catch(() => ({ ok: false as const, refused: 'offline' as const }))
    setRefused(result.ok ? undefined : result.refused)
    if (result.ok) setLink({ url: result.url, seconds })
  }

  return (
    <div className="grid grid-cols-1 gap-3">
      <div className="flex flex-wrap items-end gap-3">
        <div className="w-60">
          <Choice label={t('linkFor')} value={String(seconds)} options={lifetimes.map((one) => [String(one), t(`lifetimes.${one}`)] as const)} onChoose={(value) => setSeconds(Number(value))} />
        </div>
        <Button type="button" look="quiet" onClick={() => void make()}>
          {t('makeLink')}
        </Button>
      </div>
      {refused && <RefusalNotice reason={refused} />}
      {link && (
        <>
          <CliText text={link.url} note={t('linkNote')} />
          <CliText text={`aws s3 presign ${shellWord(`s3://${bucket}/${key}`)} --expires-in ${link.seconds}`} />
        </>
      )}
    </div>
  )
}

function shellWord(word: string): string {
  return /^[\w./:@%+=-]+$/.test(word) ? word : `'${word.replaceAll("'", `'\\''`)}'`
}
