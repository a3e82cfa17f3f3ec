import type { Metadata } from 'next'
import Link from 'next/link'
import { notFound, redirect } from 'next/navigation'
import { getTranslations } from 'next-intl/server'
import type { ReactNode } from 'react'
import { ClientMessages } from '@/components/lab/client-messages'
import { findOpenLab } from '@/components/lab/lab-for-action'
import { placeOf } from '@/components/lab/place'
import { Rich } from '@/components/lab/rich'
import { labView } from '@/components/lab/show-lab'
import { StartLab } from '@/components/lab/start-lab'
import { Workbench } from '@/components/lab/workbench'
import { getViewer } from '@/lib/auth'
import { getCloud } from '@/lib/cloud'
import { db } from '@/lib/db'
import { currentLocale } from '@/lib/i18n/current-locale'
import { currentWeek } from '@/lib/worklog/weeks'

interface Props {
  params: Promise<{ id: string }>
}

/** @returns the title of the lab */
export async function generateMetadata({ params }: Props): Promise<Metadata> {
  const lab = findOpenLab((await params).id)
  return lab ? { title: `${lab.id} ${lab.title[await currentLocale()]}` } : {}
}

/** A lab: before it is started what it is about, then its workbench, at the place where the learner left it. */
export default async function LabPage({ params }: Props) {
  const { id } = await params
  const viewer = (await getViewer()) ?? redirect(`/signin?next=${encodeURIComponent(`/labs/${id}`)}`)
  const lab = findOpenLab(id)
  if (!lab) notFound()
  const [t, locale, state] = await Promise.all([
    getTranslations('lab'),
    currentLocale(),
    db.labState.findUnique({ where: { userId_labId: { userId: viewer.id, labId: lab.id } } }),
  ])
  const view = labView(lab, locale)
  const cloud = getCloud()
  const before = lab.after.map((id) => findOpenLab(id)).filter((one) => one !== undefined)
  const place = state && viewer.sandboxAccountId ? await placeOf(lab, state, { accountId: viewer.sandboxAccountId, region: cloud.region }, locale) : undefined
  return (
    // At work the page takes more of a large window; before, it is read like any other.
    <div className={`mx-auto px-4 pt-5 sm:px-6 lg:pt-7 ${place ? 'max-w-page 2xl:max-w-[96rem]' : 'max-w-page'}`}>
      <nav aria-label={t('head.way')} className="flex flex-wrap gap-x-2 text-sm text-muted">
        <Link className="hover:text-accent" href={`/weeks/${currentWeek}`}>
          {t('head.week', { week: currentWeek })}
        </Link>
        <span aria-hidden="true">›</span>
        <Link className="hover:text-accent" href={`/weeks/${currentWeek}/days/${lab.day}`}>
          {t('head.day', { day: lab.day })}
        </Link>
      </nav>
      <h1 className="mt-1 text-xl wrap-anywhere sm:text-3xl">
        <span className="text-muted">{lab.id}</span> {view.title}
      </h1>
      {place ? (
        <ClientMessages features={['explorer', 'lab', 'lab-fields', 'sandbox']}>
          <Workbench lab={view} place={place} endpoint={cloud.endpoint} region={cloud.region} />
        </ClientMessages>
      ) : (
        <div className="mt-6 grid gap-x-14 gap-y-8 lg:grid-cols-[minmax(0,3fr)_minmax(0,2fr)]">
          <div className="max-w-prose">
            <p className="text-lg">
              <Rich text={lab.summary[locale]} />
            </p>
            <div className="mt-5">{view.intro}</div>
            <section aria-labelledby="steps-title" className="mt-8">
              <h2 id="steps-title" className="text-lg">
                {t('start.steps', { count: lab.steps.length })}
              </h2>
              <ol className="mt-2 list-decimal border-l-2 border-line pl-8 marker:text-muted">
                {view.steps.map((step) => (
                  <li key={step.id} className="py-0.5">
                    {step.title}
                  </li>
                ))}
              </ol>
            </section>
          </div>
          <div className="grid grid-cols-1 content-start gap-5">
            <dl className="grid grid-cols-1 gap-3 rounded-md border border-line p-5">
              <Fact name={t('start.minutes')} value={t('start.minutesValue', { minutes: lab.minutes })} />
              <Fact name={t('start.cost')} value={<Rich text={lab.cost[locale]} />} />
              <Fact name={t('start.leaves')} value={<Rich text={lab.leaves[locale]} />} />
              {before.length > 0 && (
                <Fact
                  name={t('start.after')}
                  value={before.map((one) => (
                    <Link key={one.id} className="link block" href={`/labs/${one.id}`}>
                      {one.id} {one.title[locale]}
                    </Link>
                  ))}
                />
              )}
            </dl>
            <p>{viewer.sandboxAccountId ? t('start.hasAccount', { account: viewer.sandboxAccountId }) : t('start.noAccount')}</p>
            <ClientMessages features={['explorer', 'lab']}>
              <StartLab labId={lab.id} />
            </ClientMessages>
          </div>
        </div>
      )}
    </div>
  )
}

function Fact({ name, value }: { name: string; value: ReactNode }) {
  return (
    <div>
      <dt className="text-sm text-muted">{name}</dt>
      <dd>{value}</dd>
    </div>
  )
}
