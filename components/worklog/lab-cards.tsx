import { getLocale, getTranslations } from 'next-intl/server'
import Link from 'next/link'
import type { Progress } from '@/lib/progress/compute-progress'
import { labsOfDay } from '@/lib/progress/plan'
import { LabState } from './lab-state'

/** The labs of a day with what each is about, how long it takes and how far the reader is; then the names of those to come. */
export async function LabCards({ day, progress }: { day: number; progress?: Progress }) {
  const [t, tDay, locale] = await Promise.all([getTranslations('worklog.labs'), getTranslations('day'), getLocale()])
  const labs = labsOfDay(day)
  const closed = labs.filter((lab) => !lab.open)
  return (
    <section aria-labelledby="labs" className="mt-12">
      <h2 id="labs" className="text-xl">
        {t('title')}
      </h2>
      {labs.length === 0 && <p className="mt-3 text-muted">{t('none')}</p>}
      <ul>
        {labs.map(
          ({ id, title, open }) =>
            open && (
              <li key={id} className="border-b border-line py-5">
                <Link prefetch={false} href={`/labs/${id}`} className="text-lg font-semibold underline decoration-line decoration-1 underline-offset-4 hover:decoration-accent">
                  <span className="tabular-nums">{id}</span> {title[locale]}
                </Link>
                <p className="mt-1 max-w-prose">{open.summary[locale]}</p>
                <p className="mt-1 flex flex-wrap gap-x-4 text-sm">
                  <LabState progress={progress?.labs[id]} />
                  <span className="text-muted">{t('minutes', { minutes: open.minutes })}</span>
                </p>
              </li>
            ),
        )}
      </ul>
      {closed.length > 0 && (
        <>
          <h3 className="mt-5 text-base font-normal text-muted">{tDay('closedTitle')}</h3>
          <ul className="mt-1 text-muted">
            {closed.map((lab) => (
              <li key={lab.id}>
                <span className="tabular-nums">{lab.id}</span> {lab.title[locale]}
              </li>
            ))}
          </ul>
        </>
      )}
    </section>
  )
}
