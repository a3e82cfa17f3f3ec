'use client'

import { useTranslations } from 'next-intl'
import { usePathname } from 'next/navigation'
import { Notice } from '@/components/ui/notice'
import type { RefusalReason } from './refusal'

/** Says why nothing was done. After a lost session it leads to signing in, in another tab, so that this page stays as it is. */
export function RefusalNotice({ reason }: { reason: RefusalReason | 'offline' }) {
  const t = useTranslations('lab.refused')
  const path = usePathname()
  return (
    <Notice tone={reason === 'session' || reason === 'sandbox' || reason === 'offline' ? 'warn' : 'bad'}>
      {t(reason)}{' '}
      {reason === 'session' && (
        <a className="link" href={`/signin?next=${encodeURIComponent(path)}`} target="_blank">
          {t('signIn')}
        </a>
      )}
    </Notice>
  )
}
