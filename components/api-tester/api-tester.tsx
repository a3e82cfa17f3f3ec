'use client'

import { useTranslations } from 'next-intl'
import { useEffect, useRef, useState } from 'react'
import { Choice, CliText, FieldErrorText, Fold, Nothing, SendingView, TextField } from '@/components/resource/kit'
import { useSending } from '@/components/resource/use-call'
import { JsonEditor } from '@/components/resource/json-editor'
import type { FieldError } from '@/components/lab/lab-view'
import { Button } from '@/components/ui/button'
import { Notice } from '@/components/ui/notice'
import type { ApiView } from './apis'
import { CorsView } from './cors-view'
import { curlLine } from './curl'
import { ExchangeView } from './exchange-view'
import type { KeptRequest } from './kept-requests'
import { authKinds, methods, type ApiRequest } from './request'
import { SavedRequests } from './saved-requests'
import type { TestResult } from './send-request'

/** Makes a request to one of the learner's APIs, sends it, shows what went and what came back, and keeps what is to be sent again. */
export function ApiTester({ apis, kept, endpoint, region }: { apis: ApiView[]; kept: { saved: KeptRequest[]; sent: KeptRequest[] }; endpoint: string; region: string }) {
  const t = useTranslations('api-tester')
  const fieldText = useTranslations('resource.field')
  const [request, setRequest] = useState<ApiRequest>(() => {
    const [api] = apis
    return { apiId: api?.id ?? '', stage: api?.stages[0] ?? '', method: 'GET', path: '/', headers: [], body: '', auth: { kind: 'none', value: '' }, origin: '' }
  })
  const [revision, setRevision] = useState(0)
  const [sent, setSent] = useState(kept.sent)
  const [result, setResult] = useState<Extract<TestResult, { ok: true }>>()
  const { sending, run } = useSending()
  const outcome = useRef<HTMLDivElement>(null)
  const api = apis.find(({ id }) => id === request.apiId)
  const set = (changes: Partial<ApiRequest>) => setRequest((before) => ({ ...before, ...changes }))
  const errors = sending.fields ?? {}

  useEffect(() => {
    if (result) outcome.current?.scrollIntoView({ block: 'nearest' })
  }, [result])

  function open(one: ApiRequest) {
    setRequest(one)
    setRevision((number) => number + 1)
    setResult(undefined)
  }

  function chooseApi(id: string) {
    const one = apis.find((other) => other.id === id)
    set({ apiId: id, stage: one?.stages[0] ?? '' })
  }

  function chooseRoute(route: string) {
    const [method = '', path = '/'] = route.split(' ')
    const known = methods.find((one) => one === method)
    set({ path, ...(known && { method: known }) })
  }

  async function send() {
    const cleaned = { ...request, headers: request.headers.filter(({ name, value }) => name !== '' || value !== '') }
    const answer = await run<Extract<TestResult, { ok: true }>>('/sandbox/apis/send', cleaned)
    if (!answer) return setResult(undefined)
    setResult(answer)
    const status = (answer.exchange ?? answer.preflight)?.response.status
    if (status === undefined) return
    setSent((all) => [{ id: `now ${Date.now()}`, request: { ...cleaned, auth: { ...cleaned.auth, value: '' } }, status, at: new Date().toISOString() }, ...all].slice(0, 20))
  }

  if (apis.length === 0) return <Nothing>{t('none')}</Nothing>
  return (
    <div className="grid gap-x-10 gap-y-6 lg:grid-cols-[minmax(0,3fr)_minmax(0,1fr)]">
      <div className="min-w-0">
        <form
          noValidate
          className="grid grid-cols-1 gap-4"
          onSubmit={(event) => {
            event.preventDefault()
            if (sending.since === undefined) void send()
          }}
        >
          <div className="grid items-start gap-4 sm:grid-cols-3">
            <Choice label={t('api')} value={request.apiId} options={[...(api ? [] : [[request.apiId, request.apiId] as const]), ...apis.map(({ id, name, kind }) => [id, `${name} (${t(`kinds.${kind}`)})`] as const)]} onChoose={chooseApi} />
            <Choice label={t('stage')} value={request.stage} options={api?.stages.includes(request.stage) ? api.stages : [[request.stage, request.stage || t('noStages')] as const, ...(api?.stages ?? [])]} onChoose={(stage) => set({ stage })} />
            <Choice label={t('route')} value="" options={[['', t('choose')], ...(api?.routes ?? []).map(({ method, path }) => `${method} ${path}`)]} onChoose={chooseRoute} />
          </div>
          {errors.apiId && <Notice tone="bad">{fieldText('noApi')}</Notice>}
          {(errors.stage || api?.stages.length === 0) && <Notice tone="warn">{fieldText('noStage')}</Notice>}
          <div className="grid items-start gap-4 sm:grid-cols-[8rem_minmax(0,1fr)]">
            <Choice label={t('method')} value={request.method} options={methods} onChoose={(method) => set({ method: method as ApiRequest['method'] })} />
            <TextField label={t('path')} value={request.path} onType={(path) => set({ path })} error={errors.path} placeholder="/books?page=2" />
          </div>
          <HeaderRows headers={request.headers} error={errors.headers} onChange={(headers) => set({ headers })} />
          {request.method !== 'GET' && request.method !== 'HEAD' && <JsonEditor key={revision} label={t('body')} text={request.body} error={errors.body} onChange={(body) => set({ body })} />}
          <div className="grid items-start gap-4 sm:grid-cols-2">
            <Choice label={t('auth')} help={t(`authHelp.${request.auth.kind}`)} value={request.auth.kind} options={authKinds.map((one) => [one, t(`auths.${one}`)] as const)} onChoose={(kind) => set({ auth: { kind: kind as ApiRequest['auth']['kind'], value: '' } })} />
            {(request.auth.kind === 'key' || request.auth.kind === 'bearer') && <TextField label={t(`authValue.${request.auth.kind}`)} help={t('notKept')} value={request.auth.value} onType={(value) => set({ auth: { ...request.auth, value } })} error={errors.auth} />}
          </div>
          <Fold title={t('cors.title')} open={request.origin !== ''}>
            <TextField label={t('origin')} help={t('originHelp')} value={request.origin} onType={(origin) => set({ origin: origin.trim() })} error={errors.origin} placeholder="https://shop.example" />
          </Fold>
          <div>
            <Button disabled={sending.since !== undefined}>{t('send')}</Button>
          </div>
        </form>
        <div className="mt-4 grid grid-cols-1 gap-4">
          <SendingView sending={sending} />
          {result?.timedOut !== undefined && <Notice tone="warn">{t('timedOut', { seconds: result.timedOut })}</Notice>}
          <Fold title={t('curl')}>
            <CliText text={curlLine(request, endpoint, region)} note={request.auth.kind === 'iam' ? t('curlKeys') : undefined} />
          </Fold>
          <div ref={outcome} className="grid scroll-my-4 grid-cols-1 gap-6">
            {result?.cors && <CorsView steps={result.cors} preflight={result.preflight} />}
            {result?.exchange && <ExchangeView title={t('response')} exchange={result.exchange} />}
            {/* What explains the response stands here. */}
          </div>
        </div>
      </div>
      <SavedRequests apis={apis} saved={kept.saved} sent={sent} request={request} onOpen={open} />
    </div>
  )
}

