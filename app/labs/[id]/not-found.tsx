import { getTranslations } from 'next-intl/server'
import { Page } from '@/components/shell/page'
import { LinkButton } from '@/components/ui/button'

/** What stands where no open lab is: it may be one of the course that has not opened yet. */
export default async function LabNotFound() {
  const t = await getTranslations('lab.notFound')
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
