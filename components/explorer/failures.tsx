import { useTranslations } from 'next-intl'
import { Notice } from '@/components/ui/notice'
import type { Failure } from '@/lib/inventory'

/** What could not be looked at, and why: of these services something may be missing from the page. */
export function Failures({ failed }: { failed: readonly Failure[] }) {
  const t = useTranslations('explorer.failures')
  if (failed.length === 0) return null
  return (
    <Notice tone="warn" className="mt-4">
      <p className="font-semibold">{t('title')}</p>
      <ul className="mt-1 grid gap-1">
        {failed.map(({ service, message, denied }) => (
          <li key={`${service} ${message}`}>
            {t(denied ? 'denied' : 'refused', { service })}
            <code className="block font-mono text-sm break-words" lang="en">
              {message}
            </code>
          </li>
        ))}
      </ul>
    </Notice>
  )
}
