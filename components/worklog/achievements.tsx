import { getTranslations } from 'next-intl/server'
import type { Progress } from '@/lib/progress/compute-progress'
import { labsCovering } from '@/lib/progress/plan'
import type { Item } from '@/lib/worklog/parse-worklog'
import { InlineText } from './inline-text'
import { LabLine } from './lab-line'

async function Proofs({ achievement, progress, top }: { achievement: string; progress?: Progress; top: boolean }) {
  const t = await getTranslations('worklog.achievements')
  const labs = labsCovering(achievement)
  if (!labs.length) return null
  return (
    <ul aria-label={t('proof')} className={`text-sm ${top ? '' : 'pl-5 md:pl-0'}`}>
      {labs.map((lab) => (
        <li key={lab.id}>
          <LabLine lab={lab} progress={progress?.labs[lab.id]} />
        </li>
      ))}
    </ul>
  )
}

function Line({ item, progress, top }: { item: Item; progress?: Progress; top: boolean }) {
  return (
    <li className={top ? 'break-inside-avoid' : ''}>
      <div className={`grid gap-x-6 border-b border-rule py-2 md:grid-cols-[minmax(0,5fr)_minmax(0,6fr)] md:items-baseline ${top ? 'pt-6' : ''}`}>
        <div className={top ? '' : "relative pl-5 before:absolute before:left-0 before:text-muted before:content-['–']"}>
          <InlineText text={item.text} />
        </div>
        <Proofs achievement={item.key} progress={progress} top={top} />
      </div>
      {item.items.length > 0 && (
        <ul>
          {item.items.map((below) => (
            <Line key={below.key} item={below} progress={progress} top={false} />
          ))}
        </ul>
      )}
    </li>
  )
}

/** What was achieved, as written, each line beside the labs that prove it. */
export function Achievements({ items, progress }: { items: readonly Item[]; progress?: Progress }) {
  return (
    <ul>
      {items.map((item) => (
        <Line key={item.key} item={item} progress={progress} top />
      ))}
    </ul>
  )
}
