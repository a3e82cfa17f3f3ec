'use client'

import { useFormatter, useTranslations } from 'next-intl'
import { useState } from 'react'
import { Button } from '@/components/ui/button'
import { Notice } from '@/components/ui/notice'
import type { CallAnswer } from '../calls'
import { Pre, SendingView, Twin } from '../kit'
import { useCall } from '../use-call'

/** A function's package, file by file, to read. It is fetched when asked for. */
export function CodeView({ name, qualifier }: { name: string; qualifier: string }) {
  const t = useTranslations('resource.lambda')
  const format = useFormatter()
  const { sending, send } = useCall('lambda.code')
  const [code, setCode] = useState<CallAnswer<'lambda.code'>>()
  const [path, setPath] = useState<string>()
  const file = code?.files?.find((one) => one.path === path)
  const size = (bytes: number) => `${format.number(bytes / 1000, { maximumFractionDigits: 1 })} kB`

  async function load() {
    const answer = await send({ name, qualifier })
    setCode(answer)
    setPath(answer?.files?.find(({ text }) => text !== undefined)?.path)
  }

  return (
    <>
      <div>
        <Button type="button" look="quiet" disabled={sending.since !== undefined} onClick={() => void load()}>
          {code ? t('codeAgain') : t('codeShow')}
        </Button>
      </div>
      <SendingView sending={sending} />
      {code?.tooLarge !== undefined && <Notice tone="warn">{t('codeTooLarge', { size: size(code.tooLarge) })}</Notice>}
      {code?.notFetched && <Notice tone="warn">{t('codeNotFetched')}</Notice>}
      {code?.files && (
        <div className="grid gap-3 sm:grid-cols-[minmax(0,1fr)_minmax(0,3fr)]">
          <ul aria-label={t('files')} className="max-h-96 overflow-auto">
            {code.files.map((one) => (
              <li key={one.path}>
                <button type="button" aria-pressed={one.path === path} onClick={() => setPath(one.path)} className="min-h-9 w-full rounded-md px-2 text-left font-mono text-sm break-all hover:bg-wash aria-pressed:bg-wash aria-pressed:font-semibold aria-pressed:text-accent">
                  {one.path}
                </button>
              </li>
            ))}
          </ul>
          {file && (file.text === undefined ? <p className="text-muted">{t('notText', { size: size(file.size) })}</p> : <Pre label={file.path}>{file.text}</Pre>)}
        </div>
      )}
      <Twin call="lambda.code" input={{ name, qualifier }} />
    </>
  )
}
