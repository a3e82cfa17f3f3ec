import { getTranslations } from 'next-intl/server'
import { Button } from '@/components/ui/button'
import { Field, inputClass } from '@/components/ui/field'
import { learnerOrders, type LearnerOrder } from '@/lib/progress/learner-order'

/** Searches and sorts the list: an ordinary form whose result has an address. */
export async function LearnerSearch({ query, order }: { query: string; order: LearnerOrder }) {
  const t = await getTranslations('mentor.search')
  return (
    <form role="search" className="grid items-end gap-4 sm:grid-cols-[minmax(0,1fr)_14rem_auto]">
      <Field id="q" label={t('label')}>
        {(control) => <input {...control} type="search" name="q" defaultValue={query} maxLength={100} className={inputClass} />}
      </Field>
      <Field id="sort" label={t('sort')}>
        {(control) => (
          <select {...control} name="sort" defaultValue={order} className={inputClass}>
            {learnerOrders.map((name) => (
              <option key={name} value={name}>
                {t(name)}
              </option>
            ))}
          </select>
        )}
      </Field>
      <Button look="quiet">{t('submit')}</Button>
    </form>
  )
}
