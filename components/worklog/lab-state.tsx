import { getLocale, getTimeZone, getTranslations } from 'next-intl/server'
import { Icon } from '@/components/ui/icon'
import { dayOf } from '@/lib/i18n/dates'
import type { LabProgress } from '@/lib/progress/compute-progress'

/** How far the reader is with an open lab, in words. Without progress (nobody signed in) it only says that the lab is open. */
export async function LabState({ progress }: { progress?: LabProgress }) {
  const [t, locale, timeZone] = await Promise.all([getTranslations('worklog.labs'), getLocale(), getTimeZone()])
  if (progress?.verifiedAt) {
    return (
      <span className="inline-flex items-baseline gap-1 whitespace-nowrap text-good">
        <Icon name="verified" />
        {t('verifiedOn', { date: dayOf(progress.verifiedAt, locale, timeZone) })}
      </span>
    )
  }
  return (
    <span className="whitespace-nowrap text-muted">
      {progress ? t('started', { passed: progress.passed, steps: progress.steps }) : t('openToAll')}
    </span>
  )
}
