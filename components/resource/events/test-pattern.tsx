'use client'

import { useTranslations } from 'next-intl'
import { useState } from 'react'
import { Notice } from '@/components/ui/notice'
import { JsonEditor } from '../json-editor'
import { CallForm, Section } from '../kit'
import { useCall } from '../use-call'

/** Tells whether an event matches a pattern, without sending it anywhere. */
export function TestPattern({ pattern: given, event: first }: { pattern: string; event: string }) {
  const t = useTranslations('resource.events')
  const [pattern, setPattern] = useState(given)
  const [event, setEvent] = useState(first)
  const [matches, setMatches] = useState<boolean>()
  const { sending, send } = useCall('events.test')
  const input = { pattern, event }
  return (
    <Section title={t('test')}>
      <p className="max-w-prose text-sm text-muted">{t('testHelp')}</p>
      <CallForm
        call="events.test"
        input={input}
        button={t('testButton')}
        sending={sending}
        result={matches !== undefined && <Notice tone={matches ? 'good' : 'warn'}>{t(matches ? 'matches' : 'noMatch')}</Notice>}
        onSend={async () => {
          setMatches(undefined)
          setMatches((await send(input))?.matches)
        }}
      >
        <div className="grid grid-cols-1 gap-4 lg:grid-cols-2">
          <JsonEditor label={t('pattern')} text={pattern} error={sending.fields?.pattern} onChange={setPattern} />
          <JsonEditor label={t('event')} text={event} error={sending.fields?.event} onChange={setEvent} />
        </div>
      </CallForm>
    </Section>
  )
}
