import type { Metadata } from 'next'
import { getTranslations } from 'next-intl/server'
import { KeysPanel } from '@/components/sandbox/keys-panel'
import { SandboxPage } from '@/components/sandbox/sandbox-page'
import { Notice } from '@/components/ui/notice'
import { getCloud, type CloudStatus } from '@/lib/cloud'

/** @returns the title of the page */
export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations('sandbox.sections')
  return { title: t('tools') }
}

/** The learner's keys and what leads own tools to the account. */
export default function ToolsPage() {
  return <SandboxPage>{(accountId) => Tools({ accountId })}</SandboxPage>
}

async function Tools({ accountId }: { accountId: string }) {
  const t = await getTranslations('sandbox')
  const cloud = getCloud()
  const [keys, status] = await Promise.all([cloud.keys(accountId), cloud.status()])
  return (
    <section aria-labelledby="keys-title" className="mt-8">
      <h2 id="keys-title" className="mb-3 text-xl">
        {t('keys.title')}
      </h2>
      <KeysPanel keys={keys} endpoint={cloud.endpoint} region={cloud.region} canRotate={cloud.capabilities.has('keys.rotate')} />
      <div className="mt-8 grid grid-cols-1 gap-4">
        {status.isolation === 'none' && <Notice tone="warn">{t('isolation')}</Notice>}
        <Runtimes runtimes={status.runtimes} />
      </div>
    </section>
  )
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
