'use client'

import { useState } from 'react'
import type { AwsError } from '@/components/lab/explain-error'
import type { FieldError } from '@/components/lab/lab-view'
import type { RefusalReason } from '@/components/lab/refusal'
import type { CallAnswer, CallInput, CallName } from './calls'

/** How a request of a view stands: under way since, or what stopped it. */
export interface Sending {
  since?: number
  error?: AwsError
  refused?: RefusalReason | 'offline'
  fields?: Record<string, FieldError>
}

/** Sends JSON to a route of Worklab. Gives its answer, or why there is none. */
export async function postJson<Answer extends object>(path: string, body: object, signal?: AbortSignal): Promise<({ ok: true } & Answer) | ({ ok: false } & Sending)> {
  try {
    const response = await fetch(path, { method: 'POST', headers: { 'content-type': 'application/json' }, body: JSON.stringify(body), ...(signal && { signal }) })
    return await response.json()
  } catch {
    return { ok: false, refused: 'offline' }
  }
}

/** A request that a form or a button sends: what it is doing, and how to send it. `send` gives nothing where it failed. */
export function useSending(): { sending: Sending; run: <Answer extends object>(path: string, body: object) => Promise<Answer | undefined> } {
  const [sending, setSending] = useState<Sending>({})
  async function run<Answer extends object>(path: string, body: object): Promise<Answer | undefined> {
    setSending({ since: Date.now() })
    const answer = await postJson<Answer>(path, body)
    if (answer.ok) {
      setSending({})
      return answer
    }
    const { error, refused, fields } = answer
    setSending({ ...(error && { error }), ...(refused && { refused }), ...(fields && { fields }) })
    return undefined
  }
  return { sending, run }
}

/** A call to AWS as the learner, as `useSending`. */
export function useCall<Name extends CallName>(name: Name) {
  const { sending, run } = useSending()
  return { sending, send: (input: CallInput<Name>) => run<CallAnswer<Name>>('/sandbox/call', { call: name, input }) }
}
