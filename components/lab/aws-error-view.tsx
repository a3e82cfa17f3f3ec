'use client'

import { useTranslations } from 'next-intl'
import { Notice } from '@/components/ui/notice'
import { CopyButton } from './copy-button'
import type { AwsError } from './explain-error'

/** An error in AWS's own words, what it means and what to do; for a denial, what was missing and the smallest statement that would allow it. */
export function AwsErrorView({ error: { code, message, meaning, denial } }: { error: AwsError }) {
  const t = useTranslations('lab.aws')
  return (
    <Notice tone="bad">
      <p className="font-semibold">
        <code className="font-mono">{code}</code>
      </p>
      <p lang="en" className="mt-1 font-mono text-sm break-words">
        {message}
      </p>
      {meaning && <p className="mt-2">{t(meaning)}</p>}
      {denial && (
        <div className="mt-3 grid grid-cols-1 gap-2">
          <p>
            {t.rich(denial.explicit ? 'explicit' : 'implicit', {
              principal: denial.principal,
              action: denial.action,
              resource: denial.resource,
              policy: denial.policy ?? '',
              code: (chunks) => <code className="inline-code">{chunks}</code>,
            })}
          </p>
          {denial.statement && (
            <>
              <div className="flex flex-wrap items-center justify-between gap-2">
                <p className="text-sm text-muted">{t('statement')}</p>
                <CopyButton text={denial.statement} what={t('statementWhat')} />
              </div>
              <pre tabIndex={0} aria-label={t('statement')} className="overflow-x-auto rounded-md border border-line bg-paper px-3 py-2.5 font-mono text-sm leading-relaxed">
                {denial.statement}
              </pre>
            </>
          )}
        </div>
      )}
    </Notice>
  )
}
