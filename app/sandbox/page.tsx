import type { Metadata } from 'next'
import Link from 'next/link'
import { getTranslations } from 'next-intl/server'
import { ClientMessages } from '@/components/lab/client-messages'
import { CopyButton } from '@/components/lab/copy-button'
import { KeysPanel } from '@/components/sandbox/keys-panel'
import { OpenAccount } from '@/components/sandbox/open-account'
import { ResourceList } from '@/components/sandbox/resource-list'
import { Trail } from '@/components/sandbox/trail'
import { Page } from '@/components/shell/page'
import { Notice } from '@/components/ui/notice'
import { requireViewer } from '@/lib/auth'
import { CloudUnavailable, getCloud, type CloudStatus } from '@/lib/cloud'

/** Events on one page of the trail. */
const shownEvents = 30

/** @returns the title of the page */
export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations('sandbox')
  return { title: t('title') }
}

/** The learner's AWS account: keys, own AWS CLI, what it holds, and what was done in it. */
export default async function SandboxPage({ searchParams }: { searchParams: Promise<{ before?: string | string[] }> }) {
  const viewer = await requireViewer()
  const t = await getTranslations('sandbox')
  const { before } = await searchParams
  return (
    <Page>
      <h1 className="text-3xl">{t('title')}</h1>
      <p className="mt-3 max-w-prose">{t('text')}</p>
      {viewer.sandboxAccountId ? (
        <Account accountId={viewer.sandboxAccountId} before={typeof before === 'string' ? before : undefined} />
      ) : (
        <section className="mt-8 max-w-prose">
          <h2 className="text-xl">{t('none.title')}</h2>
          <p className="mt-1">{t('none.text')}</p>
          <ClientMessages features={['lab', 'sandbox']}>
            <OpenAccount />
          </ClientMessages>
        </section>
      )}
    </Page>
  )
}

async function Account({ accountId, before }: { accountId: string; before: string | undefined }) {
  const t = await getTranslations('sandbox')
  const cloud = getCloud()
  const found = await read(accountId, before)
  if (!found) {
    return (
      <Notice tone="warn" className="mt-6">
        {t('unavailable', { endpoint: cloud.endpoint })}
      </Notice>
    )
  }
  const { keys, resources, trail, status } = found
  return (
    <ClientMessages features={['lab', 'sandbox']}>
      <div className="mt-6 grid grid-cols-1 gap-4">
        <p className="flex flex-wrap items-center gap-x-4 gap-y-1">
          <span className="text-muted">{t('account')}</span>
          <span className="font-mono text-xl tabular-nums">{accountId}</span>
          <CopyButton text={accountId} what={t('accountWhat')} />
        </p>
        {status.isolation === 'none' && <Notice tone="warn">{t('isolation')}</Notice>}
        <Runtimes runtimes={status.runtimes} />
      </div>
      <section aria-labelledby="keys-title" className="mt-10">
        <h2 id="keys-title" className="mb-3 text-xl">
          {t('keys.title')}
        </h2>
        <KeysPanel keys={keys} endpoint={cloud.endpoint} region={cloud.region} canRotate={cloud.capabilities.has('keys.rotate')} />
      </section>
      <section aria-labelledby="resources-title" className="mt-12">
        <h2 id="resources-title" className="text-xl">
          {t('resources.heading', { count: resources.length })}
        </h2>
        <p className="mt-1 max-w-prose text-sm text-muted">{t('resources.text')}</p>
        <ResourceList resources={resources} />
      </section>
      {trail && (
        <section aria-labelledby="trail-title" className="mt-12">
          <h2 id="trail-title" className="text-xl">
            {t('trail.title')}
          </h2>
          <p className="mt-1 max-w-prose text-sm text-muted">{t('trail.text')}</p>
          <Trail events={trail.events} />
          <p className="mt-3 flex gap-5">
            {before !== undefined && (
              <Link className="link" href="/sandbox#trail-title">
                {t('trail.newest')}
              </Link>
            )}
            {trail.before !== undefined && (
              <Link className="link" href={`/sandbox?before=${encodeURIComponent(trail.before)}#trail-title`}>
                {t('trail.older')}
              </Link>
            )}
          </p>
        </section>
      )}
    </ClientMessages>
  )
}

/** Everything the page shows of an account; undefined where the sandbox does not answer. */
async function read(accountId: string, before: string | undefined) {
  const cloud = getCloud()
  try {
    const [keys, resources, trail, status] = await Promise.all([
      cloud.keys(accountId),
      cloud.resources(accountId),
      cloud.capabilities.has('audit.trail') ? cloud.events(accountId, { limit: shownEvents, ...(before !== undefined && { before }) }) : undefined,
      cloud.status(),
    ])
    return { keys, resources, trail, status }
  } catch (error) {
    if (error instanceof CloudUnavailable) return undefined
    throw error
  }
}

/** The runtimes that run as another version than they name, or not at all. */
async function Runtimes({ runtimes }: { runtimes: CloudStatus['runtimes'] }) {
  const t = await getTranslations('sandbox.runtimes')
  const told = Object.entries(runtimes).filter(([, { available, note }]) => !available || note)
  if (told.length === 0) return null
  return (
    <details>
      <summary className="w-fit underline decoration-line underline-offset-4 hover:text-accent">{t('title')}</summary>
      <p className="mt-1 max-w-prose text-sm text-muted">{t('text')}</p>
      <ul className="mt-2 grid grid-cols-1 gap-1">
        {told.map(([name, { available, version }]) => (
          <li key={name}>
            <code className="inline-code">{name}</code> {available ? t('nearest', { version: version ?? '?' }) : t('missing')}
          </li>
        ))}
      </ul>
    </details>
  )
}
