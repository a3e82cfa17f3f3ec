'use client'

import { useFormatter, useTranslations } from 'next-intl'
import { useEffect, useRef, useState } from 'react'
import { useElapsed } from '@/components/lab/elapsed'
import type { AwsError } from '@/components/lab/explain-error'
import { jsonLines } from '@/components/lab/json-lines'
import type { LogLevel } from '@/components/lab/log-line'
import type { RefusalReason } from '@/components/lab/refusal'
import { Button } from '@/components/ui/button'
import type { CallAnswer } from '../calls'
import type { LogEvent } from '../calls/logs'
import { Choice, Nothing, SendingView, TextField, Twin } from '../kit'
import { postJson, useCall, type Sending } from '../use-call'
import { readEvent } from './log-event'

/** How far back one looks, in minutes; 0 is all. */
const ranges = [15, 60, 1440, 10080, 0] as const
const tones: Record<LogLevel, string> = { platform: 'text-muted', error: 'text-bad', warn: 'text-warn', info: 'text-ink', debug: 'text-muted' }
/** The most that the page keeps of a log that is being followed. */
const kept = 1000

/** A log group: its events by filter pattern, stream and time, and its live tail. */
export function LogView({ group }: { group: string }) {
  const t = useTranslations('resource.logs')
  const [pattern, setPattern] = useState('')
  const [stream, setStream] = useState('')
  const [minutes, setMinutes] = useState<number>(60)
  const [streams, setStreams] = useState<CallAnswer<'logs.streams'>['streams']>([])
  const [found, setFound] = useState<{ events: LogEvent[]; next?: string; from: number; pattern: string; stream: string }>()
  const [tail, setTail] = useState<{ since: number; pattern: string }>()
  const [stopped, setStopped] = useState<Sending>({})
  const { sending, send } = useCall('logs.events')
  const newest = useRef(0)
  const [from, setFrom] = useState(0)
  const input = { group, pattern, stream, from }

  async function search() {
    setTail(undefined)
    const since = minutes === 0 ? 0 : Date.now() - minutes * 60_000
    setFrom(since)
    void loadStreamsOf(group).then(setStreams)
    const answer = await send({ group, pattern, stream, from: since })
    if (answer) setFound({ ...answer, from: since, pattern, stream })
  }

  async function more() {
    if (!found?.next) return
    const answer = await send({ group, pattern: found.pattern, stream: found.stream, from: found.from, next: found.next })
    if (answer) setFound({ ...found, events: [...found.events, ...answer.events], next: answer.next })
  }

  const begin = useRef(search)
  useEffect(() => {
    const { current } = begin
    // The first look is for what is there already; it is drawn when it has come.
    const timer = setTimeout(() => void current())
    return () => clearTimeout(timer)
  }, [group])

  useEffect(() => {
    newest.current = Math.max(0, ...(found?.events ?? []).map(({ at }) => at))
  }, [found])

  useEffect(() => {
    if (!tail) return
    const stop = new AbortController()
    const query = new URLSearchParams({ group, pattern: tail.pattern, since: String(newest.current === 0 ? tail.since - 60_000 : newest.current + 1) })
    follow(`/sandbox/tail?${query}`, stop.signal, (events) => setFound((before) => ({ ...before!, events: [...(before?.events ?? []), ...events].slice(-kept) }))).then((why) => {
      if (stop.signal.aborted) return
      setTail(undefined)
      setStopped(why)
    })
    return () => stop.abort()
  }, [tail, group])

  function toggleTail() {
    setStopped({})
    if (tail) return setTail(undefined)
    setFound((before) => (before && before.pattern === pattern && before.stream === '' ? before : { events: [], from: Date.now(), pattern, stream: '' }))
    setStream('')
    setTail({ since: Date.now(), pattern })
  }

  return (
    <div className="grid grid-cols-1 gap-4">
      <form
        noValidate
        className="grid items-start gap-4 sm:grid-cols-[minmax(0,2fr)_minmax(0,1fr)_minmax(0,1fr)]"
        onSubmit={(event) => {
          event.preventDefault()
          void search()
        }}
      >
        <TextField label={t('pattern')} help={t('patternHelp')} value={pattern} onType={setPattern} placeholder='ERROR "Task timed out" { $.level = "ERROR" }' />
        <Choice label={t('range')} value={String(minutes)} options={ranges.map((one) => [String(one), t(`ranges.${one}`)] as const)} onChoose={(value) => setMinutes(Number(value))} />
        <Choice label={t('stream')} value={stream} options={[['', t('allStreams')], ...streams.map(({ name }) => [name, shortName(name)] as const)]} onChoose={setStream} />
        <div className="flex flex-wrap gap-3 sm:col-span-3">
          <Button disabled={sending.since !== undefined}>{t('search')}</Button>
          <Button type="button" look="quiet" aria-pressed={tail !== undefined} onClick={toggleTail}>
            {tail ? t('pause') : t('follow')}
          </Button>
        </div>
      </form>
      {tail && <Following since={tail.since} />}
      <SendingView sending={tail ? {} : { ...stopped, ...sending }} />
      {found && found.events.length === 0 && sending.since === undefined && !tail && <Nothing>{t(found.pattern === '' ? 'none' : 'noneMatch')}</Nothing>}
      {found && found.events.length > 0 && <Events events={found.events} following={tail !== undefined} />}
      {found?.next !== undefined && !tail && (
        <div>
          <Button type="button" look="quiet" disabled={sending.since !== undefined} onClick={() => void more()}>
            {t('more')}
          </Button>
        </div>
      )}
      <Twin call="logs.events" input={input} />
    </div>
  )
}