function HeaderRows({ headers, error, onChange }: { headers: ApiRequest['headers']; error: FieldError | undefined; onChange: (headers: ApiRequest['headers']) => void }) {
  const t = useTranslations('api-tester')
  const put = (index: number, changes: Partial<ApiRequest['headers'][number]>) => onChange(headers.map((one, at) => (at === index ? { ...one, ...changes } : one)))
  return (
    <fieldset className="grid grid-cols-1 gap-2">
      <legend className="mb-1 font-semibold">{t('headers')}</legend>
      {headers.map(({ name, value }, index) => (
        <div key={index} className="grid grid-cols-[minmax(0,2fr)_minmax(0,3fr)_auto] gap-2">
          <input aria-label={t('headerName', { number: index + 1 })} aria-invalid={error ? true : undefined} spellCheck={false} autoCapitalize="off" autoComplete="off" className={rowClass} value={name} placeholder="content-type" onChange={(event) => put(index, { name: event.target.value })} />
          <input aria-label={t('headerValue', { number: index + 1 })} spellCheck={false} autoCapitalize="off" autoComplete="off" className={rowClass} value={value} placeholder="application/json" onChange={(event) => put(index, { value: event.target.value })} />
          <Button type="button" look="plain" aria-label={t('removeHeader', { number: index + 1 })} onClick={() => onChange(headers.filter((_, at) => at !== index))}>
            {t('remove')}
          </Button>
        </div>
      ))}
      {error && (
        <p role="alert" className="text-sm text-bad">
          <FieldErrorText error={error} />
        </p>
      )}
      <div className="flex flex-wrap gap-x-5">
        <Button type="button" look="plain" onClick={() => onChange([...headers, { name: '', value: '' }])}>
          {t('addHeader')}
        </Button>
        {!headers.some(({ name }) => name.toLowerCase() === 'content-type') && (
          <Button type="button" look="plain" onClick={() => onChange([...headers, { name: 'content-type', value: 'application/json' }])}>
            {t('addJson')}
          </Button>
        )}
      </div>
    </fieldset>
  )
}

const rowClass = 'min-h-11 w-full rounded-md border border-muted/60 bg-paper px-3 font-mono text-sm placeholder:text-muted aria-invalid:border-bad'
