import { getTranslations } from 'next-intl/server'
import { KINDS } from '@/lib/inventory'
import { layOut } from '@/lib/inventory/diagram'
import { isWanted, type Wanted } from '@/lib/inventory/filter'
import { DeletePanel } from './delete-panel'
import { Diagram } from './diagram'
import { Failures } from './failures'
import { inventoryOf } from './inventory-of'
import { Live } from './live'
import { ResourceList } from './resource-list'
import { SearchForm } from './search-form'

/** What the learner's account holds: search, diagram, list, and clean-up of all of it. */
export async function Explorer({ accountId, wanted }: { accountId: string; wanted: Wanted }) {
  const [t, inventory] = await Promise.all([getTranslations('explorer'), inventoryOf(accountId)])
  const { resources, failed } = inventory
  const all = wanted.q === '' && wanted.show === ''
  const found = resources.filter((resource) => isWanted(wanted, resource))
  const options = Object.entries(KINDS)
    .map(([service, kinds]) => ({ service, kinds: kinds.filter((kind) => resources.some((one) => one.kind === kind)) as string[] }))
    .filter(({ kinds }) => kinds.length > 0)
  return (
    <section aria-labelledby="resources-title" className="mt-8">
      <Live />
      <h2 id="resources-title" className="text-xl">
        {t('title', { count: resources.length })}
      </h2>
      <p className="mt-1 max-w-prose text-sm text-muted">{t('text')}</p>
      <Failures failed={failed} />
      {resources.length === 0 ? (
        <p className="mt-4">{t('none')}</p>
      ) : (
        <>
          <SearchForm wanted={wanted} options={options} />
          <p role="status" className="mt-3 text-sm text-muted">
            {!all && t('search.found', { count: found.length })}
          </p>
          <Diagram diagram={layOut(inventory, all ? undefined : (resource) => isWanted(wanted, resource))} />
          <h3 className="mt-8 text-lg">{t('list.title')}</h3>
          <ResourceList resources={found} />
        </>
      )}
      <section aria-labelledby="clean-up-title" className="mt-10 border-t border-line pt-5">
        <h3 id="clean-up-title" className="text-lg">
          {t('all.title')}
        </h3>
        <p className="mt-1 mb-3 max-w-prose text-sm text-muted">{t('all.text')}</p>
        {/* Stays where it is when the account is empty: it tells how the clean-up ended. */}
        <DeletePanel label={t('all.button')} yes={t('all.yes')} body={{ all: true }} idle={resources.length === 0}>
          <p>{t('all.confirm', { count: resources.length })}</p>
          <ul className="mt-2 flex flex-wrap gap-x-5">
            {options.map(({ service }) => (
              <li key={service}>
                {t(`services.${service as keyof typeof KINDS}`)}: {resources.filter((one) => one.service === service).length}
              </li>
            ))}
          </ul>
        </DeletePanel>
      </section>
    </section>
  )
}
