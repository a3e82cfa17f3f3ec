import { getTranslations } from 'next-intl/server'
import { labsOfDay } from '@/lib/progress/plan'
import type { Item } from '@/lib/worklog/parse-worklog'
import { InlineText } from './inline-text'

/** An item, with only those of the lines below it that `covered` names; nothing when neither it nor they are named. */
function pick(item: Item, covered: ReadonlySet<string>): Item[] {
  const items = item.items.flatMap((below) => pick(below, covered))
  return items.length || covered.has(item.key) ? [{ ...item, items }] : []
}

function Lines({ items }: { items: readonly Item[] }) {
  return items.map((item) => (
    <li key={item.key} className="mt-1">
      <InlineText text={item.text} />
      {item.items.length > 0 && (
        <ul className="list-['–__'] pl-6 marker:text-muted">
          <Lines items={item.items} />
        </ul>
      )}
    </li>
  ))
}

/** The achievements that the labs of a day prove. */
export async function DayCovers({ day, achievements }: { day: number; achievements: readonly Item[] }) {
  const t = await getTranslations('day')
  const covered = new Set(labsOfDay(day).flatMap((lab) => lab.covers))
  const items = achievements.flatMap((item) => pick(item, covered))
  return (
    <section aria-labelledby="covers" className="mt-12">
      <h2 id="covers" className="text-xl">
        {t('covers')}
      </h2>
      {items.length ? (
        <ul className="mt-2">
          <Lines items={items} />
        </ul>
      ) : (
        <p className="mt-3 text-muted">{t('noCovers')}</p>
      )}
    </section>
  )
}
