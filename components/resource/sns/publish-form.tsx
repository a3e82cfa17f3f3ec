'use client'

import { useTranslations } from 'next-intl'
import { useState } from 'react'
import { Notice } from '@/components/ui/notice'
import { AttributeRows } from '../attribute-rows'
import type { CallInput } from '../calls'
import { CallForm, Section, TextField } from '../kit'
import { useCall } from '../use-call'

/** Publishes a message with attributes, by which filter policies choose. */
export function PublishForm({ topic, fifo }: { topic: string; fifo: boolean }) {
  const t = useTranslations('resource.sns')
  const [message, setMessage] = useState('{"orderId":"o1"}')
  const [subject, setSubject] = useState('')
  const [group, setGroup] = useState('orders')
  const [deduplication, setDeduplication] = useState('')
  const [attributes, setAttributes] = useState<{ name: string; value: string }[]>([])
  const [id, setId] = useState<string>()
  const { sending, send } = useCall('sns.publish')
  const input: CallInput<'sns.publish'> = { topic, message, subject, attributes: attributes.filter(({ name }) => name !== ''), ...(fifo && { group, deduplication }) }
  return (
    <Section title={t('publish')}>
      <CallForm
        call="sns.publish"
        input={input}
        button={t('publish')}
        sending={sending}
        result={id !== undefined && <Notice tone="info">{t('published', { id })}</Notice>}
        onSend={async () => {
          setId(undefined)
          setId((await send(input))?.id)
        }}
      >
        <TextField label={t('message')} lines={4} value={message} onType={setMessage} error={sending.fields?.message} />
        {fifo ? (
          <div className="grid items-start gap-4 sm:grid-cols-2">
            <TextField label="MessageGroupId" value={group} onType={setGroup} />
            <TextField label="MessageDeduplicationId" value={deduplication} onType={setDeduplication} />
          </div>
        ) : (
          <TextField label={t('subject')} value={subject} onType={setSubject} error={sending.fields?.subject} />
        )}
        <AttributeRows attributes={attributes} onChange={setAttributes} />
      </CallForm>
    </Section>
  )
}
