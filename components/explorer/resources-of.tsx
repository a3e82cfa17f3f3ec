import { getTranslations } from 'next-intl/server'
import { layOut } from '@/lib/inventory/diagram'
import { labResources } from '@/lib/lab/resources'
import { Diagram } from './diagram'
import { inventoryOf } from './explorer'
import { Failures } from './failures'
import { ResourceList } from './resource-list'

/**
 * Diagram and list of what a lab made, or of the whole account. Its parts are drawn here and not left to React: what a
 * server action gives back is drawn after the request, where the language is no longer known.
 *
 * @param names as the lab's `inventory` gives them
 */
export async function ResourcesOf({ accountId, names }: { accountId: string; names: readonly string[] | undefined }) {
  const [t, inventory] = await Promise.all([getTranslations('explorer'), inventoryOf(accountId)])
  const resources = names ? labResources(inventory, names) : inventory.resources
  const wanted = new Set(resources)
  return (
    <>
      {await Failures({ failed: inventory.failed })}
      {resources.length === 0 ? (
        <p className="mt-3">{t(names ? 'lab.none' : 'none')}</p>
      ) : (
        <>
          {await Diagram({ diagram: layOut(inventory, names && ((resource) => wanted.has(resource))) })}
          {await ResourceList({ resources })}
        </>
      )}
    </>
  )
}
