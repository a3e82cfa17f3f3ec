'use client'

import { useFormatter, useTranslations } from 'next-intl'
import { useState } from 'react'
import { deleteTestEvent, saveTestEvent } from '@/app/sandbox/resource/actions'
import { InvokeChart } from '@/components/lab/invoke-chart'
import { InvokeResult } from '@/components/lab/invoke-result'
import type { InvokeView } from '@/components/lab/lab-view'
import { LogTail } from '@/components/lab/log-tail'
import type { RefusalReason } from '@/components/lab/refusal'
import { RefusalNotice } from '@/components/lab/refusal-notice'
import { Button } from '@/components/ui/button'
import { Notice } from '@/components/ui/notice'
import { eventTemplates } from '../event-templates'
import { JsonEditor } from '../json-editor'
import { CallForm, Choice, Done, Fold, Section, SendingView, TextField } from '../kit'
import { useCall } from '../use-call'

interface SavedEvent {
  name: string
  json: string
}

/** Invocation types as Lambda names them. */
const types = ['RequestResponse', 'Event', 'DryRun'] as const
const shownInvokes = 12

/** Invokes a function with an event of one's own, and shows what came of this and the last invokes. */
export function TryFunction({ name, qualifiers, qualifier: first, events: saved, invokes: fromLog }: { name: string; qualifiers: { value: string; words: string }[]; qualifier: string; events: SavedEvent[]; invokes: InvokeView[] }) {
  const t = useTranslations('resource.lambda')
  const [events, setEvents] = useState(saved)
  const [event, setEvent] = useState({ json: (saved[0] ?? eventTemplates[0]!).json, revision: 0 })
  const [eventName, setEventName] = useState(saved[0]?.name ?? '')
  const [qualifier, setQualifier] = useState(first)
  const [type, setType] = useState<(typeof types)[number]>('RequestResponse')
  const [invokes, setInvokes] = useState(fromLog)
  const [shownId, setShownId] = useState<string>()
  const [accepted, setAccepted] = useState<{ type: string; code: number }>()
  const [refused, setRefused] = useState<RefusalReason | 'offline'>()
  const [told, setTold] = useState<{ text: string; undo?: SavedEvent }>()
  const { sending, send } = useCall('lambda.invoke')
  const input = { name, qualifier, event: event.json, type }
  const shown = invokes.find(({ id }) => id === shownId)

  function put(json: string, named = '') {
    setEvent(({ revision }) => ({ json, revision: revision + 1 }))
    setEventName(named)
  }

  async function invoke() {
    setAccepted(undefined)
    const answer = await send(input)
    if (!answer) return
    if (type !== 'RequestResponse') return setAccepted({ type, code: answer.invoke.statusCode })
    setInvokes((all) => [answer.invoke, ...all.filter(({ id }) => id !== answer.invoke.id)].slice(0, shownInvokes))
    setShownId(answer.invoke.id)
  }

  async function save(one: SavedEvent) {
    const result = await saveTestEvent({ functionName: name, ...one }).catch(() => ({ ok: false as const, refused: 'offline' as const }))
    setRefused(result.ok ? undefined : result.refused)
    if (!result.ok) return
    setEvents((all) => [...all.filter((other) => other.name !== one.name), one].sort((a, b) => a.name.localeCompare(b.name)))
    setTold({ text: t('saved', { name: one.name }) })
  }

  async function remove(one: SavedEvent) {
    const result = await deleteTestEvent({ functionName: name, name: one.name }).catch(() => ({ ok: false as const, refused: 'offline' as const }))
    setRefused(result.ok ? undefined : result.refused)
    if (!result.ok) return
    setEvents((all) => all.filter((other) => other.name !== one.name))
    setTold({ text: t('removed', { name: one.name }), undo: one })
  }

  const current = events.find((one) => one.name === eventName.trim())
  return (
    <Section title={t('try')}>
      <CallForm
        call="lambda.invoke"
        input={input}
        button={t('invoke')}
        sending={sending}
        onSend={() => {
          if (sending.since === undefined) void invoke()
        }}
      >
        <div className="grid items-start gap-4 sm:grid-cols-3">
          <Choice
            label={t('begin')}
            value=""
            options={[['', t('choose')], ...events.map((one) => [`saved ${one.name}`, t('savedEvent', { name: one.name })] as const), ...eventTemplates.map((one) => [`template ${one.name}`, one.name] as const)]}
            onChoose={(value) => {
              const own = events.find((one) => `saved ${one.name}` === value)
              const template = eventTemplates.find((one) => `template ${one.name}` === value)
              if (own) put(own.json, own.name)
              else if (template) put(template.json)
            }}
          />
          <Choice label={t('qualifier')} value={qualifier} options={[['', t('latest')], ...qualifiers.map(({ value, words }) => [value, words] as const)]} onChoose={setQualifier} />
          <Choice label={t('type')} value={type} options={types.map((one) => [one, t(`types.${one}`)] as const)} onChoose={(value) => setType(value as typeof type)} />
        </div>
        <JsonEditor key={event.revision} label={t('event')} text={event.json} error={sending.fields?.event} onChange={(json) => setEvent((before) => ({ ...before, json }))} />
      </CallForm>
      {accepted && <Notice tone="info">{t(`accepted.${accepted.type as 'Event' | 'DryRun'}`, { code: accepted.code })}</Notice>}
      {shown && shown.statusCode !== 0 && <InvokeResult key={shown.id} invokes={[shown]} />}
      {shown && shown.statusCode === 0 && <OtherInvoke key={shown.id} invoke={shown} />}
      <InvokeChart invokes={invokes} shownId={shownId ?? ''} onShow={setShownId} />
      <Fold title={t('keep')} open={saved.length > 0}>
        <div className="flex flex-wrap items-end gap-3">
          <div className="min-w-0 flex-1 basis-52">
            <TextField label={t('eventName')} value={eventName} onType={setEventName} placeholder={t('eventNameHint')} />
          </div>
          <Button type="button" look="quiet" disabled={eventName.trim() === ''} onClick={() => void save({ name: eventName.trim(), json: event.json })}>
            {current ? t('replace') : t('save')}
          </Button>
          {current && (
            <Button type="button" look="quiet" onClick={() => void remove(current)}>
              {t('remove')}
            </Button>
          )}
        </div>
        {refused && <RefusalNotice reason={refused} />}
        {told && (
          <Done
            undo={t('undo')}
            onUndo={
              told.undo &&
              (() => {
                void save(told.undo!)
                put(told.undo!.json, told.undo!.name)
              })
            }
          >
            {told.text}
          </Done>
        )}
      </Fold>
    </Section>
  )
}

/** An invoke that was made elsewhere: what the log has of it. */
function OtherInvoke({ invoke }: { invoke: InvokeView }) {
  const t = useTranslations('resource.lambda')
  const format = useFormatter()
  const { sending, send } = useCall('lambda.log')
  const [log, setLog] = useState<string>()
  return (
    <div className="grid grid-cols-1 gap-3 border-t border-line pt-4">
      <p>{t('elsewhere', { time: format.dateTime(new Date(invoke.at), { dateStyle: 'short', timeStyle: 'medium' }), id: invoke.id })}</p>
      {log === undefined ? (
        <div>
          <Button type="button" look="quiet" disabled={sending.since !== undefined} onClick={async () => setLog((await send({ name: invoke.functionName, requestId: invoke.id, at: new Date(invoke.at).getTime() }))?.log)}>
            {t('itsLog')}
          </Button>
        </div>
      ) : (
        <LogTail log={log} />
      )}
      <SendingView sending={sending} />
    </div>
  )
}
