'use client'

import { useTranslations } from 'next-intl'
import { Notice } from '@/components/ui/notice'
import { AwsErrorView } from './aws-error-view'
import { InvokeResult } from './invoke-result'
import type { ActionResult, ActionView, InvokeView } from './lab-view'
import { RefusalNotice } from './refusal-notice'
import { RoleInspector } from './role-inspector'

/** What came of an action: a refusal, AWS's error, or its answer. Invokes kept from before are shown as well. */
export function ActionOutcome({ id, action, labId, result, invokes }: { id: string; action: ActionView; labId: string; result: ActionResult | { ok: false; refused: 'offline' } | undefined; invokes: InvokeView[] }) {
  const t = useTranslations('lab.action')
  return (
    <div id={id} className="scroll-my-20 grid grid-cols-1 gap-4 empty:hidden [&>*]:mt-4">
      {result && !result.ok && 'refused' in result && <RefusalNotice reason={result.refused} />}
      {result && 'fields' in result && (
        <p role="alert" className="sr-only">
          {t('fieldErrors', { count: Object.keys(result.fields).length })}
        </p>
      )}
      {result && 'error' in result && <AwsErrorView error={result.error} />}
      {result?.ok && 'output' in result && <Notice tone="good">{t('done')}</Notice>}
      {result?.ok && 'role' in result && result.role && <RoleInspector role={result.role} labId={labId} />}
      {result?.ok && 'output' in result && action.shows !== 'role' && (
        <details>
          <summary className="w-fit text-sm text-muted underline decoration-line underline-offset-4 hover:text-ink">{t('answer')}</summary>
          <pre tabIndex={0} aria-label={t('answer')} className="mt-2 max-h-80 overflow-auto rounded-md bg-wash px-3 py-2.5 font-mono text-sm leading-relaxed">
            {result.output}
          </pre>
        </details>
      )}
      {action.shows === 'invoke' && invokes.length > 0 && <InvokeResult invokes={invokes} />}
    </div>
  )
}
