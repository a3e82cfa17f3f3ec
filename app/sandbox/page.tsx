import type { Metadata } from 'next'
import { getTranslations } from 'next-intl/server'
import { ResourceList } from '@/components/sandbox/resource-list'
import { SandboxPage } from '@/components/sandbox/sandbox-page'
import { getCloud } from '@/lib/cloud'

/** @returns the title of the page */
export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations('sandbox')
  return { title: t('title') }
}

/** What the learner's AWS account holds. */
export default function ResourcesPage() {
  return <SandboxPage>{(accountId) => Resources({ accountId })}</SandboxPage>
}

async function Resources({ accountId }: { accountId: string }) {
  const [t, resources] = await Promise.all([getTranslations('sandbox.resources'), getCloud().resources(accountId)])
  return (
    <section aria-labelledby="resources-title" className="mt-8">
      <h2 id="resources-title" className="text-xl">
        {t('heading', { count: resources.length })}
      </h2>
      <p className="mt-1 max-w-prose text-sm text-muted">{t('text')}</p>
      <ResourceList resources={resources} />
    </section>
  )
}
