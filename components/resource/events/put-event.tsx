'use client'

import { useTranslations } from 'next-intl'
import { useState } from 'react'
import { Notice } from '@/components/ui/notice'
import { JsonEditor } from '../json-editor'
import { CallForm, Section, TextField } from '../kit'
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
      <CallForm
        call="events.put"
        input={input}
        button={t('put')}
        sending={sending}
        result={
          <>
            {answer?.id != null && <Notice tone="info">{t('accepted', { id: answer.id })}</Notice>}
            {answer?.failure != null && <Notice tone="bad">{answer.failure}</Notice>}
          </>
        }
        onSend={async () => {
          setAnswer(undefined)
          setAnswer(await send(input))
        }}
      >
        <div className="grid items-start gap-4 sm:grid-cols-2">
          <TextField label="source" value={source} onType={setSource} error={sending.fields?.source} />
          <TextField label="detail-type" value={detailType} onType={setDetailType} error={sending.fields?.detailType} />
        </div>
        <JsonEditor label="detail" text={detail} error={sending.fields?.detail} onChange={setDetail} />
      </CallForm>
    </Section>
  )
}
