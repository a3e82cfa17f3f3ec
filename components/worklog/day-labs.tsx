import { getTranslations } from 'next-intl/server'
import type { Progress } from '@/lib/progress/compute-progress'
import { labsOfDay } from '@/lib/progress/plan'
import { LabLine } from './lab-line'

/** The labs of a day within the table: open ones as links, the others folded into their number. */
export async function DayLabs({ day, progress }: { day: number; progress?: Progress }) {
  const t = await getTranslations('worklog.labs')
  const labs = labsOfDay(day)
  const closed = labs.filter((lab) => !lab.open)
  return (
    <div className="mt-1.5 text-sm">
      <ul>
        {labs
          .filter((lab) => lab.open)
          .map((lab) => (
            <li key={lab.id} className="py-0.5">
              <LabLine lab={lab} progress={progress?.labs[lab.id]} />
            </li>
          ))}
      </ul>
      {closed.length > 0 && (
        <details className="text-muted">
          <summary className="inline-block py-0.5 marker:content-none underline decoration-dotted underline-offset-4 hover:text-ink">
            {t('closed', { count: closed.length })}
          </summary>
          <ul className="mt-1 border-l border-line pl-3">
            {closed.map((lab) => (
              <li key={lab.id} className="py-0.5">
                <LabLine lab={lab} />
              </li>
            ))}
          </ul>
        </details>
      )}
    </div>
  )
}
