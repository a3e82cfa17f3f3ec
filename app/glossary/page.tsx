import type { Metadata } from 'next'
import { getTranslations } from 'next-intl/server'
import { Page } from '@/components/shell/page'
import { LabLine } from '@/components/worklog/lab-line'
import { getViewer } from '@/lib/auth'
import { glossary } from '@/lib/glossary/terms'
import { getProgress } from '@/lib/progress/get-progress'
import { labsCovering } from '@/lib/progress/plan'

/** Names the glossary. */
export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations('glossary'))('title') }
}

/** The terms of the week, each with what it means and the labs that teach it. */
export default async function GlossaryPage() {
  const [t, viewer] = await Promise.all([getTranslations('glossary'), getViewer()])
  const progress = viewer ? (await getProgress(viewer.id)).progress : undefined
  return (
    <Page>
      <h1 className="text-3xl sm:text-4xl">{t('title')}</h1>
      <p className="mt-2 max-w-prose text-muted">{t('intro')}</p>
      <nav aria-label={t('contents')} className="mt-5">
        <ul className="flex flex-wrap gap-x-5 gap-y-1">
          {glossary.map((group) => (
            <li key={group.id}>
              <a href={`#${group.id}`} className="link">
                {t(`groups.${group.id}`)}
              </a>
            </li>
          ))}
        </ul>
      </nav>
      {glossary.map((group) => (
        <section key={group.id} aria-labelledby={group.id} className="mt-12">
          <h2 id={group.id} className="border-b-2 border-ink/70 pb-2 text-xl">
            {t(`groups.${group.id}`)}
          </h2>
          <dl>
            {group.terms.map((term) => (
              <div key={term.id} id={term.id} className="grid gap-x-8 border-b border-line py-4 md:grid-cols-[16rem_minmax(0,1fr)]">
                <dt lang="en" className="font-semibold">
                  {term.name}
                </dt>
                <dd className="max-w-prose">
                  {t(`terms.${term.id}`)}
                  <div className="mt-1 flex flex-wrap gap-x-4 text-sm">
                    <span className="text-muted">{t('labs')}</span>
                    {[...new Set(term.achievements.flatMap(labsCovering))].map((lab) => (
                      <LabLine key={lab.id} lab={lab} progress={progress?.labs[lab.id]} />
                    ))}
                  </div>
                </dd>
              </div>
            ))}
          </dl>
        </section>
      ))}
    </Page>
  )
}
