import Link from 'next/link'
import { useFormatter, useTranslations } from 'next-intl'
import type { Resource } from '@/lib/inventory'
import { KINDS, type InventoryService } from '@/lib/inventory/kinds'
import { ServiceIcon } from './kind-icon'
import { resourceHref } from './resource-href'

/** Resources as a list, a table for each service. */
export function ResourceList({ resources }: { resources: readonly Resource[] }) {
  const [t, format] = [useTranslations('explorer'), useFormatter()]
  const services = (Object.keys(KINDS) as InventoryService[]).map((service) => ({ service, held: resources.filter((one) => one.service === service) }))
  return (
    <div className="mt-3 grid grid-cols-1 gap-6">
      {services
        .filter(({ held }) => held.length > 0)
        .map(({ service, held }) => (
          <table key={service} className="w-full table-fixed text-left max-sm:block">
            <caption className="mb-1 text-left font-semibold max-sm:block">
              <span className="inline-flex items-center gap-2">
                <ServiceIcon service={service} className="text-accent" />
                {t('list.service', { service: t(`services.${service}`), count: held.length })}
              </span>
            </caption>
            <thead className="max-sm:sr-only">
              <tr className="border-b border-line text-sm text-muted">
                <th scope="col" className="w-1/2 py-1.5 pr-5 font-normal">
                  {t('list.name')}
                </th>
                <th scope="col" className="py-1.5 pr-5 font-normal">
                  {t('list.kind')}
                </th>
                <th scope="col" className="py-1.5 pr-5 font-normal">
                  {t('list.state')}
                </th>
                <th scope="col" className="py-1.5 font-normal">
                  {t('list.made')}
                </th>
              </tr>
            </thead>
            <tbody className="max-sm:block">
              {held.map(({ arn, kind, name, state, createdAt }) => (
                <tr key={arn} className="border-b border-line align-baseline max-sm:flex max-sm:flex-wrap max-sm:gap-x-4 max-sm:py-2">
                  <td className="py-2 pr-5 max-sm:w-full max-sm:p-0">
                    <Link prefetch={false} className="link font-semibold break-words" href={resourceHref(arn)}>
                      {name}
                    </Link>
                  </td>
                  <td className="py-2 pr-5 max-sm:p-0">{t(`kinds.${kind}`)}</td>
                  <td className="py-2 pr-5 text-sm max-sm:p-0">{state && <code lang="en">{state}</code>}</td>
                  <td className="py-2 text-sm text-muted max-sm:p-0">{createdAt && format.dateTime(new Date(createdAt), { dateStyle: 'short', timeStyle: 'short' })}</td>
                </tr>
              ))}
            </tbody>
          </table>
        ))}
    </div>
  )
}
