import { getLocale, getTranslations } from 'next-intl/server'
import Link from 'next/link'
import type { LabProgress } from '@/lib/progress/compute-progress'
import type { PlannedLab } from '@/lib/progress/plan'
import { LabState } from './lab-state'

/** One lab in a line: a link with its state once it is open, until then its name and that it is not open yet. */
export async function LabLine({ lab, progress }: { lab: PlannedLab; progress?: LabProgress }) {
  const [t, locale] = await Promise.all([getTranslations('worklog.labs'), getLocale()])
  const name = (
    <>
      <span className="tabular-nums">{lab.id}</span> {lab.title[locale]}
    </>
  )
  return (
    <span className="inline-flex flex-wrap items-baseline gap-x-2.5">
      {lab.open ? (
        <>
          <Link prefetch={false} href={`/labs/${lab.id}`} className="link">
            {name}
          </Link>
          <LabState progress={progress} />
        </>
      ) : (
        <span className="text-muted">
          {name} ({t('notOpen')})
        </span>
      )}
    </span>
  )
}
