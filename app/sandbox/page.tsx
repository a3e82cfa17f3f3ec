import type { Metadata } from 'next'
import { getTranslations } from 'next-intl/server'
import { Explorer } from '@/components/explorer/explorer'
import { SandboxPage } from '@/components/sandbox/sandbox-page'
import { wantedFrom } from '@/lib/inventory/filter'

/** @returns the title of the page */
export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations('sandbox')
  return { title: t('title') }
}

/** What the learner's AWS account holds; `?q=` and `?show=` say what is looked for. */
export default async function ResourcesPage({ searchParams }: { searchParams: Promise<{ q?: string | string[]; show?: string | string[] }> }) {
  const wanted = wantedFrom(await searchParams)
  return <SandboxPage features={['explorer']}>{(accountId) => Explorer({ accountId, wanted })}</SandboxPage>
}
