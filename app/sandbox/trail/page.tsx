import type { Metadata } from 'next'
import Link from 'next/link'
import { getTranslations } from 'next-intl/server'
import { SandboxPage } from '@/components/sandbox/sandbox-page'
import { Trail } from '@/components/sandbox/trail'
import { getCloud } from '@/lib/cloud'

/** Events on one page of the trail. */
const shownEvents = 30

/** @returns the title of the page */
export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations('sandbox.trail')
  return { title: t('title') }
}

/** What was done in the learner's account, by whom, and whether it was allowed. */
export default async function TrailPage({ searchParams }: { searchParams: Promise<{ before?: string | string[] }> }) {
  const { before } = await searchParams
  return <SandboxPage>{(accountId) => Events({ accountId, before: typeof before === 'string' ? before : undefined })}</SandboxPage>
}

async function Events({ accountId, before }: { accountId: string; before: string | undefined }) {
  const t = await getTranslations('sandbox.trail')
  const cloud = getCloud()
  if (!cloud.capabilities.has('audit.trail')) return <p className="mt-8">{t('notHere')}</p>
  const trail = await cloud.events(accountId, { limit: shownEvents, ...(before !== undefined && { before }) })
  return (
    <section aria-labelledby="trail-title" className="mt-8">
      <h2 id="trail-title" className="text-xl">
        {t('title')}
      </h2>
      <p className="mt-1 max-w-prose text-sm text-muted">{t('text')}</p>
      <Trail events={trail.events} />
      <p className="mt-3 flex gap-5">
        {before !== undefined && (
          <Link className="link" href="/sandbox/trail">
            {t('newest')}
          </Link>
        )}
        {trail.before !== undefined && (
          <Link className="link" href={`/sandbox/trail?before=${encodeURIComponent(trail.before)}`}>
            {t('older')}
          </Link>
        )}
      </p>
    </section>
  )
}
