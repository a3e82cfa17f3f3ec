import type { Metadata } from 'next'
import { getTranslations } from 'next-intl/server'
import { TesterOf } from '@/components/api-tester/tester-of'
import { SandboxPage } from '@/components/sandbox/sandbox-page'

/** @returns the title of the page */
export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations('api-tester')
  return { title: t('title') }
}

/** Sends requests to the learner's own deployed APIs. */
export default function ApisPage() {
  return <SandboxPage features={['resource', 'api-tester']}>{() => TesterOf({})}</SandboxPage>
}
