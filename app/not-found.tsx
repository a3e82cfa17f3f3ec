import type { Metadata } from 'next'
import { getTranslations } from 'next-intl/server'
import { Page } from '@/components/shell/page'
import { LinkButton } from '@/components/ui/button'

/** @returns the title of the page that is not there */
export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations('common.notFound')
  return { title: t('title') }
}

/** What stands where no page is, or none for this reader. */
export default async function NotFound() {
  const t = await getTranslations('common.notFound')
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
