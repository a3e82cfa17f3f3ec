import type { Metadata } from 'next'
import { getTranslations } from 'next-intl/server'
import { NotFoundPage } from '@/components/shell/not-found-page'

/** @returns the title of the page that is not there */
export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations('common.notFound')
  return { title: t('title') }
}

/** What stands where no page is, or none for this reader. */
export default function NotFound() {
  return <NotFoundPage texts="common.notFound" />
}
