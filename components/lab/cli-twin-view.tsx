'use client'

import { useTranslations } from 'next-intl'
import { useEffect, useState } from 'react'
import type { LabFiles } from '@/lib/lab/define-lab'
import type { CliTwin } from './cli-twin'
import { CopyButton } from './copy-button'
import type { FormValues } from './form-input'

const WAIT_MS = 350

async function fetchTwin(labId: string, body: { step: string; action: string; values: FormValues }, signal?: AbortSignal): Promise<CliTwin> {
  const answer = await fetch(`/labs/${labId}/cli`, { method: 'POST', headers: { 'content-type': 'application/json' }, body: JSON.stringify(body), ...(signal && { signal }) })
  if (!answer.ok) throw new Error(answer.statusText)
  return answer.json()
}

/** The form as an AWS CLI command, kept up with what is typed. Where it reads code from a zip file, that file is offered. */
export function CliTwinView({ labId, stepId, actionId, values, files }: { labId: string; stepId: string; actionId: string; values: FormValues; files: LabFiles }) {
  const t = useTranslations('lab.cli')
  const [twin, setTwin] = useState<CliTwin>()
  const [stale, setStale] = useState(false)

  useEffect(() => {
    const stop = new AbortController()
    const timer = setTimeout(() => {
      fetchTwin(labId, { step: stepId, action: actionId, values }, stop.signal).then(
        (found) => {
          if (found.text !== undefined) setTwin(found)
          setStale(found.text === undefined)
        },
        () => undefined,
      )
    }, WAIT_MS)
    return () => {
      clearTimeout(timer)
      stop.abort()
    }
  }, [labId, stepId, actionId, values, files])

  if (twin?.text === undefined) return null
  return (
    <div className="min-w-0">
      <div className="flex flex-wrap items-center justify-between gap-2">
        <p className="text-sm text-muted">{stale ? t('stale') : t('title')}</p>
        <CopyButton text={twin.text} what={t('what')} />
      </div>
      <pre tabIndex={0} aria-label={t('title')} className="mt-1.5 max-h-64 overflow-auto rounded-md bg-wash px-3 py-2.5 font-mono text-sm leading-relaxed">
        <code>{twin.text}</code>
      </pre>
      {twin.text.includes('--cli-binary-format') && <p className="mt-1 text-sm text-muted">{t('version1')}</p>}
      {twin.zip && (
        <p className="mt-1 text-sm text-muted">
          {t.rich('zip', {
            name: twin.zip.name,
            link: (chunks) => (
              <a className="link" href={`data:application/zip;base64,${twin.zip!.base64}`} download={twin.zip!.name}>
                {chunks}
              </a>
            ),
          })}
        </p>
      )}
    </div>
  )
}
