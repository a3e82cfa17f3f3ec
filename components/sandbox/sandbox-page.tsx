import { getTranslations } from 'next-intl/server'
import type { ReactNode } from 'react'
import { ClientMessages } from '@/components/lab/client-messages'
import { CopyButton } from '@/components/lab/copy-button'
import { Page } from '@/components/shell/page'
import { Notice } from '@/components/ui/notice'
import { requireViewer } from '@/lib/auth'
import { CloudUnavailable, getCloud } from '@/lib/cloud'
import { OpenAccount } from './open-account'
import { SectionLink } from './section-link'

/** The pages about an account, in the order of their links. Their names stand under `sections` of the messages. */
const SECTIONS = { resources: '/sandbox', apis: '/sandbox/apis', trail: '/sandbox/trail', tools: '/sandbox/tools' } as const

/**
 * The frame of every page under /sandbox: whose account it is and the way to the other pages. Where there is no account
 * yet it offers one; where the cloud does not answer it says so.
 *
 * @param features whose texts the client parts of the page need, beside `lab` and `sandbox`
 * @param children draws the page of the account
 */
export async function SandboxPage({ features = [], children }: { features?: readonly string[]; children: (accountId: string) => Promise<ReactNode> }) {
  const viewer = await requireViewer()
  const t = await getTranslations('sandbox')
  if (!viewer.sandboxAccountId) {
    return (
      <Page>
        <h1 className="text-3xl">{t('title')}</h1>
        <p className="mt-3 max-w-prose">{t('text')}</p>
        <section className="mt-8 max-w-prose">
          <h2 className="text-xl">{t('none.title')}</h2>
          <p className="mt-1">{t('none.text')}</p>
          <ClientMessages features={['lab', 'sandbox']}>
            <OpenAccount />
          </ClientMessages>
        </section>
      </Page>
    )
  }
  return (
    <Page>
      <ClientMessages features={['lab', 'sandbox', ...features]}>
        <header className="flex flex-wrap items-baseline justify-between gap-x-6 gap-y-1">
          <h1 className="text-3xl">{t('title')}</h1>
          <p className="flex flex-wrap items-center gap-x-3">
            <span className="text-muted">{t('account')}</span>
            <span className="font-mono text-lg tabular-nums">{viewer.sandboxAccountId}</span>
            <CopyButton text={viewer.sandboxAccountId} what={t('accountWhat')} />
          </p>
        </header>
        <nav aria-label={t('sections.label')} className="no-print mt-3 flex gap-x-5 overflow-x-auto border-b border-line">
          {Object.entries(SECTIONS).map(([name, href]) => (
            <SectionLink key={name} href={href}>
              {t(`sections.${name as keyof typeof SECTIONS}`)}
            </SectionLink>
          ))}
        </nav>
        {await orUnavailable(() => children(viewer.sandboxAccountId!))}
      </ClientMessages>
    </Page>
  )
}

async function orUnavailable(draw: () => Promise<ReactNode>): Promise<ReactNode> {
  try {
    return await draw()
  } catch (error) {
    if (!(error instanceof CloudUnavailable)) throw error
    const t = await getTranslations('sandbox')
    return (
      <Notice tone="warn" className="mt-6">
        {t('unavailable', { endpoint: getCloud().endpoint })}
      </Notice>
    )
  }
}