async function loadStreamsOf(group: string): Promise<CallAnswer<'logs.streams'>['streams']> {
  const answer = await postJson<CallAnswer<'logs.streams'>>('/sandbox/call', { call: 'logs.streams', input: { group } })
  return answer.ok ? answer.streams : []
}

function Following({ since }: { since: number }) {
  const t = useTranslations('resource.logs')
  const seconds = useElapsed(since)
  return (
    <p className="flex items-center gap-2 text-sm">
      <span aria-hidden="true" className="inline-block size-2.5 animate-pulse rounded-full bg-good motion-reduce:animate-none" />
      <span className="font-semibold text-good">{t('following')}</span> <span className="text-muted">{t('waitingSince', { seconds })}</span>
    </p>
  )
}

function Events({ events, following }: { events: LogEvent[]; following: boolean }) {
  const t = useTranslations('resource.logs')
  const format = useFormatter()
  const list = useRef<HTMLOListElement>(null)
  useEffect(() => {
    if (following && list.current) list.current.scrollTop = list.current.scrollHeight
  }, [events, following])
  return (
    <ol ref={list} tabIndex={0} aria-label={t('events')} className="max-h-[32rem] overflow-auto rounded-md bg-wash px-3 py-2 font-mono text-sm leading-relaxed">
      {events.map(({ id, at, message }) => {
        const { level, report, json } = readEvent(message)
        const mark = report ? t('report') : level === 'error' || level === 'warn' ? t(`level.${level}`) : undefined
        return (
          <li key={id} className={`grid gap-x-3 py-0.5 sm:grid-cols-[8rem_minmax(0,1fr)] ${report ? 'my-0.5 border-y border-line' : ''}`}>
            <time dateTime={new Date(at).toISOString()} className="text-muted tabular-nums" title={format.dateTime(new Date(at), { dateStyle: 'medium', timeStyle: 'medium' })}>
              {format.dateTime(new Date(at), { hour: '2-digit', minute: '2-digit', second: '2-digit', fractionalSecondDigits: 3, hourCycle: 'h23' })}
            </time>
            <div className={`min-w-0 break-words whitespace-pre-wrap ${tones[level]}`}>
              {mark && <span className="mr-2 font-semibold">{mark}</span>}
              {json === undefined ? (
                message
              ) : (
                <details>
                  <summary className="break-words">{message}</summary>
                  <pre tabIndex={0} aria-label={t('json')} className="overflow-auto border-l-2 border-line pl-3 text-ink">
                    {json}
                  </pre>
                </details>
              )}
            </div>
          </li>
        )
      })}
    </ol>
  )
}

/** Reads the lines of a tail until it ends or is stopped. Gives why it ended. */
async function follow(path: string, signal: AbortSignal, onEvents: (events: LogEvent[]) => void): Promise<Sending> {
  try {
    const response = await fetch(path, { signal })
    // Refused before it began.
    if (!response.headers.get('content-type')?.includes('ndjson')) return (await response.json()) as Sending
    for await (const { events, error, reason } of jsonLines<TailLine>(response)) {
      if (error) return { error }
      if (reason) return { refused: reason }
      if (events && events.length > 0) onEvents(events)
    }
    return {}
  } catch {
    return { refused: 'offline' }
  }
}

/** A line of the tail's route: what came, AWS's error, or why Worklab stopped. */
interface TailLine {
  events?: LogEvent[]
  error?: AwsError
  reason?: RefusalReason
}

/** `2026/11/24/[$LATEST]0123…`: what tells streams apart stands at the end. */
function shortName(name: string): string {
  return name.length > 44 ? `${name.slice(0, 28)}…${name.slice(-8)}` : name
}
