import { getTranslations } from 'next-intl/server'
import { LinkButton } from '@/components/ui/button'

/** For a reader who is not signed in: what signing in gives. Comes back to `path` afterwards. */
export async function StartCard({ path }: { path: string }) {
  const t = await getTranslations('worklog.start')
  return (
    <section aria-label={t('label')} className="self-start rounded-lg bg-wash p-5">
      <p>{t('text')}</p>
      <LinkButton look="quiet" href={`/signin?next=${encodeURIComponent(path)}`} className="mt-4">
        {t('button')}
      </LinkButton>
    </section>
  )
}
