'use client'

import { useFormatter, useTranslations } from 'next-intl'
import { useRouter } from 'next/navigation'
import { useState } from 'react'
import { Button } from '@/components/ui/button'
import { Notice } from '@/components/ui/notice'
import { AttributeRows } from '../attribute-rows'
import type { CallAnswer, CallInput } from '../calls'
import { CallForm, Confirm, Nothing, Pre, Section, SendingView, TextField, Twin } from '../kit'
import { useCall } from '../use-call'

type Message = CallAnswer<'sqs.peek'>['messages'][number]

/** The messages of a queue. @param deadLetter whether other queues send here what failed, so that it can be moved back */
export function QueueMessages({ url, arn, fifo, deadLetter }: { url: string; arn: string; fifo: boolean; deadLetter: boolean }) {
  const t = useTranslations('resource.sqs')
  const format = useFormatter()
  const router = useRouter()
  const [body, setBody] = useState('{"orderId":"o1"}')
  const [delay, setDelay] = useState('')
  const [group, setGroup] = useState('orders')
  const [deduplication, setDeduplication] = useState('')
  const [attributes, setAttributes] = useState<{ name: string; value: string }[]>([])
  const [messages, setMessages] = useState<Message[]>()
  const [told, setTold] = useState<string>()
  const sender = useCall('sqs.send')
  const peek = useCall('sqs.peek')
  const remove = useCall('sqs.delete')
  const purge = useCall('sqs.purge')
  const redrive = useCall('sqs.redrive')
  const input: CallInput<'sqs.send'> = { url, body, attributes: attributes.filter(({ name }) => name !== ''), ...(delay !== '' && { delay: Number(delay) }), ...(fifo && { group, deduplication }) }

  function done(text: string) {
    setTold(text)
    // The counts stand in the part that the server draws.
    router.refresh()
  }

  async function look() {
    const answer = await peek.send({ url })
    if (answer) setMessages(answer.messages)
    router.refresh()
  }

  return (
    <>
      <Section title={t('send')}>
        <CallForm
          call="sqs.send"
          input={input}
          button={t('send')}
          sending={sender.sending}
          onSend={async () => {
            const answer = await sender.send(input)
            if (answer) done(t('sent', { id: answer.id }))
          }}
        >
          <TextField label={t('body')} lines={4} value={body} onType={setBody} error={sender.sending.fields?.body} />
          <div className="grid items-start gap-4 sm:grid-cols-2">
            {fifo ? (
              <>
                <TextField label="MessageGroupId" help={t('groupHelp')} value={group} onType={setGroup} error={sender.sending.fields?.group} />
                <TextField label="MessageDeduplicationId" help={t('deduplicationHelp')} value={deduplication} onType={setDeduplication} />
              </>
            ) : (
              <TextField label={t('delayOne')} type="number" value={delay} onType={setDelay} error={sender.sending.fields?.delay} />
            )}
          </div>
          <AttributeRows attributes={attributes} onChange={setAttributes} />
        </CallForm>
      </Section>
      <Section title={t('messages')}>
        <p className="max-w-prose text-sm text-muted">{t('peekHelp')}</p>
        <div className="flex flex-wrap gap-3">
          <Button type="button" look="quiet" disabled={peek.sending.since !== undefined} onClick={() => void look()}>
            {t('peek')}
          </Button>
        </div>
        <SendingView sending={peek.sending} />
        <SendingView sending={remove.sending} />
        {told && <Notice tone="info">{told}</Notice>}
        {messages && messages.length === 0 && <Nothing>{t('none')}</Nothing>}
        {messages && messages.length > 0 && (
          <ul aria-label={t('messages')} className="grid grid-cols-1 gap-3">
            {messages.map((message) => (
              <li key={message.receipt} className="rounded-md border border-line p-3">
                <div className="flex flex-wrap items-baseline justify-between gap-x-4">
                  <span className="font-mono text-sm break-all">{message.id}</span>
                  <Button
                    type="button"
                    look="plain"
                    className="text-sm"
                    aria-label={t('deleteOne', { id: message.id })}
                    onClick={async () => {
                      if (!(await remove.send({ url, receipt: message.receipt }))) return
                      setMessages((all) => all?.filter(({ id }) => id !== message.id))
                      done(t('deleted', { id: message.id }))
                    }}
                  >
                    {t('delete')}
                  </Button>
                </div>
                <Pre label={t('bodyOf', { id: message.id })} className="mt-1.5">{message.body}</Pre>
                <p className="mt-1.5 text-sm text-muted">
                  {t('received', { count: Number(message.system.ApproximateReceiveCount ?? 0) })} · {t('sentAt', { time: format.dateTime(new Date(Number(message.system.SentTimestamp ?? 0)), { dateStyle: 'short', timeStyle: 'medium' }) })}
                  {message.system.MessageGroupId && ` · MessageGroupId ${message.system.MessageGroupId}`}
                </p>
                {Object.keys(message.attributes).length > 0 && (
                  <p className="text-sm text-muted">{Object.entries(message.attributes).map(([name, value]) => `${name} = ${value}`).join(', ')}</p>
                )}
              </li>
            ))}
          </ul>
        )}
        <Twin call="sqs.peek" input={{ url }} />
      </Section>
      <Section title={t('empty')}>
        <Confirm
          button={t('purge')}
          text={t('purgeConfirm')}
          yes={t('purgeYes')}
          busy={purge.sending.since !== undefined}
          onYes={async () => {
            if (!(await purge.send({ url }))) return
            setMessages(undefined)
            done(t('purged'))
          }}
        />
        <SendingView sending={purge.sending} />
        <Twin call="sqs.purge" input={{ url }} />
        {deadLetter && (
          <>
            <Confirm
              button={t('redrive')}
              text={t('redriveConfirm')}
              yes={t('redriveYes')}
              busy={redrive.sending.since !== undefined}
              onYes={async () => {
                if (await redrive.send({ source: arn })) done(t('redriven'))
              }}
            />
            <SendingView sending={redrive.sending} />
            <Twin call="sqs.redrive" input={{ source: arn }} />
          </>
        )}
      </Section>
    </>
  )
}
