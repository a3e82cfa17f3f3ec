import type { Metadata } from 'next'
import Link from 'next/link'
import { notFound } from 'next/navigation'
import { getTranslations } from 'next-intl/server'
import { ResourceDetails } from '@/components/explorer/resource-details'
import { views } from '@/components/resource/views'
import { SandboxPage } from '@/components/sandbox/sandbox-page'
import { parseArn } from '@/lib/cloud/arn'

interface Props {
  searchParams: Promise<{ arn?: string | string[] }>
}

/** @returns the title of the page: the name of the resource */
export async function generateMetadata({ searchParams }: Props): Promise<Metadata> {
  const { arn } = await searchParams
  return { title: parseArn(String(arn))?.name ?? '' }
}

/** One resource of the learner's account: `/sandbox/resource?arn=…`. */
export default async function ResourcePage({ searchParams }: Props) {
  const { arn } = await searchParams
  if (typeof arn !== 'string') notFound()
  const parts = parseArn(arn)
  if (!parts) notFound()
  return (
    <SandboxPage features={['explorer']}>
      {async (accountId) => {
        const t = await getTranslations('sandbox.sections')
        if (parts.accountId !== '' && parts.accountId !== accountId) notFound()
        return (
          <article className="mt-6">
            <p>
              <Link className="link" href="/sandbox">
                {t('resources')}
              </Link>
            </p>
            <h2 className="text-2xl break-all">{parts.name}</h2>
            <p className="font-mono text-sm break-all text-muted">{arn}</p>
            {await ResourceDetails({ accountId, arn, view: await views[`${parts.service} ${parts.type}`.trim()]?.({ accountId, arn, parts }) })}
          </article>
        )
      }}
    </SandboxPage>
  )
}
