import { getTranslations } from 'next-intl/server'
import { LinkButton } from '@/components/ui/button'
import { Page } from './page'

/** What stands where nothing is: what is missing, in the words of `texts`, and the way back. */
export async function NotFoundPage({ texts }: { texts: 'common.notFound' | 'lab.notFound' }) {
  const t = await getTranslations(texts)
  return (
    <Page>
      <h1 className="text-3xl">{t('title')}</h1>
      <p className="mt-4 max-w-prose">{t('text')}</p>
      <LinkButton href="/" className="mt-6">
        {t('back')}
      </LinkButton>
    </Page>
  )
}
