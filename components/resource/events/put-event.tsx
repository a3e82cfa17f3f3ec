'use client'

import { useTranslations } from 'next-intl'
import { useState } from 'react'
import { Button } from '@/components/ui/button'
import { Notice } from '@/components/ui/notice'
import { JsonEditor } from '../json-editor'
import { Section, SendingView, TextField, Twin } from '../kit'
import { useCall } from '../use-call'

/** Puts an event of one's own on a bus. */
export function PutEvent({ bus }: { bus: string }) {
  const t = useTranslations('resource.events')
  const [source, setSource] = useState('bookshop.orders')
  const [detailType, setDetailType] = useState('OrderPlaced')
  const [detail, setDetail] = useState('{\n  "orderId": "o1",\n  "total": 120000\n}')
  const [answer, setAnswer] = useState<{ id: string | null; failure: string | null }>()
  const { sending, send } = useCall('events.put')
  const input = { bus, source, detailType, detail }
  return (
    <Section title={t('put')}>
      <form
        noValidate
        className="grid grid-cols-1 gap-4"
        onSubmit={async (event) => {
          event.preventDefault()
          setAnswer(undefined)
          setAnswer(await send(input))
        }}
      >
        <div className="grid items-start gap-4 sm:grid-cols-2">
          <TextField label="source" value={source} onType={setSource} error={sending.fields?.source} />
          <TextField label="detail-type" value={detailType} onType={setDetailType} error={sending.fields?.detailType} />
        </div>
        <JsonEditor label="detail" text={detail} error={sending.fields?.detail} onChange={setDetail} />
        <div>
          <Button disabled={sending.since !== undefined}>{t('put')}</Button>
        </div>
      </form>
      <SendingView sending={sending} />
      {answer?.id != null && <Notice tone="info">{t('accepted', { id: answer.id })}</Notice>}
      {answer?.failure != null && <Notice tone="bad">{answer.failure}</Notice>}
      <Twin call="events.put" input={input} />
    </Section>
  )
}
