import { getTranslations } from 'next-intl/server'
import { StateMark, type State } from '@/components/ui/state-mark'

const states: readonly State[] = ['verified', 'declared', 'open']

/** What the three states mean. */
export async function StateLegend() {
  const t = await getTranslations('common')
  return (
    <dl aria-label={t('legend.title')} className="grid gap-x-8 gap-y-2 text-sm md:grid-cols-3">
      {states.map((state) => (
        <div key={state}>
          <dt>
            <StateMark state={state} label={t(`state.${state}`)} />
          </dt>
          <dd className="text-muted">{t(`legend.${state}`)}</dd>
        </div>
      ))}
    </dl>
  )
}
